package org.heraldlb.bfd.fsm;

import org.heraldlb.api.bfd.BfdSessionTiming;

/**
 * Slows a session down on a host that cannot keep its time. A timer that fires later than half of what the peer waits for
 * endangers the session; then both intervals are doubled, by a poll sequence, and come back after a quiet minute. A
 * slower session that holds is worth more than a fast one that lies.
 */
public final class LagGuard {

    /** No interval is stretched beyond this, in microseconds. */
    private static final int SLOWEST_MICROS = 1_000_000;

    private static final long QUIET_NANOS = 60_000_000_000L;
    private static final int MAX_FACTOR = 64;

    private int factor = 1;
    private long quietSinceNanos;
    private long lagNanos;

    public LagGuard(long nowNanos) {
        quietSinceNanos = nowNanos;
    }

    /**
     * Judges what is wanted by how late timers usually are on this host, before the peer relies on it.
     *
     * @param usualLagNanos 0 when nobody knows
     * @return true when {@link #stretch} gives something slower than before
     */
    public boolean admit(BfdSessionTiming wanted, long usualLagNanos, long nowNanos) {
        int least = 1;
        long peerWaits = wanted.desiredMinTxMicros() * 1000L * wanted.detectMultiplier();
        while (usualLagNanos > peerWaits * least / 2 && least < MAX_FACTOR) {
            least *= 2;
        }
        boolean slower = least > factor;
        if (slower) {
            factor = least;
            lagNanos = usualLagNanos;
            quietSinceNanos = nowNanos;
        }
        return slower;
    }

    /**
     * Takes the worst lateness since the last call.
     *
     * @param peerDetectionNanos how long the peer waits for us now
     * @return true when {@link #stretch} gives something else than before
     */
    public boolean observe(long worstLagNanos, long peerDetectionNanos, long nowNanos) {
        int before = factor;
        if (worstLagNanos > peerDetectionNanos / 2) {
            factor = Math.min(factor * 2, MAX_FACTOR);
            lagNanos = worstLagNanos;
            quietSinceNanos = nowNanos;
        } else if (nowNanos - quietSinceNanos >= QUIET_NANOS) {
            factor = Math.max(1, factor / 2);
            quietSinceNanos = nowNanos;
        }
        return factor != before;
    }

    /** True while the session runs slower than wanted. */
    public boolean stretched() {
        return factor > 1;
    }

    /** The lateness that slowed the session down, milliseconds, rounded up. */
    public long lagMillis() {
        return (lagNanos + 999_999) / 1_000_000;
    }

    /** What to run instead of {@code wanted}. */
    public BfdSessionTiming stretch(BfdSessionTiming wanted) {
        return new BfdSessionTiming(
                slower(wanted.desiredMinTxMicros()),
                slower(wanted.requiredMinRxMicros()),
                wanted.detectMultiplier(),
                wanted.requiredMinEchoRxMicros(),
                wanted.passive(),
                wanted.minimumTtl());
    }

    private int slower(int micros) {
        return (int) Math.max(micros, Math.min((long) micros * factor, SLOWEST_MICROS));
    }
}
