package org.heraldlb.bfd.sessions;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSockets;
import org.heraldlb.api.host.UdpWill;
import org.heraldlb.bfd.auth.Authenticator;
import org.heraldlb.bfd.fsm.BfdSession;
import org.heraldlb.bfd.fsm.Diagnostic;
import org.heraldlb.bfd.fsm.Remote;
import org.heraldlb.bfd.packet.ControlPacket;

/**
 * Hands sessions that are Up from one bundle to the one that takes its place. AdminDown would be the RFC's word for it, but
 * routers in the field take BGP down at it (FRR before 10.7, BIRD 2.0). So the peer is asked for patience instead, and the
 * successor goes on with the same discriminators and source port; if there is none in time, AdminDown follows.
 */
final class Legacy {

    /** What the peer is told to wait, and how long a successor has: half of it, so that AdminDown is still heard. */
    private static final int PATIENT_INTERVAL_MICROS = 500_000;

    private static final int PATIENT_MULTIPLIER = 20;
    private static final long HELD_NANOS = 5_000_000_000L;

    private static final int LENGTH = 40;
    private static final int COPIES = 3;

    private final UdpSockets host;

    Legacy(UdpSockets host) {
        this.host = host;
    }

    /** What a predecessor left. */
    record Estate(UdpSocket socket, int discriminator, Remote remote) {}

    private static String name(BfdSessionKey key) {
        return "bfd " + key;
    }

    /**
     * Leaves a session to whoever comes.
     *
     * @return false when that cannot be: the session has to end then
     */
    boolean leave(LiveSession session, Transmitter transmitter, long nowNanos) {
        BfdSession machine = session.machine;
        boolean possible = machine.state() == BfdState.UP
                && !session.leaving()
                && session.socket != null
                && !session.key.unaffiliated()
                // The numbers that authentication counts are not handed on.
                && session.authenticator == Authenticator.NONE;
        if (!possible) {
            return false;
        }
        machine.beSlow(PATIENT_INTERVAL_MICROS, PATIENT_MULTIPLIER, nowNanos);
        for (int copy = 0; copy < COPIES; copy++) {
            transmitter.send(machine, ControlPacket.POLL);
        }
        UdpWill will = new UdpWill(
                name(session.key),
                session.socket,
                state(machine),
                farewell(machine),
                session.key.peer(),
                session.scope,
                Ports.destination(session.key));
        return host.leave(will, HELD_NANOS);
    }

    private static ByteBuffer state(BfdSession machine) {
        ByteBuffer state = ByteBuffer.allocate(LENGTH).putInt(machine.localDiscriminator());
        machine.remote().write(state);
        return state.flip();
    }

    private static ByteBuffer farewell(BfdSession machine) {
        ByteBuffer out = ByteBuffer.allocateDirect(ControlPacket.LENGTH);
        machine.write(out, 0, ControlPacket.LENGTH);
        out.flip();
        ControlPacket.putHead(
                out.duplicate(),
                BfdState.ADMIN_DOWN,
                Diagnostic.ADMINISTRATIVELY_DOWN,
                0,
                PATIENT_MULTIPLIER,
                ControlPacket.LENGTH);
        return out;
    }

    /** What a predecessor left of a session, if anything; the socket is the caller's. */
    Optional<Estate> inherit(BfdSessionKey key, boolean authenticated) {
        Optional<UdpWill> will = host.inherit(name(key));
        if (will.isPresent() && authenticated) {
            will.get().socket().close();
            return Optional.empty();
        }
        return will.map(left -> new Estate(left.socket(), left.state().getInt(), Remote.read(left.state())));
    }
}
