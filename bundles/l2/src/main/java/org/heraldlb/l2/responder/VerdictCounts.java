package org.heraldlb.l2.responder;

import java.util.concurrent.atomic.AtomicLongArray;

/** How many frames had which verdict. One thread counts, any thread reads. */
public final class VerdictCounts {

    private static final int LOST = Verdict.values().length;

    private final AtomicLongArray counts = new AtomicLongArray(LOST + 1);

    public void count(Verdict verdict) {
        increment(verdict.ordinal());
    }

    /** An answer that the kernel did not take. */
    public void countLost() {
        increment(LOST);
    }

    private void increment(int at) {
        counts.lazySet(at, counts.getPlain(at) + 1);
    }

    public long lost() {
        return counts.get(LOST);
    }

    public long of(Verdict verdict) {
        return counts.get(verdict.ordinal());
    }
}
