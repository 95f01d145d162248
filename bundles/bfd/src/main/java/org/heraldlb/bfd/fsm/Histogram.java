package org.heraldlb.bfd.fsm;

import java.util.Arrays;
import java.util.List;

/** Counts of durations in powers of two of microseconds. Adding allocates nothing. */
public final class Histogram {

    private static final int BUCKETS = 40;

    private final long[] counts = new long[BUCKETS];
    private long count;
    private long sumMicros;
    private long maxMicros;

    /** Adds one duration; negative ones count as 0. */
    public void add(long nanos) {
        long micros = Math.max(0, nanos / 1000);
        counts[Math.min(BUCKETS - 1, 64 - Long.numberOfLeadingZeros(micros))]++;
        count++;
        sumMicros += micros;
        maxMicros = Math.max(maxMicros, micros);
    }

    /** The upper bound of the bucket below which {@code percent} of all lie; 0 when empty. Never above {@link #max}. */
    public long percentile(double percent) {
        long wanted = (long) Math.ceil(count * percent / 100);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return Math.min(1L << i, maxMicros);
            }
        }
        return 0;
    }

    public long count() {
        return count;
    }

    /** Of all durations, microseconds. */
    public long sum() {
        return sumMicros;
    }

    /** How many were below 1 microsecond, 2, 4 and so on, each counted once, up to the last that is not 0. */
    public List<Long> buckets() {
        int length = BUCKETS;
        while (length > 0 && counts[length - 1] == 0) {
            length--;
        }
        return Arrays.stream(counts, 0, length).boxed().toList();
    }

    /** Microseconds. */
    public long max() {
        return maxMicros;
    }

    public void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        sumMicros = 0;
        maxMicros = 0;
    }
}
