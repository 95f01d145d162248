package org.heraldlb.k8ssource.pace;

import java.time.Duration;

/**
 * When to look at changes that come in bursts: once none has come for a while, and no later than so long after the first;
 * and never before the rest that the look before has earned ({@link Pace#restNanos}). What comes first with a burst, the
 * addresses, has the API server to itself meanwhile. Pure; one thread.
 */
public final class Lull {

    private final long quietNanos;
    private final long longestNanos;
    private boolean waiting;
    private long firstNanos;
    private long restUntil;
    private boolean rests;

    public Lull(Duration quiet, Duration longest) {
        this.quietNanos = quiet.toNanos();
        this.longestNanos = longest.toNanos();
    }

    /** Something has changed. Returns when to look, which replaces what was returned before. */
    public long changed(long nowNanos) {
        if (!waiting) {
            waiting = true;
            firstNanos = nowNanos;
        }
        long latest = firstNanos + longestNanos;
        long quiet = nowNanos + quietNanos;
        long due = quiet - latest < 0 ? quiet : latest;
        return rests && due - restUntil < 0 ? restUntil : due;
    }

    /** Everything was looked at, which took from then to then. */
    public void looked(long begunNanos, long endedNanos) {
        waiting = false;
        rests = true;
        restUntil = endedNanos + Pace.restNanos(endedNanos - begunNanos);
    }
}
