package org.heraldlb.bgp.rib;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;

/**
 * What has to be said to get from one table to another.
 *
 * @param withdrawn in order of prefix
 * @param announced new and changed routes, in order of prefix
 */
public record Delta(List<IpPrefix> withdrawn, List<Route> announced) {

    /** Both tables are ordered by prefix, with one route for each. Takes time proportional to their sizes. */
    public static Delta between(List<Route> told, List<Route> wanted, EncodingPolicy policy) {
        List<IpPrefix> withdrawn = new ArrayList<>();
        List<Route> announced = new ArrayList<>();
        boolean v4 = policy.canAnnounce(IpFamily.IPV4);
        boolean v6 = policy.canAnnounce(IpFamily.IPV6);
        int i = 0;
        int j = 0;
        while (i < told.size() || j < wanted.size()) {
            int same = sameFrom(told, i, wanted, j);
            i += same;
            j += same;
            Route old = i < told.size() ? told.get(i) : null;
            Route next = j < wanted.size() ? wanted.get(j) : null;
            if (old == null && next == null) {
                break;
            }
            int order = compare(old, next);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            boolean news = order != 0 || !policy.same(old.attributes(), next.attributes());
            if (news && ((order < 0 ? old : next).prefix().family() == IpFamily.IPV4 ? v4 : v6)) {
                if (order < 0) {
                    withdrawn.add(old.prefix());
                } else {
                    announced.add(next);
                }
            }
        }
        return new Delta(withdrawn, announced);
    }

    /** How many routes are the same objects from here on: most, when little has changed. */
    private static int sameFrom(List<Route> told, int i, List<Route> wanted, int j) {
        int most = Math.min(told.size() - i, wanted.size() - j);
        int count = 0;
        while (count < most && told.get(i + count) == wanted.get(j + count)) {
            count++;
        }
        return count;
    }

    private static int compare(Route one, Route other) {
        if (one == null || other == null) {
            return one == null ? 1 : -1;
        }
        return one.prefix().compareTo(other.prefix());
    }
}
