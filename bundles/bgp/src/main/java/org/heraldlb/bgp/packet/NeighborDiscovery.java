package org.heraldlb.bgp.packet;

import java.util.Arrays;
import java.util.Optional;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.MacAddress;

/**
 * Router advertisements and solicitations (RFC 4861 sections 4.1 and 4.2), as far as two ends of a link need them to find
 * each other: that is how routers run BGP on interfaces without addresses. Frames from the destination MAC on.
 *
 * <pre>
 * | Ethernet 14 | IPv6 40 | Type | Code | Checksum | Hop Lim | Flags | Lifetime | Reachable 4 | Retrans 4 | Options |
 * </pre>
 */
public final class NeighborDiscovery {

    private static final int ETHERNET = 14;
    private static final int IPV6 = 40;
    private static final int ICMP = ETHERNET + IPV6;
    private static final int SOLICITATION = 133;
    private static final int ADVERTISEMENT = 134;
    private static final int ADVERTISEMENT_LENGTH = 16;
    private static final int NEXT_HEADER_ICMP = 58;
    private static final int HOP_LIMIT = 255;
    private static final IpAddress ALL_NODES = IpAddress.v6(0xff02_0000_0000_0000L, 1);
    private static final IpAddress ALL_ROUTERS = IpAddress.v6(0xff02_0000_0000_0000L, 2);

    private NeighborDiscovery() {}

    /** Says that we are here and no default router (lifetime 0). */
    public static byte[] advertisement(MacAddress mac, IpAddress linkLocal) {
        Writer body = new Writer(24)
                .u8(ADVERTISEMENT)
                .u8(0)
                .u16(0)
                .u8(64)
                .u8(0)
                .u16(0)
                .u32(0)
                .u32(0);
        return frame(mac, linkLocal, ALL_NODES, sourceOption(body, mac));
    }

    /** Asks routers to say that they are there. */
    public static byte[] solicitation(MacAddress mac, IpAddress linkLocal) {
        Writer body = new Writer(16).u8(SOLICITATION).u8(0).u16(0).u32(0);
        return frame(mac, linkLocal, ALL_ROUTERS, sourceOption(body, mac));
    }

    private static Writer sourceOption(Writer body, MacAddress mac) {
        return body.u8(1).u8(1).bytes(mac.toBytes());
    }

    private static byte[] frame(MacAddress mac, IpAddress source, IpAddress target, Writer body) {
        Writer out = new Writer(ICMP + body.size());
        out.u16(0x3333).u32(target.low()).bytes(mac.toBytes()).u16(0x86dd);
        out.u32(0x6000_0000L).u16(body.size()).u8(NEXT_HEADER_ICMP).u8(HOP_LIMIT);
        out.address(source).address(target).bytes(body.array(), 0, body.size());
        byte[] frame = out.toArray();
        int checksum = checksum(frame, frame.length);
        frame[ICMP + 2] = (byte) (checksum >>> 8);
        frame[ICMP + 3] = (byte) checksum;
        return frame;
    }

    /**
     * The sender of a router advertisement that is valid by RFC 4861 section 6.1.2, empty for anything else.
     *
     * @param length how much of {@code frame} was received
     */
    public static Optional<IpAddress> advertiser(byte[] frame, int length) {
        if (length < ICMP + ADVERTISEMENT_LENGTH || length > frame.length) {
            return Optional.empty();
        }
        int payload = (frame[ETHERNET + 4] & 0xff) << 8 | frame[ETHERNET + 5] & 0xff;
        boolean shaped = (frame[ETHERNET] & 0xf0) == 0x60
                && frame[ETHERNET + 6] == NEXT_HEADER_ICMP
                && (frame[ETHERNET + 7] & 0xff) == HOP_LIMIT
                && (frame[ICMP] & 0xff) == ADVERTISEMENT
                && frame[ICMP + 1] == 0
                && payload >= ADVERTISEMENT_LENGTH
                && ICMP + payload <= length;
        if (!shaped || checksum(frame, ICMP + payload) != 0) {
            return Optional.empty();
        }
        IpAddress source = IpAddress.of(Arrays.copyOfRange(frame, ETHERNET + 8, ETHERNET + 8 + IpFamily.IPV6.bytes()));
        return source.isLinkLocal() ? Optional.of(source) : Optional.empty();
    }

    /** RFC 4443 section 2.3: over the pseudo header and the message; 0 when the one inside is right. */
    private static int checksum(byte[] frame, int end) {
        long sum = NEXT_HEADER_ICMP + (end - ICMP);
        for (int i = ETHERNET + 8; i < end; i += 2) {
            sum += (frame[i] & 0xff) << 8 | (i + 1 < end ? frame[i + 1] & 0xff : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }
}
