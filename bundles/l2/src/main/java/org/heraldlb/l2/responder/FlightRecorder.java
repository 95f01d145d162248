package org.heraldlb.l2.responder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The last frames of an interface and what was decided about them, in bounded memory. One thread records, without
 * allocating or waiting; any thread reads, and gets no frame that was overwritten while it read.
 */
public final class FlightRecorder {

    /** How much of a frame is kept: all of any frame that we answer. */
    public static final int KEPT = 96;

    private static final Verdict[] VERDICTS = Verdict.values();

    /**
     * A frame that came in.
     *
     * @param atNanos monotonic time of arrival
     * @param length of the whole frame
     * @param bytes its first {@value #KEPT} bytes at most; the reader's own copy
     * @param verdict what was decided
     */
    public record Sighting(long atNanos, int length, byte[] bytes, Verdict verdict) {}

    private final int capacity;
    private final byte[] bytes;
    private final long[] times;
    private final int[] lengths;
    private final byte[] verdicts;
    private final AtomicLong recorded = new AtomicLong();
    private final AtomicLong started = new AtomicLong();

    /** Keeps the last {@code capacity} frames, at least one. */
    public FlightRecorder(int capacity) {
        this.capacity = Math.max(1, capacity);
        bytes = new byte[this.capacity * KEPT];
        times = new long[this.capacity];
        lengths = new int[this.capacity];
        verdicts = new byte[this.capacity];
    }

    /** On the recording thread. */
    public void record(byte[] frame, int length, long nowNanos, Verdict verdict) {
        long number = recorded.getPlain();
        int slot = (int) (number % capacity);
        started.set(number + 1);
        System.arraycopy(frame, 0, bytes, slot * KEPT, Math.min(length, KEPT));
        times[slot] = nowNanos;
        lengths[slot] = length;
        verdicts[slot] = (byte) verdict.ordinal();
        recorded.setRelease(number + 1);
    }

    /** What is there now, oldest first. Any thread. */
    public List<Sighting> sightings() {
        long end = recorded.getAcquire();
        long begin = Math.max(0, end - capacity);
        List<Sighting> copies = new ArrayList<>();
        for (long number = begin; number < end; number++) {
            copies.add(copy((int) (number % capacity)));
        }
        int overwritten = (int) Math.min(copies.size(), Math.max(0, started.get() - capacity - begin));
        return List.copyOf(copies.subList(overwritten, copies.size()));
    }

    private Sighting copy(int slot) {
        int length = lengths[slot];
        byte[] kept = new byte[Math.min(length, KEPT)];
        System.arraycopy(bytes, slot * KEPT, kept, 0, kept.length);
        return new Sighting(times[slot], length, kept, VERDICTS[verdicts[slot]]);
    }
}
