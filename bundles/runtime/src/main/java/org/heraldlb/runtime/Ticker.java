package org.heraldlb.runtime;

import java.time.Instant;

/** Time as an argument. */
public interface Ticker {

    /** The machine's clocks. */
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant wallClock() {
            return Instant.now();
        }
    };

    /** Monotonic nanoseconds from an arbitrary start; compare by difference only. */
    long nanos();

    /** The date, for display and for expiries that are dates; may jump. */
    Instant wallClock();
}
