package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.bfd.fsm.BfdSession;
import org.heraldlb.bfd.fsm.SessionEffects;
import org.heraldlb.bfd.packet.ControlPacket;
import org.heraldlb.runtime.Ticker;

/** Runs what session machines want done. Engine's thread only. */
final class Transmitter implements SessionEffects {

    private static final int FAREWELLS = 3;

    private final ByteBuffer out = ByteBuffer.allocateDirect(ControlPacket.MAX_LENGTH);
    private final SessionTable table;
    private final News news;
    private final Ticker ticker;
    private boolean changed;

    Transmitter(SessionTable table, News news, Ticker ticker) {
        this.table = table;
        this.news = news;
        this.ticker = ticker;
    }

    @Override
    public void send(BfdSession machine, int flag) {
        LiveSession session = table.byDiscriminator(machine.localDiscriminator());
        if (session.socket == null) {
            session.unsent++;
            return;
        }
        out.clear();
        int section = session.keyring.length();
        int flags = section > 0 ? flag | ControlPacket.AUTHENTICATION : flag;
        machine.write(out, flags, ControlPacket.LENGTH + section);
        session.keyring.sign(out);
        out.flip();
        hand(session);
    }

    private void hand(LiveSession session) {
        try {
            session.socket.send(out, session.key.peer(), session.scope, Ports.destination(session.key));
            session.sent++;
            changed |= !session.trouble.isEmpty();
            session.trouble = "";
        } catch (IOException refused) {
            session.unsent++;
            changed |= session.trouble.isEmpty();
            session.trouble = refused.getMessage();
        }
    }

    @Override
    public void sendEcho(BfdSession machine) {
        LiveSession session = table.byDiscriminator(machine.localDiscriminator());
        if (session.echoSocket == null) {
            return;
        }
        out.clear();
        machine.echo().write(out, machine.localDiscriminator(), ticker.nanos());
        out.flip();
        try {
            session.echoSocket.send(out, session.key.peer(), session.linkIndex, Ports.ECHO);
            session.echoTrouble = "";
        } catch (IOException refused) {
            session.echoTrouble = refused.getMessage();
        }
    }

    @Override
    public void stateChanged(BfdSession machine, BfdState from, BfdState to) {
        LiveSession session = table.byDiscriminator(machine.localDiscriminator());
        session.onChange(from, to, ticker.wallClock());
        news.changed(session.key, from, to, machine.diagnostic());
        news.tell(session.clients.keySet(), session.state());
        changed = true;
    }

    /**
     * AdminDown first, so that the peer does not take a farewell for a failure (RFC 5880 section 6.8.16): thrice, because
     * nobody stays to repeat it for a detection time.
     */
    void farewell(LiveSession session, long nowNanos) {
        session.machine.adminDown(nowNanos);
        for (int copy = 1; copy < FAREWELLS; copy++) {
            send(session.machine, 0);
        }
    }

    /** True once after something happened that a snapshot shows. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }
}
