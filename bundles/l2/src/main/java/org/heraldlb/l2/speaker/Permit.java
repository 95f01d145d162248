package org.heraldlb.l2.speaker;

import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.member.AnswerLease;
import org.heraldlb.l2.responder.Verdict;

/** Permission to answer, from whoever does membership at the moment. Any thread; reads a volatile field. */
final class Permit {

    private volatile AnswerLease lease = AnswerLease.ALWAYS;

    /** Any thread; for the next frame on. */
    void become(AnswerLease next) {
        lease = next;
    }

    boolean allows(Mode mode, long nowNanos) {
        return lease.allows(mode, nowNanos);
    }

    /** False when nobody does membership, so that it can never end. */
    boolean canEnd() {
        return lease != AnswerLease.ALWAYS;
    }

    /** Why it is refused. */
    static Verdict refusal(Mode mode) {
        return mode == Mode.QUORUM ? Verdict.NO_MAJORITY : Verdict.STALE;
    }
}
