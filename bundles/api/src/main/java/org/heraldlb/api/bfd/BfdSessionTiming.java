package org.heraldlb.api.bfd;

/**
 * Wanted timing of a session. Intervals in microseconds, as on the wire (RFC 5880 section 4.1).
 *
 * @param desiredMinTxMicros at least 10 000
 * @param requiredMinRxMicros at least 10 000
 * @param detectMultiplier 1 to 255
 * @param requiredMinEchoRxMicros 0: no echo; otherwise echoes are sent as often as this and the peer allow, and the peer
 *     may send its own as often, where this host forwards (RFC 5880 section 6.4; IPv4, single hop)
 * @param passive wait for the peer to start
 * @param minimumTtl lowest TTL of received multihop packets, 1 to 255
 */
public record BfdSessionTiming(
        int desiredMinTxMicros,
        int requiredMinRxMicros,
        int detectMultiplier,
        int requiredMinEchoRxMicros,
        boolean passive,
        int minimumTtl) {}
