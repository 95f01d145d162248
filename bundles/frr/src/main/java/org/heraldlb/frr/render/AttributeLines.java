package org.heraldlb.frr.render;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.frr.config.Section;

/** Path attributes as the set lines of a route map, in the spelling in which FRR prints them. */
final class AttributeLines {

    /** RFC 1997 and IANA's registry of well-known communities, as FRR spells them. */
    private static final Map<Integer, String> WELL_KNOWN = Map.ofEntries(
            Map.entry(0xffff_0000, "graceful-shutdown"),
            Map.entry(0xffff_0001, "accept-own"),
            Map.entry(0xffff_0002, "route-filter-translated-v4"),
            Map.entry(0xffff_0003, "route-filter-v4"),
            Map.entry(0xffff_0004, "route-filter-translated-v6"),
            Map.entry(0xffff_0005, "route-filter-v6"),
            Map.entry(0xffff_0006, "llgr-stale"),
            Map.entry(0xffff_0007, "no-llgr"),
            Map.entry(0xffff_0008, "accept-own-nexthop"),
            Map.entry(0xffff_029a, "blackhole"),
            Map.entry(0xffff_ff01, "no-export"),
            Map.entry(0xffff_ff02, "no-advertise"),
            Map.entry(0xffff_ff03, "local-AS"),
            Map.entry(0xffff_ff04, "no-peer"));

    private static final double BITS = 8;
    private static final double MEGA = 1e6;
    private static final long MAX_MEGABITS = 25_600;

    private AttributeLines() {}

    /** @param prependAs 0: this neighbour is inside our AS, where nothing is prepended */
    static void add(Section map, RouteAttributes attributes, long prependAs) {
        attributes.localPref().ifPresent(value -> map.add("set local-preference " + value));
        if (!attributes.communities().isEmpty()) {
            map.add("set community "
                    + words(attributes.communities().stream()
                            .map(AttributeLines::text)
                            .toList()));
        }
        if (!attributes.largeCommunities().isEmpty()) {
            map.add("set large-community "
                    + words(attributes.largeCommunities().stream()
                            .map(Object::toString)
                            .toList()));
        }
        attributes.med().ifPresent(value -> map.add("set metric " + value));
        if (attributes.prepend() > 0 && prependAs != 0) {
            map.add("set as-path prepend" + (" " + prependAs).repeat(attributes.prepend()));
        }
        attributes
                .linkBandwidth()
                .ifPresent(bytes -> map.add("set extcommunity bandwidth " + megabits(bytes) + " non-transitive"));
    }

    /** FRR counts in whole megabits per second, 1 to 25600. */
    static long megabits(long bytesPerSecond) {
        return Math.max(1, Math.min(MAX_MEGABITS, Math.round(bytesPerSecond * BITS / MEGA)));
    }

    static String text(Community community) {
        return WELL_KNOWN.getOrDefault(community.value(), community.toString());
    }

    private static String words(List<String> values) {
        return values.stream().collect(Collectors.joining(" "));
    }
}
