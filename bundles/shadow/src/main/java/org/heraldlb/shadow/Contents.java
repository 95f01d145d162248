package org.heraldlb.shadow;

import java.util.List;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.net.IpPrefix;

/** What plans would announce. */
final class Contents {

    private Contents() {}

    static List<IpPrefix> of(BgpPlan plan) {
        return plan.peers().stream()
                .flatMap(peer -> peer.routes().stream())
                .map(Route::prefix)
                .sorted()
                .distinct()
                .toList();
    }

    static List<IpPrefix> of(L2Plan plan) {
        return plan.announcements().stream()
                .map(L2Announcement::address)
                .map(IpPrefix::host)
                .toList();
    }
}
