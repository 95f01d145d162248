package org.heraldlb.membership.protocol;

import java.time.Duration;

/**
 * Durations in nanoseconds, each measured on one node's monotonic clock. Clocks may run at rates up to 1% off the true
 * one; every comparison between two nodes' durations keeps 2% between them.
 *
 * @param interval between beats
 * @param detection a node that has not answered a beat of ours for so long is gone
 * @param lease so long a node stands by its vote for a leader, and so long at most a leader and those who follow it act
 *     on a majority's word
 */
public record Timing(long interval, long detection, long lease) {

    private static final long JITTER = 10_000_000L;
    private static final long SHORTEST_PATIENCE = 40_000_000L;

    public Timing {
        if (interval <= 0 || detection < 4 * interval || lease < 4 * interval) {
            throw new IllegalArgumentException("detection and lease are at least four intervals");
        }
    }

    public static Timing of(Duration interval, Duration detection, Duration lease) {
        return new Timing(interval.toNanos(), detection.toNanos(), lease.toNanos());
    }

    /** A beat that does not come within this time after the one before is late. */
    long late() {
        return interval + Math.max(interval / 5, JITTER);
    }

    /** How long the host of a silent node has to answer. */
    public long patience() {
        return Math.max(detection / 12, SHORTEST_PATIENCE);
    }

    /** What a majority's confirmation is worth to a leader, from the sending of what was confirmed. */
    long leadership() {
        return shorter(lease);
    }

    /** A process that has just started may have promised something before that it does not remember. */
    long forgottenPromise() {
        return lease + lease / 50;
    }

    /** Without a tick for so long a process counts as frozen. Ends before the others can have given it up. */
    long awake() {
        return detection - 2 * interval;
    }

    /** A duration that another node's clock may measure without exceeding {@code nanos} of ours. */
    static long shorter(long nanos) {
        return nanos / 100 * 98;
    }
}
