package org.heraldlb.bfd.fsm;

import org.heraldlb.api.bfd.BfdSessionTiming;

/**
 * Slows a session down on a host that cannot keep its time. A timer that fires later than half of what the peer waits for
 * endangers the session; then both intervals are doubled until another one as late would not, by a poll sequence. After a
 * minute without danger they are what the lateness of that minute asks for. A slower session that holds is worth more
 * than a fast one that lies.
 */
public final class LagGuard {

    /** No interval is stretched beyond this, in microseconds. */
    private static final int SLOWEST_MICROS = 1_000_000;

    private static final long QUIET_NANOS = 60_000_000_000L;
    private static final int MAX_FACTOR = 64;

    private int factor = 1;
    private long quietSinceNanos;
    private long worstSinceNanos;
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
        int least = factorFor(wanted, usualLagNanos);
        boolean slower = least > factor;
        if (slower) {
            slowDown(least, usualLagNanos, nowNanos);
        }
        return slower;
    }

    /** The least factor with which the peer waits for twice as long as timers are late. */
    private static int factorFor(BfdSessionTiming wanted, long lag) {
        long peerWaits = wanted.desiredMinTxMicros() * 1000L * wanted.detectMultiplier();
        int least = 1;
        while (lag > peerWaits * least / 2 && least < MAX_FACTOR) {
            least *= 2;
        }
        return least;
    }

    private void slowDown(int newFactor, long lag, long nowNanos) {
        factor = newFactor;
        lagNanos = lag;
        watchAnew(nowNanos);
    }

    private void watchAnew(long nowNanos) {
        quietSinceNanos = nowNanos;
        worstSinceNanos = 0;
    }

    /**
     * Takes the worst lateness since the last call.
     *
     * @param peerDetectionNanos how long the peer waits for us now
     * @return true when {@link #stretch} gives something else than before
     */
    public boolean observe(BfdSessionTiming wanted, long worstLagNanos, long peerDetectionNanos, long nowNanos) {
        int before = factor;
        worstSinceNanos = Math.max(worstSinceNanos, worstLagNanos);
        if (worstLagNanos > peerDetectionNanos / 2) {
            int more = Math.max(factor * 2, factorFor(wanted, worstLagNanos));
            slowDown(Math.min(more, MAX_FACTOR), worstLagNanos, nowNanos);
        } else if (nowNanos - quietSinceNanos >= QUIET_NANOS) {
            factor = Math.min(factor, factorFor(wanted, worstSinceNanos));
            watchAnew(nowNanos);
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
