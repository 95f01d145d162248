package org.heraldlb.bfd.sessions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/**
 * Sessions by slot, by our discriminator and by peer. Finding one for a packet that carries our discriminator allocates
 * nothing; that is every packet once a session is up.
 */
final class SessionTable {

    private static final int EMPTY = 0;

    private final Map<BfdSessionKey, LiveSession> byKey = new HashMap<>();
    private final List<LiveSession> bySlot = new ArrayList<>();
    private int[] discriminators = new int[64];
    private LiveSession[] byDiscriminator = new LiveSession[64];

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
        int length = Math.max(64, Integer.highestOneBit(byKey.size()) * 4);
        discriminators = new int[length];
        byDiscriminator = new LiveSession[length];
        Arrays.fill(discriminators, EMPTY);
        for (LiveSession session : byKey.values()) {
            int at = place(session.machine.localDiscriminator());
            discriminators[at] = session.machine.localDiscriminator();
            byDiscriminator[at] = session;
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

    /** The session whose own discriminator this is, null when there is none. */
    LiveSession byDiscriminator(int discriminator) {
        return discriminator == EMPTY ? null : byDiscriminator[place(discriminator)];
    }

    /** RFC 5880 section 6.8.6 with RFC 5881 section 3: who a packet is for that does not know us yet. */
    LiveSession bySource(UdpArrival arrival, IpFamily family, boolean multihop) {
        IpAddress source = new IpAddress(family, arrival.sourceHigh, arrival.sourceLow);
        IpAddress destination = new IpAddress(family, arrival.destinationHigh, arrival.destinationLow);
        for (LiveSession session : byKey.values()) {
            boolean same =
                    session.key.multihop() == multihop && session.key.peer().equals(source);
            boolean link = session.scope == 0 || session.scope == arrival.linkIndex;
            if (same && link && session.key.local().map(destination::equals).orElse(true)) {
                return session;
            }
        }
        return null;
    }
}
