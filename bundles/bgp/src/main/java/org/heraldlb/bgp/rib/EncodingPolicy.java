package org.heraldlb.bgp.rib;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.bgp.packet.Family;

/**
 * Everything that changes the bytes of an UPDATE besides the routes. Sessions of equal policy share encodings.
 *
 * @param localAs first number of AS_PATH, and so unused on internal sessions
 * @param internal iBGP: empty AS_PATH, LOCAL_PREF
 * @param fourOctetAs size of the numbers in AS_PATH
 * @param maxLength of a message
 * @param families negotiated
 * @param nextHops our addresses towards the peer
 * @param gracefulShutdown add the community of RFC 8326, and LOCAL_PREF 0 on internal sessions
 * @param onlyToCustomer add the attribute of RFC 9234 with our AS: the peer is a customer, a lateral peer or an RS client
 */
public record EncodingPolicy(
        long localAs,
        boolean internal,
        boolean fourOctetAs,
        int maxLength,
        Set<Family> families,
        NextHops nextHops,
        boolean gracefulShutdown,
        boolean onlyToCustomer) {

    /**
     * @param v4 next hop of IPv4 routes
     * @param v6 next hop of IPv6 routes
     * @param linkLocal goes with {@code v6} when the peer is on the link (RFC 2545 section 3)
     * @param v4OverV6 the peer takes {@code v6} for IPv4 routes too (RFC 8950), which is used when there is no v4
     */
    public record NextHops(
            Optional<IpAddress> v4, Optional<IpAddress> v6, Optional<IpAddress> linkLocal, boolean v4OverV6) {}

    public EncodingPolicy {
        families = Set.copyOf(families);
    }

    /** For a peer without a role. */
    public EncodingPolicy(
            long localAs,
            boolean internal,
            boolean fourOctetAs,
            int maxLength,
            Set<Family> families,
            NextHops nextHops,
            boolean gracefulShutdown) {
        this(localAs, internal, fourOctetAs, maxLength, families, nextHops, gracefulShutdown, false);
    }

    /** The peer can be told routes of the family: it speaks it, and we have a next hop that it can read. */
    public boolean canAnnounce(IpFamily family) {
        if (!families.contains(Family.unicast(family))) {
            return false;
        }
        return family == IpFamily.IPV6 ? nextHops.v6.isPresent() : nextHops.v4.isPresent() || multiprotocolV4();
    }

    /** IPv4 routes go into MP_REACH_NLRI, because their next hop is an IPv6 address. */
    boolean multiprotocolV4() {
        return nextHops.v4.isEmpty() && nextHops.v4OverV6 && nextHops.v6.isPresent();
    }

    /** True when the two look the same on the wire. */
    boolean same(RouteAttributes one, RouteAttributes other) {
        return one == other
                || one.equals(other)
                || !internal && withoutLocalPref(one).equals(withoutLocalPref(other));
    }

    private static RouteAttributes withoutLocalPref(RouteAttributes all) {
        return new RouteAttributes(
                OptionalLong.empty(),
                all.communities(),
                all.largeCommunities(),
                all.med(),
                all.prepend(),
                all.linkBandwidth());
    }
}
