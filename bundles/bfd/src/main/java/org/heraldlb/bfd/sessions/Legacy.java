package org.heraldlb.bfd.sessions;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSockets;
import org.heraldlb.api.host.UdpWill;
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
    record Estate(UdpSocket socket, int discriminator, Remote remote, int sequence) {}

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
                && !session.key.unaffiliated();
        if (!possible) {
            return false;
        }
        machine.beSlow(PATIENT_INTERVAL_MICROS, PATIENT_MULTIPLIER, nowNanos);
        for (int copy = 0; copy < COPIES; copy++) {
            transmitter.send(machine, ControlPacket.POLL);
        }
        ByteBuffer farewell = farewell(session);
        UdpWill will = new UdpWill(
                name(session.key),
                session.socket,
                state(session),
                farewell,
                session.key.peer(),
                session.scope,
                Ports.destination(session.key));
        return host.leave(will, HELD_NANOS);
    }

    private static ByteBuffer state(LiveSession session) {
        ByteBuffer state = ByteBuffer.allocate(LENGTH).putInt(session.machine.localDiscriminator());
        session.machine.remote().write(state);
        return state.putInt(session.keyring.lastSequence()).flip();
    }

    /** Signed with a number of its own, which a successor counts on from. */
    private static ByteBuffer farewell(LiveSession session) {
        int length = ControlPacket.LENGTH + session.keyring.length();
        int flags = length > ControlPacket.LENGTH ? ControlPacket.AUTHENTICATION : 0;
        ByteBuffer out = ByteBuffer.allocateDirect(length);
        session.machine.write(out, flags, length);
        ControlPacket.putHead(
                out.duplicate().rewind(),
                BfdState.ADMIN_DOWN,
                Diagnostic.ADMINISTRATIVELY_DOWN,
                flags,
                PATIENT_MULTIPLIER,
                length);
        session.keyring.sign(out);
        return out.flip();
    }

    /** What a predecessor left of a session, if anything; the socket is the caller's. */
    Optional<Estate> inherit(BfdSessionKey key) {
        return host.inherit(name(key)).map(left -> estate(left.socket(), left.state()));
    }

    private static Estate estate(UdpSocket socket, ByteBuffer state) {
        int discriminator = state.getInt();
        Remote remote = Remote.read(state);
        return new Estate(socket, discriminator, remote, state.getInt());
    }
}
