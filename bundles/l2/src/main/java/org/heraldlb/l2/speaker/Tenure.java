package org.heraldlb.l2.speaker;

import java.time.Instant;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.l2.contest.Agenda;
import org.heraldlb.l2.contest.Contest;
import org.heraldlb.l2.responder.Claim;

/** That an address is this station's, and whether anybody contests it. The loop owns it. */
final class Tenure implements Agenda.Entry {

    private final Station station;
    private final Claim claim;
    private final ConflictPolicy policy;
    private Contest contest;
    private Instant rivalFirstSeen;
    private Instant rivalLastSeen;

    Tenure(Station station, Claim claim, ConflictPolicy policy) {
        this.station = station;
        this.claim = claim;
        this.policy = policy;
    }

    Station station() {
        return station;
    }

    Claim claim() {
        return claim;
    }

    ConflictPolicy policy() {
        return policy;
    }

    /** Null before the station had a carrier for the first time. */
    Contest contest() {
        return contest;
    }

    void begin(Contest first) {
        contest = first;
    }

    void sighted(Instant now) {
        rivalFirstSeen = rivalFirstSeen == null ? now : rivalFirstSeen;
        rivalLastSeen = now;
    }

    void forgetRival() {
        rivalFirstSeen = null;
    }

    /** Null when there is none. */
    Instant rivalFirstSeen() {
        return rivalFirstSeen;
    }

    /** Null when there never was one. */
    Instant rivalLastSeen() {
        return rivalLastSeen;
    }

    boolean isHeld() {
        return claim.role() == Claim.Role.HELD;
    }

    @Override
    public long deadlineNanos() {
        return contest == null ? Agenda.NEVER : contest.deadlineNanos();
    }
}
