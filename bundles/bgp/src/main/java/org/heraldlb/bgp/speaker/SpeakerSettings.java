package org.heraldlb.bgp.speaker;

import java.time.Duration;
import java.util.Optional;
import org.heraldlb.api.net.IpAddress;

/**
 * What holds for all peers.
 *
 * @param routerId where a peer names none; empty: an address of ours
 * @param listenPort where peers may dial us, 0: nowhere
 * @param timers where a peer names none
 * @param gracefulRestart offer it to every peer, not only to those that say so
 * @param received how many routes of a peer are kept for display
 */
public record SpeakerSettings(
        Optional<IpAddress> routerId, int listenPort, Timers timers, boolean gracefulRestart, int received) {

    /**
     * @param hold whole seconds, 0 or at least 3
     * @param connectRetry how long an attempt to connect may take
     * @param restart how long a peer may wait for us to come back, 1 to 4095 s
     * @param longLived how much longer it may keep them as a last resort (RFC 9494), 0 to 2^24-1 s, zero: not offered
     * @param sendHold RFC 9687; empty: the greater of eight minutes and twice the hold time
     */
    public record Timers(
            Duration hold, Duration connectRetry, Duration restart, Duration longLived, Optional<Duration> sendHold) {
        public static final Timers DEFAULT =
                new Timers(Duration.ofSeconds(90), Duration.ofSeconds(2), Duration.ofSeconds(120), Optional.empty());

        /** Without long-lived graceful restart. */
        public Timers(Duration hold, Duration connectRetry, Duration restart, Optional<Duration> sendHold) {
            this(hold, connectRetry, restart, Duration.ZERO, sendHold);
        }
    }

    /** No listening, RFC timers. */
    public static final SpeakerSettings DEFAULT = new SpeakerSettings(Optional.empty(), 0, Timers.DEFAULT, false, 1000);
}
