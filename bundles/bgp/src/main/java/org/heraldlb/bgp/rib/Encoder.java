package org.heraldlb.bgp.rib;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.MessageCodec;
import org.heraldlb.bgp.packet.RouteRefresh;
import org.heraldlb.bgp.packet.Update;
import org.heraldlb.bgp.packet.WireContext;
import org.heraldlb.bgp.packet.Writer;

/** Makes the fewest UPDATEs that say something: full ones, one run of them for each set of attributes. Used once. */
final class Encoder {

    private static final int OPTIONAL_EXTENDED = 0x90;
    private static final int MP_REACH = 14;
    private static final int MP_UNREACH = 15;
    private static final int UNICAST = 1;

    private final EncodingPolicy policy;
    private final AttributeEncoder attributes;
    private final ChunkWriter chunks = new ChunkWriter();

    Encoder(EncodingPolicy policy) {
        this.policy = policy;
        this.attributes = new AttributeEncoder(policy);
    }

    /** Announces in the order of the first route of each attribute set. */
    Encoder announce(List<Route> routes) {
        for (IpFamily family : IpFamily.values()) {
            if (policy.canAnnounce(family)) {
                byAttributes(routes, family).forEach((shared, prefixes) -> announce(family, shared, prefixes));
            }
        }
        return this;
    }

    /** Attribute sets are compared by value, but looked up by identity first: they are shared as a rule. */
    private static Map<RouteAttributes, List<IpPrefix>> byAttributes(List<Route> routes, IpFamily family) {
        Map<RouteAttributes, List<IpPrefix>> byValue = new LinkedHashMap<>();
        Map<RouteAttributes, List<IpPrefix>> byIdentity = new IdentityHashMap<>();
        for (Route route : routes) {
            if (route.prefix().family() == family) {
                byIdentity
                        .computeIfAbsent(
                                route.attributes(), key -> byValue.computeIfAbsent(key, k -> new ArrayList<>()))
                        .add(route.prefix());
            }
        }
        return byValue;
    }

    private void announce(IpFamily family, RouteAttributes shared, List<IpPrefix> prefixes) {
        boolean plain = family == IpFamily.IPV4 && !policy.multiprotocolV4();
        byte[] encoded = attributes.encode(shared, plain);
        for (int next = 0; next < prefixes.size(); ) {
            next = plain ? announcePlain(encoded, prefixes, next) : announceMp(family, encoded, prefixes, next);
        }
    }

    private int announcePlain(byte[] encoded, List<IpPrefix> prefixes, int from) {
        Writer out = chunks.out();
        int start = chunks.begin(Message.TYPE_UPDATE);
        out.u16(0).u16(encoded.length).bytes(encoded);
        int next = fill(prefixes, from, start + policy.maxLength());
        chunks.finish(start);
        return next;
    }

    /** MP_REACH_NLRI comes first (RFC 7606 section 5.1). */
    private int announceMp(IpFamily family, byte[] encoded, List<IpPrefix> prefixes, int from) {
        Writer out = chunks.out();
        int start = chunks.begin(Message.TYPE_UPDATE);
        out.u16(0).u16(0);
        int list = out.size();
        out.u8(OPTIONAL_EXTENDED).u8(MP_REACH).u16(0);
        int value = out.size();
        out.u16(Family.unicast(family).afi()).u8(UNICAST);
        nextHop(out);
        out.u8(0);
        int next = fill(prefixes, from, start + policy.maxLength() - encoded.length);
        out.patch16(value - 2, out.size() - value);
        out.bytes(encoded);
        out.patch16(list - 2, out.size() - list);
        chunks.finish(start);
        return next;
    }

    private void nextHop(Writer out) {
        IpAddress global = policy.nextHops().v6().orElseThrow();
        Optional<IpAddress> linkLocal = policy.nextHops().linkLocal();
        out.u8(linkLocal.isPresent() ? 32 : 16).address(global);
        linkLocal.ifPresent(out::address);
    }

    /** Writes prefixes while they end before {@code limit}, at least one; returns the next one. */
    private int fill(List<IpPrefix> prefixes, int from, int limit) {
        Writer out = chunks.out();
        int next = from;
        do {
            out.prefix(prefixes.get(next++));
        } while (next < prefixes.size() && out.size() + 1 + (prefixes.get(next).length() + 7) / 8 <= limit);
        return next;
    }

    Encoder withdraw(List<IpPrefix> prefixes) {
        Map<IpFamily, List<IpPrefix>> byFamily = new EnumMap<>(IpFamily.class);
        prefixes.forEach(prefix -> byFamily.computeIfAbsent(prefix.family(), family -> new ArrayList<>())
                .add(prefix));
        byFamily.forEach((family, list) -> {
            boolean plain = family == IpFamily.IPV4 && !policy.multiprotocolV4();
            for (int next = 0; next < list.size(); ) {
                next = plain ? withdrawPlain(list, next) : withdrawMp(family, list, next);
            }
        });
        return this;
    }

    private int withdrawPlain(List<IpPrefix> prefixes, int from) {
        Writer out = chunks.out();
        int start = chunks.begin(Message.TYPE_UPDATE);
        out.u16(0);
        int list = out.size();
        int next = fill(prefixes, from, start + policy.maxLength() - 2);
        out.patch16(list - 2, out.size() - list);
        out.u16(0);
        chunks.finish(start);
        return next;
    }

    private int withdrawMp(IpFamily family, List<IpPrefix> prefixes, int from) {
        Writer out = chunks.out();
        int start = chunks.begin(Message.TYPE_UPDATE);
        out.u16(0).u16(0);
        int list = out.size();
        out.u8(OPTIONAL_EXTENDED).u8(MP_UNREACH).u16(0);
        out.u16(Family.unicast(family).afi()).u8(UNICAST);
        int next = fill(prefixes, from, start + policy.maxLength());
        out.patch16(list + 2, out.size() - list - 4);
        out.patch16(list - 2, out.size() - list);
        chunks.finish(start);
        return next;
    }

    /** RFC 4724 section 2, for each family. */
    Encoder endOfRib() {
        for (IpFamily family : IpFamily.values()) {
            if (policy.families().contains(Family.unicast(family))) {
                message(Update.endOfRib(Family.unicast(family)));
            }
        }
        return this;
    }

    /** RFC 7313: a begin or an end for one family. */
    Encoder refresh(Family family, int subtype) {
        return message(new RouteRefresh(family, subtype));
    }

    private Encoder message(Message message) {
        byte[] bytes = MessageCodec.encode(message, WireContext.INITIAL);
        int start = chunks.begin(message.type());
        chunks.out().bytes(bytes, MessageCodec.HEADER, bytes.length - MessageCodec.HEADER);
        chunks.finish(start);
        return this;
    }

    Batch batch(int tableSize) {
        return chunks.batch(tableSize);
    }
}
