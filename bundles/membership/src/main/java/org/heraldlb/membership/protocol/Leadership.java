package org.heraldlb.membership.protocol;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import org.heraldlb.api.member.MemberSnapshot.Member;

/**
 * Leader, leases and the agreed members.
 *
 * <p>A leader is who a majority has voted for in a round. Voters stand by their vote for a lease from the leader's last
 * beat; so a leader whose beats a majority has confirmed knows that there is no other until then, and gives those who
 * follow it permission to act for no longer. Whoever is elected later therefore finds that nobody may act, and starts
 * with members of its own choice. From there it goes from one set of members to the next over a joint proposal (act only
 * for what is yours by both), and drops the older set when everybody acts by the joint one or has no permission left.
 * Every lease is compared with the clock before new confirmations count: a lead that was lost for a moment is lost.
 */
final class Leadership {

    private Self self;
    private final Timing timing;
    private final Collection<Peer> peers;

    private long round;
    /** The highest in which this node has given its vote. */
    private long votedRound;
    /** The highest that is known to have had a leader. */
    private long ledRound;

    private long highestRound;
    private String votedFor = "";
    private long promiseUntil;
    private long candidateUntil;
    private boolean enough;
    private long standsAt;
    private boolean leading;
    private long proposedAt;
    private Optional<Proposal> proposal = Optional.empty();
    private Proposal.Id acting = Proposal.Id.NONE;
    private long answeringUntil;

    Leadership(Self self, Timing timing, Collection<Peer> peers, long nowNanos) {
        this.self = self;
        this.timing = timing;
        this.peers = peers;
        promiseUntil = nowNanos + timing.forgottenPromise();
        answeringUntil = nowNanos;
    }

    /** The same node among other places. */
    void self(Self next) {
        self = next;
    }

    // What others say.

    /** Call it before anything new counts. */
    void expire(long nowNanos) {
        if (leading && nowNanos - leadingUntil(nowNanos) >= 0) {
            stepDown(nowNanos);
        } else if (isCandidate() && nowNanos - candidateUntil >= 0) {
            votedFor = "";
        }
    }

    /** @param sentAt when we sent what the beat answers. Returns true when the peer should hear of us at once. */
    boolean heard(Peer peer, Beat beat, long sentAt, long nowNanos) {
        Beat.Vote vote = beat.vote();
        note(peer, vote, sentAt);
        if (vote.leading() && mayFollow(peer, vote, nowNanos)) {
            return follow(peer, beat, sentAt, nowNanos);
        }
        if (votesWith(peer, vote) && vote.votedFor().equals(peer.place)) {
            promiseUntil = nowNanos + timing.lease();
        } else if (asks(peer, vote) && isFree(nowNanos)) {
            voteFor(peer.place, vote.round(), nowNanos);
            return true;
        }
        return false;
    }

    /**
     * A leader of no lower round than any that had a leader: whatever this node promised to others before is over, or
     * came to nothing and must run out first.
     */
    private boolean mayFollow(Peer peer, Beat.Vote vote, long nowNanos) {
        boolean unpromised = vote.round() > round || isCandidate() || isFree(nowNanos);
        return votesWith(peer, vote) || vote.round() >= ledRound && unpromised;
    }

    private void note(Peer peer, Beat.Vote vote, long sentAt) {
        highestRound = Math.max(highestRound, vote.round());
        peer.round = vote.round();
        peer.votedFor = vote.votedFor();
        peer.free = vote.free();
        peer.proposal = vote.proposal();
        if (votedFor.equals(self.place()) && votedForUs(peer)) {
            peer.confirmedAt = peer.confirmed && peer.confirmedAt - sentAt > 0 ? peer.confirmedAt : sentAt;
            peer.confirmed = true;
        }
    }

    private boolean votedForUs(Peer peer) {
        return peer.round == round && peer.votedFor.equals(self.place());
    }

    private boolean votesWith(Peer peer, Beat.Vote vote) {
        return vote.round() == round && votedFor.equals(peer.place);
    }

    private boolean asks(Peer peer, Beat.Vote vote) {
        return vote.round() > votedRound && vote.votedFor().equals(peer.place);
    }

    private void voteFor(String place, long newRound, long nowNanos) {
        round = newRound;
        votedRound = Math.max(votedRound, newRound);
        votedFor = place;
        highestRound = Math.max(highestRound, newRound);
        leading = false;
        promiseUntil = nowNanos + timing.lease();
    }

    private boolean follow(Peer leader, Beat beat, long sentAt, long nowNanos) {
        boolean news = !votesWith(leader, beat.vote());
        if (leading) {
            stepDown(nowNanos);
        }
        voteFor(leader.place, beat.vote().round(), nowNanos);
        ledRound = round;
        if (beat.proposal().isPresent() && isNewer(beat.proposal().get())) {
            proposal = beat.proposal();
            news = true;
        }
        if (beat.grantNanos() > 0 && beat.vote().proposal().isNoMoreThanOneAfter(acting)) {
            answeringUntil = later(answeringUntil, sentAt + beat.grantNanos());
        }
        return news;
    }

    private boolean isNewer(Proposal given) {
        return given.id().round() == round && given.id().compareTo(proposalId()) > 0;
    }

    // What time brings.

    /**
     * Stands, leads on. Returns true when everybody should hear of us at once.
     *
     * @param wanted members by place, as this node sees them
     */
    boolean proceed(SortedMap<String, Member> wanted, long nowNanos) {
        boolean news = false;
        if (!leading && isFree(nowNanos) && stands(nowNanos)) {
            stand(nowNanos);
            news = true;
        }
        if (isCandidate() && nowNanos - leadingUntil(nowNanos) < 0) {
            leading = true;
            ledRound = round;
            propose(new Proposal(new Proposal.Id(round, 1), wanted, Optional.empty()), nowNanos);
            news = true;
        }
        if (leading) {
            news |= lead(wanted, nowNanos);
        }
        return news;
    }

