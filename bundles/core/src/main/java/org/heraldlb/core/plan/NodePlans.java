package org.heraldlb.core.plan;

import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.l2.L2Plan;

/** The plans of one node. */
public record NodePlans(L2Plan l2, BgpPlan bgp, HostAddressPlan addresses) {}
