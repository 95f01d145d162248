package org.heraldlb.membership.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.NodeFacts;

/**
 * One node's part in the cluster. One thread at a time; time is the node's own monotonic clock in nanoseconds and never
 * goes back.
 */
public final class Participant {

    private Self self;
    private final Timing timing;
    private final Outbox out;
    private final Liveness liveness;
    private final Admission admission = new Admission();
    private final Wakefulness wakefulness;
    private final Leadership leadership;
    private Beat.Phase phase = Beat.Phase.JOINING;
    private NodeFacts facts = NodeFacts.NONE;
    private long factsVersion = 1;
    private long nextBeat;
    private boolean wasFree;
    private long seen;

    public Participant(Self self, Timing timing, Outbox out, long nowNanos) {
        this.self = self;
        this.timing = timing;
        this.out = out;
        liveness = new Liveness(self, timing, nowNanos);
        wakefulness = new Wakefulness(timing, nowNanos);
        leadership = new Leadership(self, timing, liveness.peers(), nowNanos);
        nextBeat = nowNanos;
        seen = nowNanos;
    }

    // Inputs.

    /** Time has passed. Call it at {@link #deadline()} or any other time. */
    public void tick(long nowNanos) {
        awake(nowNanos);
        liveness.tick(out, nowNanos);
        if (proceed(nowNanos) || nowNanos - nextBeat >= 0) {
            tellAll(nowNanos);
        }
    }

    /** A beat came in, from whomever. */
    public void heard(Beat beat, long nowNanos) {
        awake(nowNanos);
        Peer peer = liveness.peer(beat.sender().place());
        if (!admission.admits(beat, self, peer != null) || !liveness.isNewest(peer, beat)) {
            return;
        }
        peer.heard = beat.sender().mark();
        peer.heardAt(nowNanos, timing.late());
        Optional<Long> sentAt = peer.sentAt(beat.echo(), self.incarnation());
        if (sentAt.isEmpty() || liveness.isStale(peer, sentAt.get(), nowNanos)) {
            if (!peer.alive) {
                tell(peer, nowNanos);
            }
            return;
        }
        boolean answer = liveness.fresh(peer, beat, sentAt.get());
        wakefulness.answered(sentAt.get());
        liveness.hearsay(peer, beat, nowNanos);
        answer |= leadership.heard(peer, beat, sentAt.get(), nowNanos);
        if (proceed(nowNanos)) {
            tellAll(nowNanos);
        } else if (answer) {
            tell(peer, nowNanos);
        }
    }

    /** The system has closed a connection of this place: its process has ended, unless it proves that it lives. */
    public void closed(String place, long nowNanos) {
        awake(nowNanos);
        if (liveness.closed(place, nowNanos)) {
            proceed(nowNanos);
            // Everybody hears of it at once: not everybody has a connection to everybody.
            tellAll(nowNanos);
        }
    }

    /** The host of this place answers what {@link Outbox#ask} asked: whatever its process does, it is not cut off. */
    public void reachable(String place, long nowNanos) {
        liveness.reachable(place, nowNanos);
    }

    /**
     * The host of this place did not answer. Unless its process has spoken meanwhile, both are gone or cut off: no load
     * keeps a kernel from answering. What others hear of it is their own affair.
     */
    public void unreachable(String place, long question, long nowNanos) {
        awake(nowNanos);
        if (liveness.unreachable(place, question, nowNanos) && proceed(nowNanos)) {
            tellAll(nowNanos);
        }
    }

    /** Other places from now on, this node's own still among them. */
    public void places(SortedSet<String> places, int majority, long nowNanos) {
        self = new Self(
                self.cluster(), self.place(), self.node(), self.incarnation(), places, majority, self.firstRound());
        leadership.self(self);
        liveness.places(self, nowNanos);
        tick(nowNanos);
    }

    /** What this node tells from now on. */
    public void facts(NodeFacts next, long nowNanos) {
        if (!next.equals(facts)) {
            facts = next;
            factsVersion++;
            tellAll(nowNanos);
            tick(nowNanos);
        }
    }

    /** Says goodbye: everybody else may take over at once. Nothing but {@link #tick} is expected afterwards. */
    public void leave(long nowNanos) {
        phase = Beat.Phase.LEAVING;
        tellAll(nowNanos);
        tick(nowNanos);
    }