    private boolean stands(long nowNanos) {
        int willing = 1 + count(peer -> peer.alive && peer.free);
        if (self.majority() == 0 || willing < self.majority()) {
            enough = false;
            return false;
        }
        if (!enough) {
            // All see at about the same time that there are enough: who stands at once must not be everybody.
            int before = count(peer -> peer.alive && peer.place.compareTo(self.place()) < 0);
            enough = true;
            standsAt = nowNanos + before * timing.interval() / 2;
        }
        return nowNanos - standsAt >= 0;
    }

    private void stand(long nowNanos) {
        voteFor(self.place(), self.roundAbove(Math.max(round, highestRound)), nowNanos);
        candidateUntil = nowNanos + timing.lease();
        enough = false;
        peers.forEach(peer -> peer.confirmed = false);
    }

    private boolean lead(SortedMap<String, Member> wanted, long nowNanos) {
        if (mayHave(acting, nowNanos)) {
            answeringUntil = later(answeringUntil, leadingUntil(nowNanos));
        }
        Proposal current = proposal.orElseThrow();
        if (current.id().number() >= Proposal.Id.LAST_NUMBER) {
            stepDown(nowNanos);
            return true;
        }
        if (current.before().isPresent() && isSettled(nowNanos)) {
            propose(current.alone(), nowNanos);
            return true;
        }
        if (current.before().isEmpty() && isSettled(nowNanos) && !wanted.equals(current.members())) {
            propose(current.joint(wanted), nowNanos);
            return true;
        }
        return false;
    }

    private void propose(Proposal next, long nowNanos) {
        proposal = Optional.of(next);
        proposedAt = nowNanos;
    }

    /** Who still acts by the proposal before goes on for a while, so that quick changes cost nobody his lease. */
    private boolean mayHave(Proposal.Id acts, long nowNanos) {
        return acts.equals(proposalId())
                || proposalId().isNoMoreThanOneAfter(acts) && nowNanos - proposedAt < timing.lease();
    }

    /** Everybody acts by the current proposal or has no permission to act by an older one. */
    private boolean isSettled(long nowNanos) {
        boolean selfActs = acting.equals(proposalId()) || nowNanos - answeringUntil >= 0;
        return selfActs && count(peer -> !isActing(peer) && nowNanos - peer.grantEnd < 0) == 0;
    }

    private boolean isActing(Peer peer) {
        return votedForUs(peer) && peer.proposal.equals(proposalId());
    }

    /** It still stands by what it confirmed to itself, as those who follow it may act until then. */
    private void stepDown(long nowNanos) {
        promiseUntil = later(promiseUntil, leadingUntil(nowNanos));
        leading = false;
        votedFor = "";
    }

    /** Confirmed by a majority until then; every node itself counts as confirmed now. */
    private long leadingUntil(long nowNanos) {
        long[] ages = peers.stream()
                .filter(peer -> peer.confirmed)
                .mapToLong(peer -> nowNanos - peer.confirmedAt)
                .sorted()
                .toArray();
        int needed = self.majority() - 1;
        if (needed > ages.length) {
            return nowNanos;
        }
        long age = needed == 0 ? 0 : ages[needed - 1];
        return nowNanos - age + timing.leadership();
    }

    // What we say.

    Beat.Vote vote(long nowNanos) {
        return new Beat.Vote(round, votedFor, leading, isFree(nowNanos), leading ? proposalId() : acting);
    }

    /** The proposal, for a peer that does not act by it yet. */
    Optional<Proposal> proposalFor(Peer peer) {
        return leading && !isActing(peer) ? proposal : Optional.empty();
    }

    /** How long the peer may act by the proposal, from the sending of what we echo; remembered as given. */
    long grantTo(Peer peer, long nowNanos) {
        if (!leading || !peer.alive || !votedForUs(peer) || !mayHave(peer.proposal, nowNanos)) {
            return 0;
        }
        long until = leadingUntil(nowNanos);
        peer.grantEnd = later(peer.grantEnd, until);
        return Math.max(0, Timing.shorter(until - nowNanos));
    }

    // What came of it.

    /** This node acts by the proposal now, wholly. */
    void acts(Proposal.Id id) {
        if (id.compareTo(acting) > 0) {
            acting = id;
        }
    }

    boolean isFree(long nowNanos) {
        return !leading && !isCandidate() && nowNanos - promiseUntil >= 0;
    }

    private boolean isCandidate() {
        return !leading && votedFor.equals(self.place());
    }

    Proposal.Id proposalId() {
        return proposal.map(Proposal::id).orElse(Proposal.Id.NONE);
    }

    Optional<Proposal> proposal() {
        return proposal;
    }

    /** Answers in mode {@code QUORUM} may be given until then. */
    long answeringUntil() {
        return answeringUntil;
    }

    /** When something may have to be done, if it is in the future. */
    long deadline() {
        return enough ? standsAt : promiseUntil;
    }

    /** Place of the leader that this node follows, empty for none. */
    String leader() {
        return leading ? self.place() : isCandidate() ? "" : votedFor;
    }

    private int count(java.util.function.Predicate<Peer> test) {
        return (int) peers.stream().filter(test).count();
    }

    private static long later(long a, long b) {
        return a - b >= 0 ? a : b;
    }
}
