package org.heraldlb.bfd.sessions;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.bfd.auth.Keyring;

/** What keeps a session from running as it is wanted, one line each. */
final class Troubles {

    private static final long MINUTE_NANOS = 60_000_000_000L;

    private Troubles() {}

    static Stream<Problem> of(LiveSession session) {
        List<Problem> found = new ArrayList<>();
        if (!session.trouble.isEmpty()) {
            found.add(Problem.error("bfdSocket", session.name(), session.trouble));
        }
        if (session.guard.stretched()) {
            found.add(Problem.error("bfdTimerLag", session.name(), slowness(session)));
        }
        if (session.otherHopMode && session.machine.state() != BfdState.UP) {
            found.add(Problem.error("bfdHopMode", session.name(), hopMode(session)));
        }
        if (session.keyring.changing()) {
            found.add(Problem.warning("bfdAuthentication", session.name(), keyChange()));
        }
        session.clients.keySet().stream()
                .filter(session::overrules)
                .map(client -> otherKey(client, session))
                .forEach(found::add);
        Echoes.trouble(session)
                .map(text -> Problem.warning("bfdEcho", session.name(), text))
                .ifPresent(found::add);
        return found.stream();
    }

    static String slowness(LiveSession session) {
        return session.guard.stretched()
                ? "this host fires timers up to " + session.guard.lagMillis() + " ms late: "
                        + session.wanted().desiredMinTxMicros() / 1000 + " ms is refused, "
                        + session.guard.stretch(session.wanted()).desiredMinTxMicros() / 1000 + " ms runs instead"
                : "this host keeps its time again: the session runs as wanted";
    }

    private static String hopMode(LiveSession session) {
        return session.key.multihop()
                ? "the peer speaks single hop (UDP 3784), this session is multihop (UDP 4784)"
                : "the peer speaks multihop (UDP 4784), as FRR does with ttl-security or ebgp-multihop; this session is single"
                        + " hop (UDP 3784)";
    }

    private static String keyChange() {
        return "the peer still uses the authentication from before, and so do we, for "
                + Keyring.PATIENCE_NANOS / MINUTE_NANOS + " minutes after the change: change it there";
    }

    private static Problem otherKey(BfdSessionRequest client, LiveSession session) {
        return Problem.warning(
                "bfdAuthentication",
                client.client(),
                "another client of " + session.name() + " came first with another authentication: that is used");
    }
}
