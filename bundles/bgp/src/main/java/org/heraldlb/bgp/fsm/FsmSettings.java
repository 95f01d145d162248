package org.heraldlb.bgp.fsm;

import java.time.Duration;
import java.util.Optional;

/**
 * How a peer's connections behave.
 *
 * @param rules for its OPEN
 * @param passive true: never dial (PassiveTcpEstablishment)
 * @param connectRetry how long one attempt may take (ConnectRetryTime); pauses between attempts are no longer
 * @param delayOpen wait that long for the peer's OPEN first (DelayOpenTime), zero: do not
 * @param keepalive asked for; a third of the hold time when empty or longer than that
 * @param sendHold RFC 9687, zero: never; empty: the greater of eight minutes and twice the hold time
 */
public record FsmSettings(
        OpenRules rules,
        boolean passive,
        Duration connectRetry,
        Duration delayOpen,
        Optional<Duration> keepalive,
        Optional<Duration> sendHold) {

    /** With the timers of the RFC, for tests and as a base. */
    public static FsmSettings of(OpenRules rules) {
        return new FsmSettings(rules, false, Duration.ofSeconds(2), Duration.ZERO, Optional.empty(), Optional.empty());
    }
}
