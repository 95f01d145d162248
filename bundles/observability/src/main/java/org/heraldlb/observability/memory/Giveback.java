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

    /** More growth than this is worth a collection. */
    private static final long GROWTH_BYTES = 16L << 20;

    /** More collections between two readings are a process that works. */
    private static final long CALM = 1;

    /** As many are asked for between two readings; G1 adds some of its own to a marking. */
    private static final long ASKED = 8;

    /** Readings without a smaller heap: it takes several markings until whole regions are free. */
    private static final int PATIENCE = 5;

    private Reading last = new Reading(0, Long.MAX_VALUE);
    private long settled;
    private boolean collecting;
    private int inVain;

    /** Whether collections are wanted until the next reading. */
    boolean collects(Reading now) {
        long between = now.collections() - last.collections();
        if (collecting) {
            inVain = now.committed() < last.committed() ? 0 : inVain + 1;
            if (inVain >= PATIENCE) {
                settled = now.committed();
            }
            collecting = inVain < PATIENCE && between <= ASKED;
        } else if (between >= 0 && between <= CALM && now.committed() > settled + GROWTH_BYTES) {
            collecting = true;
            inVain = 0;
        }
        settled = Math.min(settled, now.committed());
        last = now;
        return collecting;
    }
}
