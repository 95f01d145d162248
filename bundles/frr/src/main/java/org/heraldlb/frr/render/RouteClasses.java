package org.heraldlb.frr.render;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.net.IpPrefix;

/**
 * The routes of one instance, each with its class's tag.
 *
 * @param classes by tag, ascending
 * @param tags by prefix, ascending
 */
record RouteClasses(Map<Long, RouteClass> classes, Map<IpPrefix, Long> tags) {

    static RouteClasses of(List<PeerPlan> peers) {
        boolean alike =
                peers.stream().allMatch(peer -> peer.routes() == peers.get(0).routes());
        Map<IpPrefix, RouteClass> byPrefix = alike ? alike(peers) : unlike(peers);
        Map<String, RouteClass> distinct = new TreeMap<>();
        Map<RouteClass, Long> tagOf = new HashMap<>();
        byPrefix.values().stream().distinct().forEach(each -> distinct.put(each.text(), each));
        Map<Long, RouteClass> classes = new TreeMap<>();
        for (RouteClass each : distinct.values()) {
            long tag = each.firstTag();
            while (classes.containsKey(tag)) {
                tag = RouteClass.nextTag(tag);
            }
            classes.put(tag, each);
            tagOf.put(each, tag);
        }
        Map<IpPrefix, Long> tags = new TreeMap<>();
        byPrefix.forEach((prefix, each) -> tags.put(prefix, tagOf.get(each)));
        return new RouteClasses(classes, tags);
    }

    /** The usual case: all peers share one list. */
    private static Map<IpPrefix, RouteClass> alike(List<PeerPlan> peers) {
        Map<RouteAttributes, RouteClass> known = new IdentityHashMap<>();
        Map<IpPrefix, RouteClass> classes = new HashMap<>();
        for (Route route : peers.isEmpty() ? List.<Route>of() : peers.get(0).routes()) {
            classes.put(
                    route.prefix(),
                    known.computeIfAbsent(route.attributes(), same -> new RouteClass(Optional.of(same), Map.of())));
        }
        return classes;
    }

    private static Map<IpPrefix, RouteClass> unlike(List<PeerPlan> peers) {
        Map<IpPrefix, Map<String, RouteAttributes>> told = new HashMap<>();
        for (PeerPlan peer : peers) {
            for (Route route : peer.routes()) {
                told.computeIfAbsent(route.prefix(), prefix -> new TreeMap<>()).put(peer.name(), route.attributes());
            }
        }
        Map<IpPrefix, RouteClass> classes = new HashMap<>();
        told.forEach((prefix, byPeer) -> {
            RouteAttributes first = byPeer.values().iterator().next();
            boolean common =
                    byPeer.size() == peers.size() && byPeer.values().stream().allMatch(first::equals);
            classes.put(
                    prefix,
                    common ? new RouteClass(Optional.of(first), Map.of()) : new RouteClass(Optional.empty(), byPeer));
        });
        return classes;
    }
}
