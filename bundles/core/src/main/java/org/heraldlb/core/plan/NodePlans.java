package org.heraldlb.core.plan;

import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.l2.L2Plan;

/** The plans of one node. */
public record NodePlans(L2Plan l2, BgpPlan bgp, HostAddressPlan addresses) {

    /** The share of {@code input}. A shadow talks to no router before it has something to tell it. */
    static NodePlans of(NodeShare share, PlanInput input) {
        NodePlans plans = share.plans(input.generation());
        return input.options().shadow()
                ? new NodePlans(plans.l2(), withoutIdlePeers(plans.bgp()), plans.addresses())
                : plans;
    }

    private static BgpPlan withoutIdlePeers(BgpPlan plan) {
        return new BgpPlan(
                plan.generation(),
                plan.node(),
                plan.peers().stream().filter(peer -> !peer.routes().isEmpty()).toList());
    }
}
