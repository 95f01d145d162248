package org.heraldlb.bfd.fsm;

import java.util.random.RandomGenerator;

/** When the next periodic packet goes out: the interval less its jitter (RFC 5880 section 6.8.7). */
final class Pace {

    /** A quarter of the interval at most. */
    private static final double JITTER = 0.25;
    /** With a multiplier of 1 the longest gap must stay below the detection time. */
    private static final double SINGLE_MULTIPLIER_LIMIT = 0.9;

    private final RandomGenerator random;
    private long lastNanos;
    private long dueNanos;

    /** The first packet goes out at a random moment soon, so that many sessions do not burst. */
    Pace(RandomGenerator random, long intervalNanos, long nowNanos) {
        this.random = random;
        this.lastNanos = nowNanos;
        this.dueNanos = nowNanos + (long) (intervalNanos * random.nextDouble() * JITTER);
    }

    long dueNanos() {
        return dueNanos;
    }

    /** A packet went out, or would have, had the session been allowed to send. */
    void sent(long intervalNanos, int multiplier, long nowNanos) {
        lastNanos = nowNanos;
        dueNanos = nowNanos + jittered(intervalNanos, multiplier);
    }

    /** Another interval is honoured at once (section 6.8.3); the phase is kept where that is possible. */
    void rephase(long intervalNanos, int multiplier, long nowNanos) {
        long due = lastNanos + jittered(intervalNanos, multiplier);
        dueNanos = due - nowNanos > 0 ? due : nowNanos;
    }

    private long jittered(long nanos, int multiplier) {
        double limit = multiplier == 1 ? SINGLE_MULTIPLIER_LIMIT : 1;
        double least = 1 - JITTER;
        return (long) (nanos * (least + (limit - least) * random.nextDouble()));
    }
}
