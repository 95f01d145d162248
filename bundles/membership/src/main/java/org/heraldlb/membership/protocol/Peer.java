package org.heraldlb.membership.protocol;

import java.util.Optional;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.NodeFacts;

/** What this node knows of another place. */
final class Peer {

    private static final int REMEMBERED = 256;

    private final long[] sentAt = new long[REMEMBERED];
    final String place;
    String node = "";
    Beat.Mark heard = Beat.Mark.NONE;
    Beat.Phase phase = Beat.Phase.JOINING;
    NodeFacts facts = NodeFacts.NONE;
    long factsVersion;
    long ackedFacts;
    boolean alive;
    long lastFresh;
    /** When the host is asked whether it is there, as its process should have spoken by then. */
    long nextQuestion;

    private long questions;
    private boolean asked;
    private long sequence;
    private long mustBeSentAfter;
    private boolean closed;

    long round;
    String votedFor = "";
    boolean free;
    Proposal.Id proposal = Proposal.Id.NONE;
    /** When we sent the newest beat of our round that this peer has confirmed with its vote; valid while confirmed. */
    long confirmedAt;

    boolean confirmed;
    /** It may act no longer than this by any proposal of ours. */
    long grantEnd;

    Peer(String place, long nowNanos) {
        this.place = place;
        lastFresh = nowNanos;
        nextQuestion = nowNanos;
        grantEnd = nowNanos;
    }

    /** Number of the next beat to this peer. */
    long nextSequence(long nowNanos) {
        sequence++;
        sentAt[(int) (sequence % REMEMBERED)] = nowNanos;
        return sequence;
    }

    /** When we sent the beat that an echo names, empty when that proves nothing. */
    Optional<Long> sentAt(Beat.Mark echo, long incarnation) {
        boolean ours = echo.incarnation() == incarnation
                && echo.sequence() > Math.max(0, sequence - REMEMBERED)
                && echo.sequence() <= sequence;
        if (!ours) {
            return Optional.empty();
        }
        long at = sentAt[(int) (echo.sequence() % REMEMBERED)];
        return closed && at - mustBeSentAfter <= 0 ? Optional.empty() : Optional.of(at);
    }

    /** A beat came in, whatever it proves; the next one is late after {@code lateNanos}. */
    void heardAt(long nowNanos, long lateNanos) {
        nextQuestion = nowNanos + lateNanos;
        asked = false;
    }

    /** The host is asked now, and not again before {@code againNanos}. Returns the number of the question. */
    long asked(long againNanos) {
        nextQuestion = againNanos;
        asked = true;
        return ++questions;
    }

    /** Nothing was heard since this question, the newest one. */
    boolean isQuietSince(long question) {
        return asked && question == questions;
    }

    /** The peer's end of a connection was closed: only an answer to what is sent from now on proves that it lives. */
    void closed(long nowNanos) {
        closed = true;
        mustBeSentAfter = nowNanos;
        alive = false;
    }

    void fresh(long at) {
        alive = true;
        closed = false;
        lastFresh = at;
    }

    /** A new process at the place: nothing that the old one said counts. */
    void restarted() {
        factsVersion = 0;
        ackedFacts = 0;
        facts = NodeFacts.NONE;
        phase = Beat.Phase.JOINING;
        forgetVote();
    }

    void forgetVote() {
        confirmed = false;
        round = 0;
        votedFor = "";
        free = false;
        proposal = Proposal.Id.NONE;
    }

    boolean takesPart() {
        return alive && phase == Beat.Phase.ACTIVE;
    }

    Member member() {
        return new Member(node, facts);
    }
}
