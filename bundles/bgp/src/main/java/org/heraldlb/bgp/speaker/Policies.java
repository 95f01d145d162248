package org.heraldlb.bgp.speaker;

import java.net.InetAddress;
import java.util.Optional;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.bgp.fsm.Negotiated;
import org.heraldlb.bgp.fsm.Opens;
import org.heraldlb.bgp.rib.EncodingPolicy;
import org.heraldlb.bgp.rib.EncodingPolicy.NextHops;

/** From what a session agreed on to how its UPDATEs look. */
final class Policies {

    private Policies() {}

    static EncodingPolicy of(
            PeerConfig config, Negotiated agreed, InetAddress local, Surroundings around, boolean draining) {
        return new EncodingPolicy(
                config.opens().as(),
                agreed.internal(),
                agreed.context().fourOctetAs(),
                agreed.context().maxLength(),
                agreed.families(),
                nextHops(local, agreed.extendedNextHop(), around.addresses()),
                draining,
                !agreed.internal() && onlyToCustomer(config.opens()));
    }

    /** RFC 9234 section 5, egress rule 1: towards customers, lateral peers and RS clients, told by our own role. */
    private static boolean onlyToCustomer(Opens opens) {
        return opens.role().stream()
                .mapToObj(role -> Peer.Role.values()[role])
                .anyMatch(role -> role == Peer.Role.PROVIDER || role == Peer.Role.RS || role == Peer.Role.PEER);
    }

    /**
     * Ourselves. The other family's next hop is an address of the same interface; IPv4 routes take the IPv6 one where
     * the peer said that it can read that (RFC 8950), since on such a fabric the interface's IPv4 address, if there is
     * any, need not be the peer's neighbour.
     */
    private static NextHops nextHops(InetAddress local, boolean extended, LocalAddresses addresses) {
        IpAddress own = IpAddress.of(local);
        if (own.isV4()) {
            return new NextHops(Optional.of(own), addresses.sibling(local, IpFamily.IPV6), Optional.empty(), false);
        }
        // A link-local address alone is sent twice, as those that read 32 bytes take the second one for it.
        Optional<IpAddress> linkLocal = own.isLinkLocal() ? Optional.of(own) : Optional.empty();
        Optional<IpAddress> v4 = extended ? Optional.empty() : v4(local, addresses);
        return new NextHops(v4, Optional.of(own), linkLocal, extended);
    }

    /** The IPv4 address of our end. */
    static Optional<IpAddress> v4(InetAddress local, LocalAddresses addresses) {
        IpAddress own = IpAddress.of(local);
        return own.isV4() ? Optional.of(own) : addresses.sibling(local, IpFamily.IPV4);
    }
}
