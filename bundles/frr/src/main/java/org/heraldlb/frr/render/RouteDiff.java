package org.heraldlb.frr.render;

import java.util.Collection;
import java.util.List;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.net.IpPrefix;

/** Which prefixes two lists of routes tell differently, at the cost of a scan. */
final class RouteDiff {

    private RouteDiff() {}

    /** Both lists are ordered by prefix and have one route for each, as {@code PeerPlan} promises. */
    static void between(List<Route> before, List<Route> after, Collection<IpPrefix> changed) {
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            int order = order(before, i, after, j);
            if (order == 0) {
                if (!same(before.get(i), after.get(j))) {
                    changed.add(after.get(j).prefix());
                }
                i++;
                j++;
            } else if (order < 0) {
                changed.add(before.get(i++).prefix());
            } else {
                changed.add(after.get(j++).prefix());
            }
        }
    }

    private static int order(List<Route> before, int i, List<Route> after, int j) {
        if (i == before.size()) {
            return 1;
        }
        if (j == after.size()) {
            return -1;
        }
        Route old = before.get(i);
        Route now = after.get(j);
        return old == now ? 0 : old.prefix().compareTo(now.prefix());
    }

    private static boolean same(Route old, Route now) {
        return old == now || old.attributes().equals(now.attributes());
    }
}
