package org.heraldlb.bgp.packet;

import org.heraldlb.api.net.IpFamily;

/**
 * Address family and subsequent one (RFC 4760).
 *
 * @param afi 16 bits
 * @param safi 8 bits
 */
public record Family(int afi, int safi) {

    public static final Family IPV4_UNICAST = new Family(1, 1);
    public static final Family IPV6_UNICAST = new Family(2, 1);

    private static final int UNICAST = 1;

    /** The unicast family of {@code family}. */
    public static Family unicast(IpFamily family) {
        return family == IpFamily.IPV4 ? IPV4_UNICAST : IPV6_UNICAST;
    }

    /** One of the two that we speak. */
    public boolean isKnown() {
        return safi == UNICAST && (afi == 1 || afi == 2);
    }

    /** @throws IllegalStateException when it is not {@linkplain #isKnown() known} */
    public IpFamily ip() {
        if (!isKnown()) {
            throw new IllegalStateException(this + " has no addresses that we know");
        }
        return afi == 1 ? IpFamily.IPV4 : IpFamily.IPV6;
    }

    @Override
    public String toString() {
        return isKnown() ? (afi == 1 ? "ipv4-unicast" : "ipv6-unicast") : afi + "/" + safi;
    }
}
