package org.heraldlb.api.bfd;

import java.util.Optional;
import org.heraldlb.api.net.IpAddress;

/**
 * Identity of a session.
 *
 * @param peer the other end
 * @param local our address, when it matters
 * @param linkInterface the interface, for single hop and link-local peers
 * @param multihop false: RFC 5881 (port 3784, TTL 255), true: RFC 5883 (port 4784)
 * @param vrf the VRF device that the peer is reached in
 * @param unaffiliated RFC 9747: the peer knows nothing of BFD and only forwards our own packets back to us; needs
 *     {@code local} and {@code linkInterface}, IPv4
 */
public record BfdSessionKey(
        IpAddress peer,
        Optional<IpAddress> local,
        Optional<String> linkInterface,
        boolean multihop,
        Optional<String> vrf,
        boolean unaffiliated) {

    /** A session of the ordinary kind, in no VRF. */
    public BfdSessionKey(IpAddress peer, Optional<IpAddress> local, Optional<String> linkInterface, boolean multihop) {
        this(peer, local, linkInterface, multihop, Optional.empty(), false);
    }
}
