package org.heraldlb.bfd.fsm;

import org.heraldlb.api.bfd.BfdSnapshot.Side;

/** What comes of what both ends say (RFC 5880 sections 6.8.2 to 6.8.4). Always that of the moment; nothing is kept. */
public final class Agreement {

    private static final long MICRO = 1_000;

    private final Intervals intervals;
    private final Remote remote;

    Agreement(Intervals intervals, Remote remote) {
        this.intervals = intervals;
        this.remote = remote;
    }

    /** How long the peer waits for us at the most. */
    public long peersDetectionNanos() {
        long interval = Math.max(intervals.effectiveTxMicros(), remote.minRxMicros);
        return interval * intervals.wanted().detectMultiplier() * MICRO;
    }

    /** Our interval between packets before jitter: RFC 5880 section 6.8.7. */
    public long transmitIntervalNanos() {
        return Math.max(intervals.effectiveTxMicros(), remote.minRxMicros) * MICRO;
    }

    /** The agreed interval between the peer's packets, microseconds. */
    public long receiveIntervalMicros() {
        return Math.max(intervals.effectiveRxMicros(), remote.desiredMinTxMicros);
    }

    /** RFC 5880 section 6.8.4, asynchronous mode: the remote multiplier times the agreed remote interval. */
    public long detectionTimeNanos() {
        return remote.detectMultiplier * receiveIntervalMicros() * MICRO;
    }

    /** What our packets say. */
    public Side localSide() {
        return new Side(
                intervals.advertisedTxMicros(),
                intervals.advertisedRxMicros(),
                intervals.wanted().detectMultiplier());
    }

    /** What the peer's last packet said. */
    public Side remoteSide() {
        boolean known = remote.detectMultiplier != 0;
        return new Side(remote.desiredMinTxMicros, known ? remote.minRxMicros : 0, remote.detectMultiplier);
    }

    /** Lowest TTL that a multihop packet may have. */
    public int minimumTtl() {
        return intervals.wanted().minimumTtl();
    }
}