    /** Whatever answers on this node does so by this epoch by now. */
    public void acts(long epoch, long nowNanos) {
        leadership.acts(new Proposal.Id(epoch >>> 16, (int) (epoch & Proposal.Id.LAST_NUMBER)));
        if (proceed(nowNanos)) {
            tellAll(nowNanos);
        } else {
            Optional.ofNullable(liveness.peer(leadership.leader())).ifPresent(leader -> tell(leader, nowNanos));
        }
    }

    private boolean proceed(long nowNanos) {
        leadership.expire(nowNanos);
        boolean news = leadership.proceed(byPlace(), nowNanos);
        boolean free = leadership.isFree(nowNanos);
        boolean freed = free && !wasFree;
        wasFree = free;
        return news || freed;
    }

    /** After a sleep nobody is given up before he had the time to answer. */
    private void awake(long nowNanos) {
        seen = nowNanos;
        leadership.expire(nowNanos);
        if (wakefulness.tick(nowNanos)) {
            liveness.woke(nowNanos);
            tellAll(nowNanos);
        }
        if (phase == Beat.Phase.JOINING && !wakefulness.isDrowsy()) {
            phase = Beat.Phase.ACTIVE;
        }
    }

    // Outputs.

    private void tellAll(long nowNanos) {
        nextBeat = nowNanos + timing.interval();
        liveness.peers().forEach(peer -> tell(peer, nowNanos));
    }

    private void tell(Peer peer, long nowNanos) {
        Beat.Mark mark = new Beat.Mark(self.incarnation(), peer.nextSequence(nowNanos));
        out.send(
                peer.place,
                new Beat(
                        new Beat.Sender(self.cluster(), self.place(), self.node(), mark, phase),
                        peer.heard,
                        new Beat.Facts(
                                factsVersion,
                                peer.factsVersion,
                                peer.ackedFacts == factsVersion ? Optional.empty() : Optional.of(facts)),
                        leadership.vote(nowNanos),
                        leadership.proposalFor(peer),
                        leadership.grantTo(peer, nowNanos),
                        liveness.ended(nowNanos)));
    }

    /** When {@link #tick} has something to do at the latest. */
    public long deadline() {
        long first = liveness.deadline(nextBeat);
        long election = leadership.deadline();
        return election - seen > 0 && election - first < 0 ? election : first;
    }

    private SortedMap<String, Member> byPlace() {
        SortedMap<String, Member> found = new TreeMap<>();
        if (phase == Beat.Phase.ACTIVE) {
            found.put(self.place(), new Member(self.node(), facts));
        }
        liveness.peers().stream().filter(Peer::takesPart).forEach(peer -> found.put(peer.place, peer.member()));
        return found;
    }

    /** Everybody who takes part, by node name. */
    public SortedMap<String, Member> members() {
        return byNode(byPlace());
    }

    /** Members by place, by node name instead. */
    public static SortedMap<String, Member> byNode(SortedMap<String, Member> members) {
        SortedMap<String, Member> found = new TreeMap<>();
        for (Member member : members.values()) {
            found.putIfAbsent(member.node(), member);
        }
        return found;
    }

    /** What was agreed upon last; it counts while {@link #quorumUntil} is in the future. */
    public Optional<Proposal> proposal() {
        return leadership.proposal();
    }

    /** Nodes that are not there any more: {@code closed}, {@code unreachable}, {@code silent} or {@code left}. */
    public SortedMap<String, String> suspects() {
        return liveness.suspects();
    }

    /** How long those that were lost had proved no life by then; after a sleep of this node, since it woke. */
    public SortedMap<String, Duration> silence() {
        return liveness.silence();
    }

    /** Who speaks to this node and is not listened to, by place. */
    public SortedMap<String, Admission.Oddity> oddities() {
        return admission.oddities();
    }

    /** Answers in mode {@code QUORUM} may be given until then. */
    public long quorumUntil() {
        return leadership.answeringUntil();
    }

    /** Answers in mode {@code AVAILABLE} may be given until then. */
    public long availableUntil() {
        return wakefulness.answeringUntil();
    }

    /** Place of the leader, empty for none. */
    public String leader() {
        return leadership.leader();
    }

    /** Other places that answer. */
    public List<String> alive() {
        return liveness.peers().stream()
                .filter(peer -> peer.alive)
                .map(peer -> peer.place)
                .toList();
    }

    /** Places that answer, this one among them. */
    public int reachable() {
        return 1 + (int) liveness.peers().stream().filter(peer -> peer.alive).count();
    }
}
