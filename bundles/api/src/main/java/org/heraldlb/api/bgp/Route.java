package org.heraldlb.api.bgp;

import org.heraldlb.api.net.IpPrefix;

/**
 * A route that we originate.
 *
 * @param prefix IPv4 or IPv6 unicast
 * @param attributes shared between routes that have the same
 */
public record Route(IpPrefix prefix, RouteAttributes attributes) {}
