package org.heraldlb.bgp.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.LargeCommunity;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.packet.PathAttribute.AsPath;

/** Messages as bytes and as values. */
public final class Samples {

    public static final WireContext AS4 = new WireContext(true, 4096, true);
    public static final WireContext AS2 = new WireContext(false, 4096, true);

    private Samples() {}

    /** @param body type byte and what follows, as hex */
    public record Sample(String name, WireContext context, String body, Message value) {
        @Override
        public String toString() {
            return name;
        }

        public byte[] bytes() {
            return Hex.message(body);
        }
    }

    public static List<Sample> all() {
        List<Sample> all = new ArrayList<>();
        all.add(new Sample("keepalive", AS4, "04", Message.Keepalive.INSTANCE));
        all.addAll(opens());
        all.addAll(updates());
        all.addAll(others());
        return all;
    }

    private static List<Sample> opens() {
        return List.of(
                new Sample(
                        "open without capabilities",
                        AS4,
                        "01 04 fde9 005a 0a000001 00",
                        new Open(65001, 90, 0x0a000001, List.of())),
                new Sample(
                        "open with every capability we know",
                        AS4,
                        "01 04 5ba0 00b4 c0000201 3f"
                                + "02 3d"
                                + "01 04 0001 00 01"
                                + "01 04 0002 00 01"
                                + "02 00"
                                + "05 06 0001 0001 0002"
                                + "06 00"
                                + "09 01 03"
                                + "40 0a c078 0001 01 80 0002 01 00"
                                + "41 04 00010000"
                                + "46 00"
                                + "47 07 0001 01 80 00012c"
                                + "49 03 6162 63",
                        new Open(23456, 180, 0xc0000201, everyCapability())));
    }

    public static List<Capability> everyCapability() {
        return List.of(
                new Capability.Multiprotocol(Family.IPV4_UNICAST),
                new Capability.Multiprotocol(Family.IPV6_UNICAST),
                new Capability.Refresh(),
                new Capability.ExtendedNextHop(List.of(new Capability.ExtendedNextHop.Entry(Family.IPV4_UNICAST, 2))),
                new Capability.ExtendedMessage(),
                new Capability.Role(3),
                new Capability.GracefulRestart(
                        true,
                        true,
                        120,
                        List.of(
                                new Capability.GracefulRestart.Entry(Family.IPV4_UNICAST, true),
                                new Capability.GracefulRestart.Entry(Family.IPV6_UNICAST, false))),
                new Capability.FourOctetAs(65536),
                new Capability.EnhancedRefresh(),
                new Capability.LongLivedGracefulRestart(
                        List.of(new Capability.LongLivedGracefulRestart.Entry(Family.IPV4_UNICAST, true, 300))),
                new Capability.Unknown(73, Octets.ofInts(0x61, 0x62, 0x63)));
    }

