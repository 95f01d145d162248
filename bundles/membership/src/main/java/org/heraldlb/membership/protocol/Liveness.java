package org.heraldlb.membership.protocol;

import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Which of the other places are alive, and what became of those that are not. */
final class Liveness {

    private final Timing timing;
    private final SortedMap<String, Peer> peers = new TreeMap<>();
    private final SortedMap<String, String> suspects = new TreeMap<>();
    private final SortedMap<String, Duration> silence = new TreeMap<>();
    private long ended;
    private long endedAt;

    Liveness(Self self, Timing timing, long nowNanos) {
        this.timing = timing;
        endedAt = nowNanos;
        places(self, nowNanos);
    }

    /** Exactly the places of {@code self} from now on, but for its own. */
    void places(Self self, long nowNanos) {
        SortedSet<String> places = self.places();
        peers.keySet().retainAll(places);
        for (String place : places) {
            if (!place.equals(self.place())) {
                peers.computeIfAbsent(place, added -> new Peer(added, nowNanos));
            }
        }
    }

    /** A view of them that follows every change. */
    Collection<Peer> peers() {
        return peers.values();
    }

    /** Null for a place that is not configured. */
    Peer peer(String place) {
        return peers.get(place);
    }

    /** A process that lives is not replaced by what claims to be another one. */
    boolean isNewest(Peer peer, Beat beat) {
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

    /** An answer to what was sent so long ago proves nothing any more. */
    boolean isStale(Peer peer, long sentAt, long nowNanos) {
        long recent = peer.alive ? timing.detection() : timing.detection() / 2;
        return nowNanos - sentAt >= recent;
    }

    /** The beat proves that its sender was alive after {@code sentAt}. Returns true for what he should know at once. */
    boolean fresh(Peer peer, Beat beat, long sentAt) {
        boolean first = !peer.alive;
        peer.node = beat.sender().node();
        peer.phase = beat.sender().phase();
        peer.fresh(first || sentAt - peer.lastFresh > 0 ? sentAt : peer.lastFresh);
        peer.ackedFacts = beat.facts().known();
        beat.facts().content().ifPresent(content -> {
            peer.facts = content;
            peer.factsVersion = beat.facts().version();
        });
        silence.remove(peer.node);
        if (peer.phase == Beat.Phase.LEAVING) {
            suspects.put(peer.node, "left");
        } else {
            suspects.remove(peer.node);
        }
        return first;
    }

    /** The sender of a beat says whose connection was closed. */
    void hearsay(Peer from, Beat beat, long nowNanos) {
        for (Peer other : peers.values()) {
            if (other.alive && other != from && beat.ended() == other.heard.incarnation()) {
                other.closed(nowNanos);
                lost(other, "closed", nowNanos);
            }
        }
    }

    /** The system has closed a connection of this place. False: it is no news. */
    boolean closed(String place, long nowNanos) {
        Peer peer = peers.get(place);
        if (peer == null || !peer.alive) {
            return false;
        }
        peer.closed(nowNanos);
        lost(peer, "closed", nowNanos);
        ended = peer.heard.incarnation();
        endedAt = nowNanos;
        return true;
    }

    /** Who has said goodbye is not lost when it falls silent. */
    private void lost(Peer peer, String reason, long nowNanos) {
        if (suspects.putIfAbsent(peer.node, reason) == null) {
            silence.put(peer.node, Duration.ofNanos(nowNanos - peer.lastFresh));
        }
    }

    /** Incarnation of a process whose connection was closed lately, 0 for none. */
    long ended(long nowNanos) {
        return nowNanos - endedAt < 2 * timing.interval() ? ended : 0;
    }

    void reachable(String place, long nowNanos) {
        Peer peer = peers.get(place);
        if (peer != null) {
            peer.nextQuestion = nowNanos + timing.interval();
        }
    }

    /** Returns true when the place is lost by this. */
    boolean unreachable(String place, long question, long nowNanos) {
        Peer peer = peers.get(place);
        if (peer == null || !peer.alive || !peer.isQuietSince(question)) {
            reachable(place, nowNanos);
            return false;
        }
        peer.closed(nowNanos);
        lost(peer, "unreachable", nowNanos);
        return true;
    }

    /** Gives up who was silent for too long, and asks the hosts of those who are late. */
    void tick(Outbox out, long nowNanos) {
        for (Peer peer : peers.values()) {
            if (peer.alive && nowNanos - peer.lastFresh >= timing.detection()) {
                peer.alive = false;
                lost(peer, "silent", nowNanos);
            } else if (peer.alive && nowNanos - peer.nextQuestion >= 0) {
                out.ask(peer.place, peer.asked(nowNanos + timing.detection()));
            }
        }
    }

    /** After a sleep nobody is given up before he had the time to answer. */
    void woke(long nowNanos) {
        for (Peer peer : peers.values()) {
            peer.lastFresh = nowNanos;
            peer.heardAt(nowNanos, timing.late());
        }
    }

    /** The earliest of {@code otherwise} and of when {@link #tick} has something to do. */
    long deadline(long otherwise) {
        long first = otherwise;
        for (Peer peer : peers.values()) {
            long gone = peer.lastFresh + timing.detection();
            long next = gone - peer.nextQuestion < 0 ? gone : peer.nextQuestion;
            first = peer.alive && next - first < 0 ? next : first;
        }
        return first;
    }

    SortedMap<String, String> suspects() {
        return suspects;
    }

    SortedMap<String, Duration> silence() {
        return silence;
    }
}
