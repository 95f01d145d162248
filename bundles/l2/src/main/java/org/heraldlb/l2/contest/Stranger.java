package org.heraldlb.l2.contest;

import java.time.Duration;

/** Who it is that claims an address of ours; decides how long he may do it before it counts. */
public enum Stranger {
    /** Certainly no node of ours: all of their MAC addresses are known. */
    FOREIGN(Duration.ZERO),
    /** Maybe another node, to which the address moves right now. */
    UNKNOWN(Duration.ofSeconds(3)),
    /** Another node of ours: the plans agree again within moments, or the cluster is split. */
    FELLOW(Duration.ofSeconds(10));

    private final long patienceNanos;

    Stranger(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    long patienceNanos() {
        return patienceNanos;
    }
}
