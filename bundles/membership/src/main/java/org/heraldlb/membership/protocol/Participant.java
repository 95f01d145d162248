package org.heraldlb.membership.protocol;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    private final SortedMap<String, Peer> peers = new TreeMap<>();
    private final SortedMap<String, String> suspects = new TreeMap<>();
    private final SortedMap<String, Oddity> oddities = new TreeMap<>();
    private final Wakefulness wakefulness;
    private final Leadership leadership;
    private Beat.Phase phase = Beat.Phase.JOINING;
    private NodeFacts facts = NodeFacts.NONE;
    private long factsVersion = 1;
    private long nextBeat;
    private boolean wasFree;
    private long seen;
    private long ended;
    private long endedAt;

    /** Why beats from a place do not count. */
    public enum Oddity {
        OTHER_CLUSTER,
        NOT_CONFIGURED,
        SAME_NAME
    }

    public Participant(Self self, Timing timing, Outbox out, long nowNanos) {
        this.self = self;
        this.timing = timing;
        this.out = out;
        for (String place : self.places()) {
            if (!place.equals(self.place())) {
                peers.put(place, new Peer(place, nowNanos));
            }
        }
        wakefulness = new Wakefulness(timing, nowNanos);
        leadership = new Leadership(self, timing, peers.values(), nowNanos);
        nextBeat = nowNanos;
        seen = nowNanos;
        endedAt = nowNanos;
    }

    // Inputs.

    /** Time has passed. Call it at {@link #deadline()} or any other time. */
    public void tick(long nowNanos) {
        awake(nowNanos);
        loseTheSilent(nowNanos);
        if (proceed(nowNanos) || nowNanos - nextBeat >= 0) {
            tellAll(nowNanos);
        }
    }

    /** A beat came in, from whomever. */
    public void heard(Beat beat, long nowNanos) {
        awake(nowNanos);
        Peer peer = peers.get(beat.sender().place());
        if (isOdd(beat, peer) || !isNewest(peer, beat)) {
            return;
        }
        peer.heard = beat.sender().mark();
        Optional<Long> sentAt = peer.sentAt(beat.echo(), self.incarnation());
        long recent = peer.alive ? timing.detection() : timing.detection() / 2;
        if (sentAt.isEmpty() || nowNanos - sentAt.get() >= recent) {
            if (!peer.alive) {
                tell(peer, nowNanos);
            }
            return;
        }
        boolean answer = fresh(peer, beat, sentAt.get());
        peers.values().stream()
                .filter(other -> other.alive && other != peer && beat.ended() == other.heard.incarnation())
                .forEach(other -> {
                    other.closed(nowNanos);
                    suspects.put(other.node, "closed");
                });
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
        Peer peer = peers.get(place);
        if (peer != null && peer.alive) {
            lose(peer, nowNanos);
        }
    }

    /** Other places from now on, this node's own still among them. */
    public void places(SortedSet<String> places, int majority, long nowNanos) {
        self = new Self(
                self.cluster(), self.place(), self.node(), self.incarnation(), places, majority, self.firstRound());
        leadership.self(self);
        peers.keySet().retainAll(places);
        for (String place : places) {
            if (!place.equals(self.place())) {
                peers.computeIfAbsent(place, added -> new Peer(added, nowNanos));
            }
        }
        tick(nowNanos);
    }

    /** Everybody hears of it at once: not everybody has a connection to everybody. */
    private void lose(Peer peer, long nowNanos) {
        peer.closed(nowNanos);
        suspects.put(peer.node, "closed");
        ended = peer.heard.incarnation();
        endedAt = nowNanos;
        proceed(nowNanos);
        tellAll(nowNanos);
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
            Optional.ofNullable(peers.get(leadership.leader())).ifPresent(leader -> tell(leader, nowNanos));
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
            for (Peer peer : peers.values()) {
                peer.lastFresh = nowNanos;
            }
            tellAll(nowNanos);
        }
        if (phase == Beat.Phase.JOINING && !wakefulness.isDrowsy()) {
            phase = Beat.Phase.ACTIVE;
        }
    }

    private boolean isOdd(Beat beat, Peer peer) {
        Oddity oddity = null;
        if (!beat.sender().cluster().equals(self.cluster())) {
            oddity = Oddity.OTHER_CLUSTER;
        } else if (peer == null) {
            oddity = Oddity.NOT_CONFIGURED;
        } else if (beat.sender().node().equals(self.node())) {
            oddity = Oddity.SAME_NAME;
        }
        if (oddity == null) {
            oddities.remove(beat.sender().place());
            return false;
        }
        if (oddities.size() < Self.MOST && !beat.sender().place().equals(self.place())) {
            oddities.put(beat.sender().place(), oddity);
        }
        return true;
    }

    /** A process that lives is not replaced by what claims to be another one. */
    private boolean isNewest(Peer peer, Beat beat) {
        Beat.Mark mark = beat.sender().mark();
        if (mark.incarnation() == peer.heard.incarnation()) {
            return mark.sequence() > peer.heard.sequence();
        }
        if (peer.alive) {
            return false;
        }
        peer.restarted();
        return true;
    }

    /** The beat proves that its sender was alive after {@code sentAt}. Returns true for what he should know at once. */
    private boolean fresh(Peer peer, Beat beat, long sentAt) {
        boolean first = !peer.alive;
        peer.node = beat.sender().node();
        peer.phase = beat.sender().phase();
        peer.fresh(first || sentAt - peer.lastFresh > 0 ? sentAt : peer.lastFresh);
        peer.ackedFacts = beat.facts().known();
        beat.facts().content().ifPresent(content -> {
            peer.facts = content;
            peer.factsVersion = beat.facts().version();
        });
        wakefulness.answered(sentAt);
        if (peer.phase == Beat.Phase.LEAVING) {
            suspects.put(peer.node, "left");
        } else {
            suspects.remove(peer.node);
        }
        return first;
    }

    private void loseTheSilent(long nowNanos) {
        for (Peer peer : peers.values()) {
            if (peer.alive && nowNanos - peer.lastFresh >= timing.detection()) {
                peer.alive = false;
                suspects.putIfAbsent(peer.node, "silent");
            }
        }
    }

    // Outputs.

    private void tellAll(long nowNanos) {
        nextBeat = nowNanos + timing.interval();
        peers.values().forEach(peer -> tell(peer, nowNanos));
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
                        nowNanos - endedAt < 2 * timing.interval() ? ended : 0));
    }

    /** When {@link #tick} has something to do at the latest. */
    public long deadline() {
        long first = nextBeat;
        for (Peer peer : peers.values()) {
            long gone = peer.lastFresh + timing.detection();
            first = peer.alive && gone - first < 0 ? gone : first;
        }
        long election = leadership.deadline();
        return election - seen > 0 && election - first < 0 ? election : first;
    }

    private SortedMap<String, Member> byPlace() {
        SortedMap<String, Member> found = new TreeMap<>();
        if (phase == Beat.Phase.ACTIVE) {
            found.put(self.place(), new Member(self.node(), facts));
        }
        peers.values().stream().filter(Peer::takesPart).forEach(peer -> found.put(peer.place, peer.member()));
        return found;
    }

    /** Everybody who takes part, by node name. */
    public SortedMap<String, Member> members() {
        return byNode(byPlace());
    }

    /** Members by place, by node name instead. */
    public static SortedMap<String, Member> byNode(Map<String, Member> members) {
        return members.values().stream()
                .sorted(Comparator.comparing(Member::node))
                .collect(Collectors.toMap(Member::node, member -> member, (one, other) -> one, TreeMap::new));
    }

    /** What was agreed upon last; it counts while {@link #quorumUntil} is in the future. */
    public Optional<Proposal> proposal() {
        return leadership.proposal();
    }

    /** Nodes that are not there any more: {@code closed}, {@code silent} or {@code left}. */
    public SortedMap<String, String> suspects() {
        return suspects;
    }

    /** Who speaks to this node and is not listened to, by place. */
    public SortedMap<String, Oddity> oddities() {
        return oddities;
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

    /** Places that answer, this one among them. */
    public int reachable() {
        return 1 + (int) peers.values().stream().filter(peer -> peer.alive).count();
    }
}
