package org.heraldlb.testkit;

import java.time.Duration;
import java.time.Instant;
import org.heraldlb.runtime.Ticker;

/** A clock that moves when told. Starts at an odd number so that nobody takes it for zero. */
public final class FakeTicker implements Ticker {

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final long START = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

    private long elapsed;

    @Override
    public long nanos() {
        return START + elapsed;
    }

    @Override
    public Instant wallClock() {
        return EPOCH.plusNanos(elapsed);
    }

    public void advance(Duration by) {
        elapsed += by.toNanos();
    }
}
