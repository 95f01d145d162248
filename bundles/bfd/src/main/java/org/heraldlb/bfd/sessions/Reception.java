package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.bfd.packet.ControlPacket;
import org.heraldlb.bfd.packet.Discard;
import org.heraldlb.runtime.Ticker;

/** What comes in: the checks of RFC 5880 section 6.8.6, in its order, and the count of what they refuse. */
final class Reception {

    private static final int REQUIRED_TTL = 255;
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
    boolean read(UdpSocket socket, boolean multihop) throws IOException {
        for (int i = 0; i < BATCH; i++) {
            if (!socket.receive(in, arrival)) {
                return true;
            }
            Discard refused = judge(socket, multihop, ticker.nanos());
            if (refused != null) {
                discards[refused.ordinal()]++;
            }
        }
        return false;
    }

    private Discard judge(UdpSocket socket, boolean multihop, long nowNanos) {
        if (!multihop && arrival.hopLimit != REQUIRED_TTL) {
            return Discard.TTL;
        }
        Discard malformed = packet.on(in).malformed();
        if (malformed != null) {
            return malformed;
        }
        LiveSession session = packet.yourDiscriminator() != 0
                ? table.byDiscriminator(packet.yourDiscriminator())
                : table.bySource(arrival, socket.spec().family(), multihop);
        return session == null ? Discard.NO_SESSION : take(session, multihop, nowNanos);
    }

    private Discard take(LiveSession session, boolean multihop, long nowNanos) {
        if (session.key.multihop() != multihop || !SessionTable.matches(session, arrival)) {
            return Discard.NO_SESSION;
        }
        if (multihop && arrival.hopLimit < session.machine.minimumTtl()) {
            return Discard.TTL;
        }
        if (!session.authenticator.accept(packet)) {
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
