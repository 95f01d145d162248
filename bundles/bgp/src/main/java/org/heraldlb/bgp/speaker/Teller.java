package org.heraldlb.bgp.speaker;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.bgp.fsm.Negotiated;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.rib.AdjRibOut;

/** Tells one established session its routes, as fast as the socket takes them. On the loop only. */
final class Teller {

    /** Whose session it is. */
    interface Listener {
        /** Something was written. */
        void wrote();

        /** The socket is full; {@link #goOn} is expected when it is not any more. */
        void blocked();
    }

    private static final int MAX_CHUNKS_A_TURN = 64;

    private final PeerConfig config;
    private final Surroundings around;
    private final Link link;
    private final Negotiated agreed;
    private final Trace trace;
    private final Listener listener;
    private final AdjRibOut out;
    private boolean ended;

    /** @param draining RFC 8326: with the community */
    Teller(
            PeerConfig config,
            Surroundings around,
            Link link,
            Negotiated agreed,
            boolean draining,
            List<Route> routes,
            Trace trace,
            Listener listener) {
        this.config = config;
        this.around = around;
        this.link = link;
        this.agreed = agreed;
        this.trace = trace;
        this.listener = listener;
        out = new AdjRibOut(
                around.batches(),
                Policies.of(config, agreed, link.local().getAddress(), around, draining),
                routes,
                agreed.enhancedRefresh());
    }

    /** What the peer is to know from now on. */
    void routes(List<Route> wanted) {
        out.target(wanted);
        goOn();
    }

    /** RFC 8326: everything is told again with the community, or without it. */
    void drain(boolean wanted) {
        out.policy(Policies.of(config, agreed, link.local().getAddress(), around, wanted));
        goOn();
    }

    /** Families once more. */
    void again(Set<Family> families) {
        families.forEach(out::again);
        goOn();
    }

    /** Writes while the socket takes it. */
    void goOn() {
        if (ended) {
            return;
        }
        Wire wire = link.wire();
        boolean wrote = false;
        for (int i = 0; i < MAX_CHUNKS_A_TURN && wire.isWritable(); i++) {
            ByteBuffer chunk = out.next();
            if (chunk == null) {
                break;
            }
            trace.sent(chunk, link.context());
            wire.write(chunk);
            wrote = true;
        }
        if (wrote) {
            wire.flush();
            listener.wrote();
        }
        if (!wire.isWritable()) {
            listener.blocked();
        } else if (!out.isComplete()) {
            around.transport().loop().execute(this::goOn);
        }
    }

    /** The session is over. */
    void end() {
        ended = true;
    }

    /** How many routes the peer knows. */
    long tableSize() {
        return out.tableSize();
    }

    /** UPDATEs and brackets so far. */
    long messages() {
        return out.messages();
    }

    /** What the peer knows, and what it is meant to. */
    AnnouncementStates.PeerTables tables(List<Route> wanted) {
        return new AnnouncementStates.PeerTables(config.name(), wanted, out.told(), out.isComplete(), out.policy());
    }
}
