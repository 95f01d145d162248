package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bfd.fsm.EchoFunction;

/** Gives sessions that want the Echo function what it needs of this host. Engine's thread only. */
final class Echoes {

    /** Echoes that are lost before a peer that never sent one back is a problem. */
    private static final int HOPELESS = 10;

    private final Crew crew;
    private final SessionSockets sockets;
    private final UdpPoller poller;
    private final RandomGenerator random;

    Echoes(Crew crew, SessionSockets sockets, UdpPoller poller, RandomGenerator random) {
        this.crew = crew;
        this.sockets = sockets;
        this.poller = poller;
        this.random = random;
    }

    /** Once a second. */
    void lookAround(long nowNanos) {
        Set<IpAddress> used = new HashSet<>();
        for (LiveSession session : crew.table().all()) {
            if (session.key.unaffiliated()) {
                used.add(session.key.local().orElseThrow());
            } else if (session.wantsEcho() && session.self != null) {
                used.add(session.self);
                offer(session, nowNanos);
            } else if (session.echoSocket != null) {
                session.echoSocket = null;
                session.machine.offerEcho(false, false, nowNanos);
            }
        }
        sockets.closeUnusedLoops(used, poller);
    }

    private void offer(LiveSession session, long nowNanos) {
        try {
            session.echoSocket = sockets.loop(session.self, poller, random, nowNanos);
        } catch (IOException refused) {
            session.echoSocket = null;
            session.echoTrouble = refused.getMessage();
        }
        session.machine.offerEcho(session.echoSocket != null, sockets.forwards(session.linkIndex), nowNanos);
        crew.agenda().arm(session, nowNanos);
    }

    /** Why a session that wants echoes has none, in one line. */
    static Optional<String> trouble(LiveSession session) {
        EchoFunction echo = session.machine.echo();
        if (!session.wantsEcho() || session.machine.state() != BfdState.UP || echo.active()) {
            return Optional.empty();
        }
        if (!session.echoTrouble.isEmpty()) {
            return Optional.of(session.echoTrouble);
        }
        return echo.running() && echo.sent() - echo.returned() >= HOPELESS
                ? Optional.of("echoes do not come back: the peer does not forward them; control packets detect instead")
                : Optional.empty();
    }
}
