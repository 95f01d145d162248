package org.heraldlb.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** Timers by tag, earliest first; ties in order of scheduling. Not thread-safe: a loop owns it. */
public final class TimerQueue {

    private final PriorityQueue<Timer> byDeadline = new PriorityQueue<>();
    private final Map<String, Timer> byTag = new HashMap<>();
    private long sequence;

    private record Timer(String tag, long deadlineNanos, long sequence, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.signum(deadlineNanos - other.deadlineNanos);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    /** Adds a timer unless one of the tag is due no later. */
    public void schedule(String tag, long deadlineNanos, Runnable task) {
        Timer present = byTag.get(tag);
        if (present == null || present.deadlineNanos - deadlineNanos > 0) {
            reschedule(tag, deadlineNanos, task);
        }
    }

    /** Adds a timer in place of the tag's. */
    public void reschedule(String tag, long deadlineNanos, Runnable task) {
        cancel(tag);
        Timer timer = new Timer(tag, deadlineNanos, sequence++, task);
        byTag.put(tag, timer);
        byDeadline.add(timer);
    }

    public void cancel(String tag) {
        Timer timer = byTag.remove(tag);
        if (timer != null) {
            byDeadline.remove(timer);
        }
    }

    /** Takes the next timer that is due at {@code nowNanos}, null when none is. */
    public Runnable pollDue(long nowNanos) {
        Timer next = byDeadline.peek();
        if (next == null || next.deadlineNanos - nowNanos > 0) {
            return null;
        }
        byDeadline.remove();
        byTag.remove(next.tag);
        return next.task;
    }

    /** Nanoseconds until the next timer is due, at least 0; {@link Long#MAX_VALUE} when there is none. */
    public long nanosToNext(long nowNanos) {
        Timer next = byDeadline.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.deadlineNanos - nowNanos);
    }

    public void clear() {
        byDeadline.clear();
        byTag.clear();
    }

    public boolean isEmpty() {
        return byTag.isEmpty();
    }
}
