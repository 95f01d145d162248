package org.heraldlb.bgp.fsm;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try. A refused or closed connection costs next to nothing and mostly means that the
 * other side is about to be ready (a restarting FRR accepts and closes for a second), so such tries come quickly; a
 * NOTIFICATION mostly means that somebody has to change a configuration.
 */
final class Pauses {

    private static final long MILLI = 1_000_000L;
    private static final long FIRST_QUICK = 50 * MILLI;
    private static final long MAX_QUICK = 1000 * MILLI;
    private static final long FIRST_SLOW = 1000 * MILLI;
    private static final long MAX_SLOW = 32_000 * MILLI;
    /** The first tries stay within 100 ms for the second that an idle router needs. */
    private static final int STEADY_TRIES = 10;

    private final RandomGenerator random;
    private long limitNanos;
    private int quickTries;
    private int slowTries;

    /** @param limitNanos no pause after a failed connection is longer */
    Pauses(RandomGenerator random, long limitNanos) {
        this.random = random;
        this.limitNanos = Math.max(limitNanos, FIRST_QUICK);
    }

    /** No pause after a failed connection is longer, from now on. */
    void limit(long nanos) {
        limitNanos = Math.max(nanos, FIRST_QUICK);
    }

    /** After a connection that failed. */
    long quick() {
        int growth = Math.max(0, quickTries++ - STEADY_TRIES);
        return jittered(Math.min(Math.min(FIRST_QUICK << Math.min(growth + 1, 10), MAX_QUICK), limitNanos));
    }

    /** After a NOTIFICATION, sent or received. */
    long slow() {
        return jittered(Math.min(FIRST_SLOW << Math.min(slowTries++, 10), MAX_SLOW));
    }

    /** RFC 4271 section 10: 75 to 100 percent. */
    long jittered(long nanos) {
        return (long) (nanos * (0.75 + 0.25 * random.nextDouble()));
    }

    /** The session held long enough to say that it works. */
    void reset() {
        quickTries = 0;
        slowTries = 0;
    }
}
