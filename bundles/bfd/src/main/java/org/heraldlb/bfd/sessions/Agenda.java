package org.heraldlb.bfd.sessions;

import org.heraldlb.bfd.fsm.DeadlineHeap;
import org.heraldlb.bfd.fsm.Histogram;

/** Which session is to be served when, and how late that came. */
final class Agenda {

    private static final long WINDOW_NANOS = 60_000_000_000L;
    /** Fewer fired timers say nothing about the host: the first ones are late because everything is new. */
    private static final int TELLING = 500;

    private final DeadlineHeap deadlines = new DeadlineHeap();
    private final Histogram lag = new Histogram();
    private final Histogram[] recent = {new Histogram(), new Histogram()};
    private int current;
    private long windowEndNanos;
    private long worstNanos;

    Agenda(long nowNanos) {
        windowEndNanos = nowNanos + WINDOW_NANOS;
    }

    /** One deadline for each session: whatever comes first, its next packet, echo or expiry; not before {@code least}. */
    void arm(LiveSession session, long leastNanos) {
        long next = session.machine.nextNanos();
        deadlines.set(session.slot, next - leastNanos < 0 ? leastNanos : next);
    }

    void forget(LiveSession session) {
        deadlines.remove(session.slot);
    }

    /** The slot of a session that is due, -1 when none is. */
    int due(long nowNanos) {
        return deadlines.first() >= 0 && deadlines.firstDeadline() - nowNanos <= 0 ? deadlines.first() : -1;
    }

    /** The earlier of {@code other} and the first deadline. */
    long next(long otherNanos) {
        boolean earlier = deadlines.first() >= 0 && deadlines.firstDeadline() - otherNanos < 0;
        return earlier ? deadlines.firstDeadline() : otherNanos;
    }

    /** The first deadline, when {@link #due} found one. */
    long firstNanos() {
        return deadlines.firstDeadline();
    }

    /** Puts off the first session, when it is due, lest something that fails does so without a pause. */
    void postponeDue(long nowNanos, long pauseNanos) {
        if (due(nowNanos) >= 0) {
            deadlines.set(deadlines.first(), nowNanos + pauseNanos);
        }
    }

    /** A timer fired so much after its deadline. */
    void fired(long lateNanos) {
        lag.add(lateNanos);
        recent[current].add(lateNanos);
        worstNanos = Math.max(worstNanos, lateNanos);
    }

    /** The worst since the last call. */
    long takeWorst(long nowNanos) {
        if (windowEndNanos - nowNanos <= 0) {
            windowEndNanos = nowNanos + WINDOW_NANOS;
            current = 1 - current;
            recent[current].clear();
        }
        long worst = worstNanos;
        worstNanos = 0;
        return worst;
    }

    /** 99 of 100 timers of the last minute or two fired no later than this; 0 while too few did. */
    long usualLagNanos() {
        long usual = 0;
        for (Histogram part : recent) {
            usual = part.count() < TELLING ? usual : Math.max(usual, part.percentile(99) * 1000);
        }
        return usual;
    }

    /** All that ever fired. */
    Histogram lag() {
        return lag;
    }
}
