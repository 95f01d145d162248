package org.heraldlb.api.l2;

import org.heraldlb.api.Announcer;

/** Answers ARP requests and neighbour solicitations for the addresses of the plan. */
public interface L2Announcer extends Announcer<L2Plan> {}
