package org.heraldlb.bfd.fsm;

import java.util.Arrays;

/**
 * A binary heap of slots by deadline, which allocates only when it grows. A slot is a small number that stands for a
 * session; each is in the heap at most once and knows its place, so that moving a deadline costs a few comparisons.
 */
public final class DeadlineHeap {

    private static final int ABSENT = -1;

    private int[] heap = new int[16];
    private int[] place = new int[16];
    private long[] deadline = new long[16];
    private int size;

    public DeadlineHeap() {
        Arrays.fill(place, ABSENT);
    }

    /** Puts {@code slot} (not negative) at {@code deadlineNanos}, wherever it was before. */
    public void set(int slot, long deadlineNanos) {
        ensure(slot);
        deadline[slot] = deadlineNanos;
        if (place[slot] == ABSENT) {
            heap[size] = slot;
            place[slot] = size++;
        }
        up(place[slot]);
        down(place[slot]);
    }

    /** Takes {@code slot} out, if it is in. */
    public void remove(int slot) {
        if (slot >= place.length || place[slot] == ABSENT) {
            return;
        }
        int hole = place[slot];
        int last = heap[--size];
        place[slot] = ABSENT;
        if (last != slot) {
            heap[hole] = last;
            place[last] = hole;
            up(hole);
            down(place[last]);
        }
    }

    /** The slot with the earliest deadline, -1 when the heap is empty. */
    public int first() {
        return size == 0 ? ABSENT : heap[0];
    }

    /** The earliest deadline; only while the heap is not empty. */
    public long firstDeadline() {
        return deadline[heap[0]];
    }

    private void ensure(int slot) {
        int length = place.length;
        if (slot >= length) {
            int longer = Math.max(slot + 1, length * 2);
            heap = Arrays.copyOf(heap, longer);
            deadline = Arrays.copyOf(deadline, longer);
            place = Arrays.copyOf(place, longer);
            Arrays.fill(place, length, longer, ABSENT);
        }
    }

    private boolean earlier(int a, int b) {
        return deadline[heap[a]] - deadline[heap[b]] < 0;
    }

    private void up(int from) {
        for (int at = from; at > 0 && earlier(at, (at - 1) / 2); at = (at - 1) / 2) {
            swap(at, (at - 1) / 2);
        }
    }

    private void down(int from) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && earlier(child + 1, child)) {
                child++;
            }
            if (!earlier(child, at)) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private void swap(int a, int b) {
        int slot = heap[a];
        heap[a] = heap[b];
        heap[b] = slot;
        place[heap[a]] = a;
        place[heap[b]] = b;
    }
}
