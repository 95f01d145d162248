package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.bfd.packet.ControlPacket;
import org.heraldlb.bfd.packet.Discard;
import org.heraldlb.bfd.packet.EchoPacket;
import org.heraldlb.runtime.Ticker;

/** What comes in: the checks of RFC 5880 section 6.8.6, in its order, and the count of what they refuse. */
final class Reception {

    private static final int REQUIRED_TTL = 255;
    /** One less than we send: the neighbour has forwarded it. */
    private static final int LOOPED_TTL = 254;

    private static final int BUFFER = 256;
    /** So many packets are taken at most before the sessions get their turn: a flood must not silence us. */
    private static final int BATCH = 256;

    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final ControlPacket packet = new ControlPacket();
    private final UdpArrival arrival = new UdpArrival();
    private final long[] discards = new long[Discard.count()];
    private final SessionTable table;
    private final Agenda agenda;
    private final Ticker ticker;

    Reception(SessionTable table, Agenda agenda, Ticker ticker) {
        this.table = table;
        this.agenda = agenda;
        this.ticker = ticker;
    }

    /**
     * Takes what a socket holds, up to a batch.
     *
     * @return true when nothing is left
     * @throws IOException when the socket is broken for good
     */
    boolean read(Listener listener) throws IOException {
        UdpSocket socket = listener.socket();
        for (int i = 0; i < BATCH; i++) {
            if (!socket.receive(in, arrival)) {
                return true;
            }
            Discard refused = listener.ear() == Ear.ECHO
                    ? judgeEcho(ticker.nanos())
                    : judge(listener, listener.ear() == Ear.MULTIHOP, ticker.nanos());
            if (refused != null) {
                discards[refused.ordinal()]++;
            }
        }
        return false;
    }

    private Discard judge(Listener listener, boolean multihop, long nowNanos) {
        if (!multihop && arrival.hopLimit != REQUIRED_TTL) {
            return Discard.TTL;
        }
        Discard malformed = packet.on(in).malformed();
        if (malformed != null) {
            return malformed;
        }
        LiveSession session = packet.yourDiscriminator() != 0
                ? table.byDiscriminator(packet.yourDiscriminator())
                : table.bySource(arrival, listener.spec(), multihop);
        return session == null ? stranger(listener.spec(), !multihop) : take(session, listener, nowNanos);
    }

    /** Nobody is waiting for this packet; perhaps somebody is for one of the other kind. */
    private Discard stranger(UdpSpec spec, boolean otherMultihop) {
        LiveSession other = table.bySource(arrival, spec, otherMultihop);
        if (other == null) {
            return Discard.NO_SESSION;
        }
        other.otherHopMode = true;
        return Discard.HOP_MODE;
    }

    /** What we sent to ourselves: echoes of a session, and the control packets of an unaffiliated one. */
    private Discard judgeEcho(long nowNanos) {
        if (arrival.hopLimit < LOOPED_TTL) {
            return Discard.TTL;
        }
        if (EchoPacket.isOne(in)) {
            return takeEcho(table.byDiscriminator(EchoPacket.discriminator(in)), nowNanos);
        }
        Discard malformed = packet.on(in).malformed();
        if (malformed != null) {
            return malformed;
        }
        LiveSession session = table.byDiscriminator(packet.myDiscriminator());
        boolean ours = session != null && session.key.unaffiliated() && session.scope == arrival.linkIndex;
        return ours ? take(session, nowNanos) : Discard.NO_SESSION;
    }

    private Discard takeEcho(LiveSession session, long nowNanos) {
        if (session == null || !session.machine.echoReturned(in, nowNanos)) {
            return Discard.ECHO;
        }
        session.roundTrips.add(nowNanos - EchoPacket.sentNanos(in));
        agenda.arm(session, nowNanos);
        return null;
    }

    private Discard take(LiveSession session, Listener listener, long nowNanos) {
        boolean multihop = listener.ear() == Ear.MULTIHOP;
        boolean path = session.key.multihop() == multihop
                && session.key.vrf().equals(listener.spec().device())
                && !session.key.unaffiliated()
                && SessionTable.matches(session, arrival);
        if (!path) {
            return Discard.NO_SESSION;
        }
        if (multihop && arrival.hopLimit < session.machine.agreed().minimumTtl()) {
            return Discard.TTL;
        }
        Discard refused = take(session, nowNanos);
        if (refused == null) {
            session.otherHopMode = false;
            session.onPath(arrival);
        }
        return refused;
    }

    private Discard take(LiveSession session, long nowNanos) {
        if (!session.keyring.accept(packet)) {
            return Discard.AUTHENTICATION;
        }
        session.onReceived(nowNanos);
        Discard refused = session.machine.receive(packet, nowNanos);
        agenda.arm(session, nowNanos);
        return refused;
    }

    /** How many were refused, by reason; reasons that never occurred are left out. */
    Map<Discard, Long> discards() {
        Map<Discard, Long> counted = new EnumMap<>(Discard.class);
        for (Discard reason : Discard.values()) {
            if (discards[reason.ordinal()] > 0) {
                counted.put(reason, discards[reason.ordinal()]);
            }
        }
        return counted;
    }
}
