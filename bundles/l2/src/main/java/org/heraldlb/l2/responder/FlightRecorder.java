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
    private static final Sent[] SENT = Sent.values();

    /**
     * A frame that came in or left.
     *
     * @param atNanos monotonic time of arrival or departure
     * @param length of the whole frame
     * @param bytes its first {@value #KEPT} bytes at most; the reader's own copy
     * @param outgoing it left
     * @param decision what was decided about it, or why it left
     */
    public record Sighting(long atNanos, int length, byte[] bytes, boolean outgoing, String decision) {}

    private final int capacity;
    private final byte[] bytes;
    private final long[] times;
    private final int[] lengths;
    /** Ordinal of a verdict, or of a reason to send as -1 and down. */
    private final byte[] decisions;

    private final AtomicLong recorded = new AtomicLong();
    private final AtomicLong started = new AtomicLong();

    /** Keeps the last {@code capacity} frames, at least one. */
    public FlightRecorder(int capacity) {
        this.capacity = Math.max(1, capacity);
        bytes = new byte[this.capacity * KEPT];
        times = new long[this.capacity];
        lengths = new int[this.capacity];
        decisions = new byte[this.capacity];
    }

    /** A frame came in. On the recording thread. */
    public void record(byte[] frame, int length, long nowNanos, Verdict verdict) {
        record(frame, length, nowNanos, verdict.ordinal());
    }

    /** A frame left. On the recording thread. */
    public void record(byte[] frame, int length, long nowNanos, Sent reason) {
        record(frame, length, nowNanos, -1 - reason.ordinal());
    }

    private void record(byte[] frame, int length, long nowNanos, int decision) {
        long number = recorded.getPlain();
        int slot = (int) (number % capacity);
        started.set(number + 1);
        System.arraycopy(frame, 0, bytes, slot * KEPT, Math.min(length, KEPT));
        times[slot] = nowNanos;
        lengths[slot] = length;
        decisions[slot] = (byte) decision;
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
        int decision = decisions[slot];
        boolean outgoing = decision < 0;
        String text = outgoing ? SENT[-1 - decision].label() : VERDICTS[decision].label();
        return new Sighting(times[slot], length, kept, outgoing, text);
    }
}
