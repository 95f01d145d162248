package org.heraldlb.bgp.speaker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.bgp.PeerPlan;

/** BFD of all peers that want it. On the loop only. */
final class BfdWatches {

    private final BfdPort port;
    private final Surroundings around;
    private final Map<String, BfdWatch> watches = new HashMap<>();

    BfdWatches(BfdPort port, Surroundings around) {
        this.port = port;
        this.around = around;
    }

    /** BFD as the plan wants it for this session. */
    void watch(PeerPlan peer, PeerSession session) {
        if (peer.bfd().isEmpty()) {
            unwatch(peer.name());
            session.release();
            return;
        }
        BfdWatch present = watches.get(peer.name());
        BfdWatch.Wish wish = BfdWatch.Wish.of(peer, peer.bfd().get(), session.config());
        if (present == null || !present.matches(wish)) {
            // The new one first: a BFD session that both ask for goes on, and is renegotiated.
            watches.put(peer.name(), new BfdWatch(session, wish, present, port, around));
            if (present != null) {
                present.close();
            }
        }
    }

    /** No BFD for this peer any more. */
    void unwatch(String peer) {
        BfdWatch watch = watches.remove(peer);
        if (watch != null) {
            watch.close();
        }
    }

    /** Empty: not wanted. */
    Optional<BfdState> state(String peer) {
        return Optional.ofNullable(watches.get(peer)).map(BfdWatch::state);
    }

    void close() {
        watches.values().forEach(BfdWatch::close);
        watches.clear();
    }
}
