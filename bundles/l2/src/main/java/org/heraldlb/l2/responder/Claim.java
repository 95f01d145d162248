package org.heraldlb.l2.responder;

import org.heraldlb.api.net.IpAddress;

/**
 * An address that this node announces, as seen from one interface.
 *
 * @param address IPv4 or IPv6
 * @param here whether it is announced on this interface, and not only on others
 * @param counts shared by all interfaces
 */
public record Claim(IpAddress address, boolean here, AddressCounts counts) {}
