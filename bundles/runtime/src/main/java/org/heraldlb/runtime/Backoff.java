package org.heraldlb.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses between tries, with jitter. One sequence; reset it by throwing it away. Not thread-safe. */
public final class Backoff {

    /**
     * How pauses grow.
     *
     * @param first the first pause, positive
     * @param max no pause is longer, at least {@code first}
     * @param factor at least 1
     * @param jitter 0 to 1: the part of a pause that is random, taken off it
     */
    public record Policy(Duration first, Duration max, double factor, double jitter) {
        public Policy {
            if (first.isNegative()
                    || first.isZero()
                    || max.compareTo(first) < 0
                    || factor < 1
                    || jitter < 0
                    || jitter > 1) {
                throw new IllegalArgumentException("a back-off grows from a positive pause to a longer one");
            }
        }

        /** A new sequence. */
        public Backoff start(RandomGenerator random) {
            return new Backoff(this, random);
        }
    }

    private final Policy policy;
    private final RandomGenerator random;
    private double pauseNanos;

    private Backoff(Policy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
        this.pauseNanos = policy.first().toNanos();
    }

    /** The next pause in nanoseconds. */
    public long nextNanos() {
        double pause = pauseNanos;
        pauseNanos = Math.min(pause * policy.factor(), policy.max().toNanos());
        return (long) (pause * (1 - policy.jitter() * random.nextDouble()));
    }
}
