package org.heraldlb.membership.engine;

import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.member.AnswerLease;

/** Written by the loop, read before every reply. Nothing is allowed before the first writing and after the end. */
final class Leases implements AnswerLease {

    private volatile Until until;

    /** Two moments on {@link System#nanoTime}'s clock. */
    private record Until(long available, long quorum) {}

    void set(long availableUntil, long quorumUntil) {
        until = new Until(availableUntil, quorumUntil);
    }

    void end() {
        until = null;
    }

    @Override
    public boolean allows(Mode mode, long nowNanos) {
        Until now = until;
        return now != null && nowNanos - (mode == Mode.QUORUM ? now.quorum : now.available) < 0;
    }
}
