package org.heraldlb.observability.memory;

/**
 * When a heap that has grown in a burst is to be collected, so that it shrinks: once there is calm again, and until collecting
 * frees no more. G1 looks at the size of its heap after a marking, and a calm process has none for hours. Pure; one thread.
 */
final class Giveback {

    /**
     * @param committed bytes of the heap that the system has given
     * @param collections so far
     */
    record Reading(long committed, long collections) {}

    /** A quarter more than it was, and this: a heap breathes. */
    private static final long GROWTH_BYTES = 16L << 20;

    /** Less is no progress. */
    private static final long PROGRESS_BYTES = 4L << 20;

    /** More collections between two readings are a process that works. */
    private static final long CALM = 1;

    /** Three are asked for between two readings, and G1 adds some of its own to a marking; more are of a process that works. */
    private static final long ASKED = 8;

    /** Readings without progress: it takes several markings until whole regions are free. */
    private static final int PATIENCE = 3;

    /** Readings until the next time: markings take processor time, and a heap may grow again whatever is done. */
    private static final int REST = 40;

    /** The same where work interrupted it. */
    private static final int SHORT_REST = 12;

    private Reading last = new Reading(0, Long.MAX_VALUE);
    private long settled;
    private boolean collecting;
    private long least;
    private int inVain;
    private int rest;

    /** Whether collections are wanted until the next reading. */
    boolean collects(Reading now) {
        long between = now.collections() - last.collections();
        if (collecting) {
            collecting = goesOn(now, between);
        } else if (rest > 0) {
            rest--;
        } else if (between >= 0 && between <= CALM && hasGrown(now)) {
            collecting = true;
            least = now.committed();
            inVain = 0;
        }
        settled = Math.min(settled, now.committed());
        last = now;
        return collecting;
    }

    private boolean hasGrown(Reading now) {
        return now.committed() > settled + settled / 4 + GROWTH_BYTES;
    }

    private boolean goesOn(Reading now, long between) {
        if (now.committed() <= least - PROGRESS_BYTES) {
            least = now.committed();
            inVain = 0;
        } else {
            inVain++;
        }
        if (between > ASKED) {
            rest = SHORT_REST;
            return false;
        }
        if (inVain >= PATIENCE) {
            settled = now.committed();
            rest = REST;
            return false;
        }
        return true;
    }
}
