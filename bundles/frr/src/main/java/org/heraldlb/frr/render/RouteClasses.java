package org.heraldlb.frr.render;

import java.util.Collections;
import java.util.Comparator;
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

    /** The class of one prefix; empty where no peer is told it. */
    static Optional<RouteClass> at(IpPrefix prefix, List<PeerPlan> peers) {
        Map<List<Route>, Optional<RouteAttributes>> found = new IdentityHashMap<>();
        Map<String, RouteAttributes> told = new TreeMap<>();
        for (PeerPlan peer : peers) {
            found.computeIfAbsent(peer.routes(), routes -> attributes(prefix, routes))
                    .ifPresent(attributes -> told.put(peer.name(), attributes));
        }
        return told.isEmpty() ? Optional.empty() : Optional.of(of(told, peers.size()));
    }

    private static Optional<RouteAttributes> attributes(IpPrefix prefix, List<Route> routes) {
        int at = Collections.binarySearch(
                routes, new Route(prefix, RouteAttributes.NONE), Comparator.comparing(Route::prefix));
        return at < 0 ? Optional.empty() : Optional.of(routes.get(at).attributes());
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
        told.forEach((prefix, byPeer) -> classes.put(prefix, of(byPeer, peers.size())));
        return classes;
    }

    private static RouteClass of(Map<String, RouteAttributes> byPeer, int peers) {
        RouteAttributes first = byPeer.values().iterator().next();
        boolean common = byPeer.size() == peers && byPeer.values().stream().allMatch(first::equals);
        return common ? new RouteClass(Optional.of(first), Map.of()) : new RouteClass(Optional.empty(), byPeer);
    }
}
