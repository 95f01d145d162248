package org.heraldlb.api.bgp;

import org.heraldlb.api.Announcer;

/** Announces the routes of the plan to the peers of the plan. Several may be installed; configuration chooses one. */
public interface BgpAnnouncer extends Announcer<BgpPlan> {}
