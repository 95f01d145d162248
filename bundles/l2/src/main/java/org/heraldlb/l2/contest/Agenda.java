package org.heraldlb.l2.contest;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Entries by their deadlines, which change behind its back: an entry is asked when its turn comes, and goes to its new
 * place when the turn was an old one.
 *
 * @param <T> what has deadlines
 */
public final class Agenda<T extends Agenda.Entry> {

    /** No deadline. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Something with a deadline. */
    public interface Entry {

        /** Monotonic nanoseconds, or {@link #NEVER}. */
        long deadlineNanos();
    }

    private record Slot<T>(long deadline, T entry) {}

    private final PriorityQueue<Slot<T>> queue = new PriorityQueue<>((a, b) -> Long.signum(a.deadline - b.deadline));
    private final Map<T, Long> placed = new IdentityHashMap<>();

    /** Looks at the entry's deadline; also for entries that are there already. */
    public void put(T entry) {
        long deadline = entry.deadlineNanos();
        Long before = placed.get(entry);
        if (deadline == NEVER || before != null && before - deadline <= 0) {
            return;
        }
        placed.put(entry, deadline);
        queue.add(new Slot<>(deadline, entry));
    }

    /** Forgets the entry. */
    public void remove(T entry) {
        placed.remove(entry);
    }

    /** The next entry that is due, null when there is none. It is no longer on the agenda. */
    public T poll(long nowNanos) {
        while (!queue.isEmpty() && queue.peek().deadline - nowNanos <= 0) {
            Slot<T> slot = queue.poll();
            Long known = placed.get(slot.entry);
            if (known == null || known != slot.deadline) {
                continue;
            }
            placed.remove(slot.entry);
            long deadline = slot.entry.deadlineNanos();
            if (deadline != NEVER && deadline - nowNanos <= 0) {
                return slot.entry;
            }
            put(slot.entry);
        }
        return null;
    }

    /**
     * When to look again, not before {@code earliest} unless something is due now; {@link #NEVER} when there is nothing to
     * wait for.
     */
    public long nextNanos(long nowNanos, long earliest) {
        if (queue.isEmpty()) {
            return NEVER;
        }
        long next = queue.peek().deadline;
        return next - nowNanos <= 0 || next - earliest >= 0 ? next : earliest;
    }
}
