package org.heraldlb.frr.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.frr.config.Section;

/**
 * The routes of one instance as they were rendered, so that other routes can be rendered by their differences.
 *
 * @param header the instance's line
 * @param peers names of those that FRR serves in it, in the order of the plan
 * @param tagOf the tag of each class that has a route map
 * @param members how many routes a class has, by tag
 * @param foreign prefixes that the operator announces there
 * @param isCertain that FRR shows each route of the instance, the operator's too
 */
record Networks(
        String header,
        List<String> peers,
        Map<RouteClass, Long> tagOf,
        Map<Long, Integer> members,
        Set<String> foreign,
        boolean isCertain) {

    /** A prefix of which something else is told from now on. Empty tags: it was, or will be, told to nobody. */
    record Change(IpPrefix prefix, OptionalLong before, OptionalLong after) {}

    /** The same instance with other routes. */
    record Step(Networks networks, List<Change> changes) {}

    static Networks of(
            String header, List<PeerPlan> peers, RouteClasses routes, Set<String> foreign, boolean isCertain) {
        Map<RouteClass, Long> tagOf = new HashMap<>();
        routes.classes().forEach((tag, each) -> tagOf.put(each, tag));
        Map<Long, Integer> members = new HashMap<>();
        routes.tags().values().forEach(tag -> members.merge(tag, 1, Integer::sum));
        return new Networks(header, peers.stream().map(PeerPlan::name).toList(), tagOf, members, foreign, isCertain);
    }

    /** Empty where a class comes or goes, or the operator announces one of the prefixes: then it is more than routes. */
    Optional<Step> next(List<PeerPlan> before, List<PeerPlan> after) {
        Map<Long, Integer> count = new HashMap<>(members);
        List<Change> changes = new ArrayList<>();
        for (IpPrefix prefix : changed(before, after)) {
            Optional<RouteClass> now = RouteClasses.at(prefix, after);
            if (!isCertain || foreign.contains(prefix.toString()) || now.isPresent() && !tagOf.containsKey(now.get())) {
                return Optional.empty();
            }
            OptionalLong was = tag(RouteClasses.at(prefix, before));
            OptionalLong is = tag(now);
            if (!was.equals(is)) {
                was.ifPresent(tag -> count.merge(tag, -1, Integer::sum));
                is.ifPresent(tag -> count.merge(tag, 1, Integer::sum));
                changes.add(new Change(prefix, was, is));
            }
        }
        return count.containsValue(0)
                ? Optional.empty()
                : Optional.of(new Step(new Networks(header, peers, tagOf, count, foreign, isCertain), changes));
    }

    private OptionalLong tag(Optional<RouteClass> routeClass) {
        return routeClass.map(each -> OptionalLong.of(tagOf.get(each))).orElse(OptionalLong.empty());
    }

    /** Peers that are told the same share their lists, which are compared once. */
    private static Set<IpPrefix> changed(List<PeerPlan> before, List<PeerPlan> after) {
        Set<IpPrefix> changed = new TreeSet<>();
        Map<List<Route>, List<Route>> compared = new IdentityHashMap<>();
        for (int i = 0; i < before.size(); i++) {
            List<Route> old = before.get(i).routes();
            List<Route> now = after.get(i).routes();
            if (compared.put(now, old) != old && old != now) {
                RouteDiff.between(old, now, changed);
            }
        }
        return changed;
    }

    static String family(IpFamily family) {
        return "address-family " + (family == IpFamily.IPV4 ? "ipv4" : "ipv6") + " unicast";
    }

    static String line(IpPrefix prefix, long tag) {
        return "network " + prefix + " route-map " + map(tag);
    }

    /** Name of the route map that gives a route its tag. */
    static String map(long tag) {
        return Rendering.TAGS + tag;
    }

    /** The lines that change, under their headers; nothing but they is different. */
    static void lines(String header, List<Change> changes, Section is, Section wanted) {
        for (Change change : changes) {
            String family = family(change.prefix().family());
            Section before = is.section(header).section(family);
            Section after = wanted.section(header).section(family);
            change.before().ifPresent(tag -> before.add(line(change.prefix(), tag)));
            change.after().ifPresent(tag -> after.add(line(change.prefix(), tag)));
        }
    }
}
