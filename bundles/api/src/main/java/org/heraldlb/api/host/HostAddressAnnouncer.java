package org.heraldlb.api.host;

import org.heraldlb.api.Announcer;

/**
 * Puts service addresses on interfaces, as host prefixes with a finite lifetime that it renews, and takes them off again
 * when the plan no longer has them or the announcer closes. Needs {@code CAP_NET_ADMIN} when a plan is not empty.
 */
public interface HostAddressAnnouncer extends Announcer<HostAddressPlan> {}
