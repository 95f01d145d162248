package org.heraldlb.bgp.rib;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.LargeCommunity;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.packet.BgpException;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.MessageCodec;
import org.heraldlb.bgp.packet.PathAttribute;
import org.heraldlb.bgp.packet.Update;
import org.heraldlb.bgp.packet.WireContext;

/** Tables of routes, policies, and a receiver that believes what it reads. */
final class Tables {

    static final EncodingPolicy EXTERNAL = policy(false, 4096);

    private Tables() {}

    static EncodingPolicy policy(boolean internal, int maxLength) {
        return new EncodingPolicy(
                65001,
                internal,
                true,
                maxLength,
                Set.of(Family.IPV4_UNICAST, Family.IPV6_UNICAST),
                new EncodingPolicy.NextHops(
                        Optional.of(IpAddress.parse("10.0.0.1")),
                        Optional.of(IpAddress.parse("2001:db8::1")),
                        Optional.empty(),
                        false),
                false);
    }

    static RouteAttributes community(int low) {
        return new RouteAttributes(
                OptionalLong.empty(),
                List.of(Community.of(65001, low)),
                List.of(),
                OptionalLong.empty(),
                0,
                OptionalLong.empty());
    }

    static RouteAttributes everything() {
        return new RouteAttributes(
                OptionalLong.of(200),
                List.of(Community.of(65001, 1)),
                List.of(new LargeCommunity(65001, 1, 2)),
                OptionalLong.of(50),
                2,
                OptionalLong.of(125_000));
    }

    static Route v4(int index, RouteAttributes attributes) {
        return new Route(IpPrefix.host(IpAddress.v4(0x0a80_0000 + index)), attributes);
    }

    static Route v6(int index, RouteAttributes attributes) {
        return new Route(IpPrefix.host(IpAddress.v6(0x2001_0db8_0000_0000L, index)), attributes);
    }

    static List<Route> v4(int count) {
        List<Route> routes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            routes.add(v4(i, RouteAttributes.NONE));
        }
        return routes;
    }

    static List<Route> v6(int count) {
        List<Route> routes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            routes.add(v6(i, RouteAttributes.NONE));
        }
        return routes;
    }

    static List<Message> messages(ByteBuffer chunk, WireContext context) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        List<Message> messages = new ArrayList<>();
        try {
            for (int at = 0; at < bytes.length; ) {
                int length = MessageCodec.checkHeader(bytes, at, context.maxLength());
                messages.add(MessageCodec.decode(Arrays.copyOfRange(bytes, at, at + length), context));
                at += length;
            }
        } catch (BgpException refused) {
            throw new AssertionError(refused);
        }
        return messages;
    }

    static List<Message> drain(AdjRibOut out, WireContext context) {
        List<Message> messages = new ArrayList<>();
        for (ByteBuffer chunk = out.next(); chunk != null; chunk = out.next()) {
            messages.addAll(messages(chunk, context));
        }
        return messages;
    }

    /** What a peer knows: the attributes by prefix, without those that hold routes. */
    static final class Receiver {
        private final Map<IpPrefix, List<PathAttribute>> table = new TreeMap<>();
        private int announcements;
        private int withdrawals;

        void read(List<Message> messages) {
            messages.stream()
                    .filter(Update.class::isInstance)
                    .map(Update.class::cast)
                    .forEach(this::read);
        }

        private void read(Update update) {
            update.withdrawn().forEach(this::withdraw);
            List<PathAttribute> attributes = update.attributes().stream()
                    .filter(each ->
                            !(each instanceof PathAttribute.MpReach) && !(each instanceof PathAttribute.MpUnreach))
                    .toList();
            update.announced().forEach(prefix -> announce(prefix, attributes));
            update.find(PathAttribute.MpUnreach.class)
                    .ifPresent(mp -> mp.routes().forEach(this::withdraw));
            update.find(PathAttribute.MpReach.class)
                    .ifPresent(mp -> mp.routes().forEach(prefix -> announce(prefix, attributes)));
        }

        private void withdraw(IpPrefix prefix) {
            withdrawals++;
            table.remove(prefix);
        }

        private void announce(IpPrefix prefix, List<PathAttribute> attributes) {
            announcements++;
            table.put(prefix, attributes);
        }

        Map<IpPrefix, List<PathAttribute>> table() {
            return table;
        }

        int announcements() {
            return announcements;
        }

        int withdrawals() {
            return withdrawals;
        }
    }
}
