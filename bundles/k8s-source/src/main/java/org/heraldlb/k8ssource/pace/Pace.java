package org.heraldlb.k8ssource.pace;

import java.time.Duration;

/** A bucket of tokens: so many at once, so many a second after that. Pure. */
public final class Pace {

    private static final int REST = 9;
    private static final long LONGEST_REST_NANOS = Duration.ofSeconds(1).toNanos();

    private final double perNano;
    private final double most;
    private double tokens;
    private long filledNanos;

    public Pace(double perSecond, int burst, long nowNanos) {
        this.perNano = perSecond / Duration.ofSeconds(1).toNanos();
        this.most = burst;
        this.tokens = burst;
        this.filledNanos = nowNanos;
    }

    /** Takes a token if there is one. */
    public boolean take(long nowNanos) {
        tokens = Math.min(most, tokens + (nowNanos - filledNanos) * perNano);
        filledNanos = nowNanos;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /**
     * How long to rest after work that goes through all services, so that it takes a tenth of the time while they keep changing.
     * No longer than a second: what took long may have been a machine that stood still.
     */
    public static long restNanos(long tookNanos) {
        return Math.min(LONGEST_REST_NANOS, REST * tookNanos);
    }

    /** Nanoseconds until the next token. */
    public long waitNanos() {
        return (long) Math.ceil(Math.max(0, 1 - tokens) / perNano);
    }
}