    private static List<Sample> updates() {
        return List.of(
                new Sample("end of RIB, IPv4", AS4, "02 0000 0000", Update.endOfRib(Family.IPV4_UNICAST)),
                new Sample(
                        "end of RIB, IPv6", AS4, "02 0000 0006 80 0f 03 0002 01", Update.endOfRib(Family.IPV6_UNICAST)),
                new Sample(
                        "IPv4 routes, external, four-octet AS",
                        AS4,
                        "02 0000 0014"
                                + "40 01 01 00"
                                + "40 02 06 02 01 0000fde9"
                                + "40 03 04 0a000001"
                                + "20 c6336401 18 cb0071",
                        new Update(
                                List.of(),
                                List.of(PathAttribute.Origin.IGP, path(65001), hop("10.0.0.1")),
                                List.of(IpPrefix.parse("198.51.100.1/32"), IpPrefix.parse("203.0.113.0/24")))),
                new Sample(
                        "every attribute",
                        AS4,
                        "02 0004 18 c00002 008d"
                                + "40 01 01 02"
                                + "40 02 0c 01 01 00010000 02 01 00000001"
                                + "40 03 04 0a000001"
                                + "80 04 04 0000000a"
                                + "40 05 04 ffffffff"
                                + "40 06 00"
                                + "c0 07 08 00010000 0a000002"
                                + "c0 08 08 fde90064 ffffff01"
                                + "80 09 04 01020304"
                                + "80 0a 08 01020304 05060708"
                                + "c0 10 08 4004fde9 47c35000"
                                + "c0 11 06 02 01 00010000"
                                + "c0 12 08 00010000 0a000002"
                                + "c0 20 0c 0000fde9 00000001 00000002"
                                + "c0 23 04 0000fde9"
                                + "e0 63 02 dead"
                                + "00",
                        new Update(
                                List.of(IpPrefix.parse("192.0.2.0/24")),
                                everyAttribute(),
                                List.of(IpPrefix.parse("0.0.0.0/0")))),
                new Sample(
                        "IPv6 routes, two next hops",
                        AS4,
                        "02 0000 0040"
                                + "80 0e 30 0002 01 20 20010db8000000000000000000000001"
                                + "fe800000000000000000000000000001 00 40 20010db800010000"
                                + "08 fd"
                                + "40 01 01 00"
                                + "40 02 06 02 01 0000fde9",
                        new Update(
                                List.of(),
                                List.of(
                                        new PathAttribute.MpReach(
                                                Family.IPV6_UNICAST,
                                                IpAddress.parse("2001:db8::1"),
                                                Optional.of(IpAddress.parse("fe80::1")),
                                                List.of(IpPrefix.parse("2001:db8:1::/64"), IpPrefix.parse("fd00::/8"))),
                                        PathAttribute.Origin.IGP,
                                        path(65001)),
                                List.of())),
                new Sample(
                        "IPv4 routes over an IPv6 next hop (RFC 8950), and withdrawn IPv6 routes",
                        AS4,
                        "02 0000 0041"
                                + "80 0e 1a 0001 01 10 20010db8000000000000000000000001 00 20 c6336401"
                                + "80 0f 14 0002 01 80 20010db8000000000000000000000002"
                                + "40 01 01 00"
                                + "40 02 06 02 01 0000fde9",
                        new Update(
                                List.of(),
                                List.of(
                                        new PathAttribute.MpReach(
                                                Family.IPV4_UNICAST,
                                                IpAddress.parse("2001:db8::1"),
                                                Optional.empty(),
                                                List.of(IpPrefix.parse("198.51.100.1/32"))),
                                        new PathAttribute.MpUnreach(
                                                Family.IPV6_UNICAST, List.of(IpPrefix.parse("2001:db8::2/128"))),
                                        PathAttribute.Origin.IGP,
                                        path(65001)),
                                List.of())),
                new Sample(
                        "two-octet AS path",
                        AS2,
                        "02 0000 0014 40 01 01 00 40 02 06 02 02 5ba0 fde9 40 03 04 0a000001 08 0a",
                        new Update(
                                List.of(),
                                List.of(PathAttribute.Origin.IGP, path(23456, 65001), hop("10.0.0.1")),
                                List.of(IpPrefix.parse("10.0.0.0/8")))),
                new Sample(
                        "a family that we do not know",
                        AS4,
                        "02 0000 0009 80 0f 06 0019 46 010203",
                        new Update(
                                List.of(),
                                List.of(new PathAttribute.Unknown(
                                        0x80, PathAttribute.MP_UNREACH, Octets.ofInts(0, 0x19, 0x46, 1, 2, 3))),
                                List.of())));
    }

    private static List<PathAttribute> everyAttribute() {
        return List.of(
                new PathAttribute.Origin(2),
                new AsPath(List.of(
                        new AsPath.Segment(AsPath.SET, List.of(65536L)),
                        new AsPath.Segment(AsPath.SEQUENCE, List.of(1L)))),
                hop("10.0.0.1"),
                new PathAttribute.Med(10),
                new PathAttribute.LocalPref(0xffff_ffffL),
                new PathAttribute.AtomicAggregate(),
                new PathAttribute.Aggregator(65536, IpAddress.parse("10.0.0.2")),
                new PathAttribute.Communities(List.of(Community.of(65001, 100), Community.NO_EXPORT)),
                new PathAttribute.OriginatorId(IpAddress.parse("1.2.3.4")),
                new PathAttribute.ClusterList(List.of(IpAddress.parse("1.2.3.4"), IpAddress.parse("5.6.7.8"))),
                new PathAttribute.ExtendedCommunities(
                        List.of(PathAttribute.ExtendedCommunities.linkBandwidth(65001, 100_000))),
                new PathAttribute.As4Path(List.of(new AsPath.Segment(AsPath.SEQUENCE, List.of(65536L)))),
                new PathAttribute.As4Aggregator(65536, IpAddress.parse("10.0.0.2")),
                new PathAttribute.LargeCommunities(List.of(new LargeCommunity(65001, 1, 2))),
                new PathAttribute.OnlyToCustomer(65001),
                new PathAttribute.Unknown(0xe0, 0x63, Octets.ofInts(0xde, 0xad)));
    }

    private static List<Sample> others() {
        return List.of(
                new Sample(
                        "notification: cease, with a text",
                        AS4,
                        "03 06 02 05 68656c6c6f",
                        Notification.withText(BgpError.SHUTDOWN, "hello")),
                new Sample(
                        "notification: hard reset",
                        AS4,
                        "03 06 09 06 03",
                        Notification.of(BgpError.DECONFIGURED).hardReset()),
                new Sample("route refresh", AS4, "05 0002 00 01", new RouteRefresh(Family.IPV6_UNICAST, 0)),
                new Sample(
                        "end of route refresh",
                        AS4,
                        "05 0001 02 01",
                        new RouteRefresh(Family.IPV4_UNICAST, RouteRefresh.END)));
    }

    static AsPath path(long... numbers) {
        List<Long> list = new ArrayList<>();
        for (long number : numbers) {
            list.add(number);
        }
        return new AsPath(List.of(new AsPath.Segment(AsPath.SEQUENCE, list)));
    }

    static PathAttribute hop(String address) {
        return new PathAttribute.NextHop(IpAddress.parse(address));
    }
}
