package org.heraldlb.bgp.speaker;

import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;

/**
 * How to reach a peer.
 *
 * @param remote address and port
 * @param source to dial from
 * @param device to bind to
 * @param ttl of packets sent, empty: the system's
 * @param minTtl lowest TTL of packets taken (RFC 5082), empty: any
 * @param password MD5 key (RFC 2385)
 */
public record Endpoint(
        InetSocketAddress remote,
        Optional<IpAddress> source,
        Optional<String> device,
        OptionalInt ttl,
        OptionalInt minTtl,
        Optional<SecretValue> password) {

    /** What the transport must be able to do. A TTL that is merely usual can be done without. */
    public Set<Feature> needs() {
        Set<Feature> needs = EnumSet.noneOf(Feature.class);
        if (password.isPresent()) {
            needs.add(Feature.MD5);
        }
        if (minTtl.isPresent()) {
            needs.add(Feature.TTL);
        }
        if (device.isPresent()) {
            needs.add(Feature.DEVICE);
        }
        return needs;
    }
}
