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
 */
public record BfdSessionKey(
        IpAddress peer, Optional<IpAddress> local, Optional<String> linkInterface, boolean multihop) {}
