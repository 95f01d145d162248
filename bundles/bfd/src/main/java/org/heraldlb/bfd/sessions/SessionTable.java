package org.heraldlb.bfd.sessions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.net.IpAddress;

/**
 * Sessions by slot, by our discriminator and by peer. Finding one for a packet allocates nothing and does not depend on
 * how many there are.
 */
final class SessionTable {

    private static final int EMPTY = 0;
    private static final int LEAST = 64;

    private final Map<BfdSessionKey, LiveSession> byKey = new HashMap<>();
    private final List<LiveSession> bySlot = new ArrayList<>();
    private int[] discriminators = new int[LEAST];
    private LiveSession[] byDiscriminator = new LiveSession[LEAST];
    private LiveSession[] byPeer = new LiveSession[LEAST];

    LiveSession get(BfdSessionKey key) {
        return byKey.get(key);
    }

    LiveSession at(int slot) {
        return bySlot.get(slot);
    }

    Collection<LiveSession> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** A slot for the next session. */
    int freeSlot() {
        int free = bySlot.indexOf(null);
        return free >= 0 ? free : bySlot.size();
    }

    void add(LiveSession session) {
        byKey.put(session.key, session);
        if (session.slot == bySlot.size()) {
            bySlot.add(session);
        } else {
            bySlot.set(session.slot, session);
        }
        rehash();
    }

    void remove(LiveSession session) {
        byKey.remove(session.key);
        bySlot.set(session.slot, null);
        rehash();
    }

    /** Sessions come and go rarely; packets come all the time. So the hash is built anew, without deletions to mark. */
    private void rehash() {
        int length = Math.max(LEAST, Integer.highestOneBit(byKey.size()) * 4);
        discriminators = new int[length];
        byDiscriminator = new LiveSession[length];
        byPeer = new LiveSession[length];
        for (LiveSession session : byKey.values()) {
            int at = place(session.machine.localDiscriminator());
            discriminators[at] = session.machine.localDiscriminator();
            byDiscriminator[at] = session;
            int bucket = bucket(session.key.peer().high(), session.key.peer().low());
            session.neighbour = byPeer[bucket];
            byPeer[bucket] = session;
        }
    }

    private int place(int discriminator) {
        int mask = discriminators.length - 1;
        int at = discriminator * 0x9e3779b9 >>> 7 & mask;
        while (discriminators[at] != EMPTY && discriminators[at] != discriminator) {
            at = at + 1 & mask;
        }
        return at;
    }

    private int bucket(long high, long low) {
        return (int) ((high * 31 + low) * 0x9e3779b97f4a7c15L >>> 32) & byPeer.length - 1;
    }

    /** The session whose own discriminator this is, null when there is none. */
    LiveSession byDiscriminator(int discriminator) {
        return discriminator == EMPTY ? null : byDiscriminator[place(discriminator)];
    }

    /**
     * RFC 5880 section 6.8.6 with RFC 5881 section 3: who a packet is for that does not know us yet. Of several sessions
     * with one peer, the one that says most about the path wins.
     */
    LiveSession bySource(UdpArrival arrival, UdpSpec listener, boolean multihop) {
        LiveSession best = null;
        LiveSession each = byPeer[bucket(arrival.sourceHigh, arrival.sourceLow)];
        for (; each != null; each = each.neighbour) {
            boolean fits = each.key.multihop() == multihop
                    && !each.key.unaffiliated()
                    && each.key.vrf().equals(listener.device())
                    && each.key.peer().family() == listener.family()
                    && matches(each, arrival)
                    && isTo(each, arrival);
            if (fits && (best == null || precision(each.key) > precision(best.key))) {
                best = each;
            }
        }
        return best;
    }

    /** True when a packet comes from the session's peer, over its interface. */
    static boolean matches(LiveSession session, UdpArrival arrival) {
        IpAddress peer = session.key.peer();
        boolean link = session.key.linkInterface().isEmpty() || session.scope == arrival.linkIndex;
        return link && arrival.sourceHigh == peer.high() && arrival.sourceLow == peer.low();
    }

    private static boolean isTo(LiveSession session, UdpArrival arrival) {
        if (session.key.local().isEmpty()) {
            return true;
        }
        IpAddress local = session.key.local().get();
        return arrival.destinationHigh == local.high() && arrival.destinationLow == local.low();
    }

    private static int precision(BfdSessionKey key) {
        return (key.linkInterface().isPresent() ? 2 : 0) + (key.local().isPresent() ? 1 : 0);
    }
}
