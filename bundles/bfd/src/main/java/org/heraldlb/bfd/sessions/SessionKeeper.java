package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.bfd.auth.Authenticator;
import org.heraldlb.bfd.auth.Authenticators;
import org.heraldlb.bfd.fsm.BfdSession;
import org.heraldlb.bfd.fsm.LagGuard;
import org.heraldlb.runtime.Ticker;

/** Opens, shares and ends sessions as their clients come and go. Engine's thread only. */
final class SessionKeeper {

    private static final BfdSessionState GONE = new BfdSessionState(BfdState.UNAVAILABLE, 0, false);

    /** A client that wants another timing may leave first and join again at once: the peer need not notice. */
    private static final long GRACE_NANOS = 500_000_000L;

    private final Map<BfdSessionRequest, LiveSession> joined = new IdentityHashMap<>();
    private final Map<BfdSessionRequest, Problem> refused = new IdentityHashMap<>();
    private final Crew crew;
    private final SessionSockets sockets;
    private final UdpPoller poller;
    private final RandomGenerator random;
    private final Ticker ticker;
    private final Discriminators discriminators;
    private final Echoes echoes;
    private final Legacy legacy;

    SessionKeeper(Crew crew, SessionSockets sockets, UdpPoller poller, RandomGenerator random, Ticker ticker) {
        this.crew = crew;
        this.sockets = sockets;
        this.poller = poller;
        this.random = random;
        this.ticker = ticker;
        this.discriminators = new Discriminators(random);
        this.legacy = sockets.legacy();
        this.echoes = new Echoes(crew, sockets, poller, random);
    }

    /** Starts or joins the session that {@code request} wants. */
    void join(BfdSessionRequest request) {
        Optional<String> fault = Wishes.fault(request);
        if (fault.isPresent()) {
            refuse(request, fault.get());
            return;
        }
        try {
            LiveSession session = shared(request).orElseGet(() -> create(request));
            session.clients.put(request, request.timing());
            joined.put(request, session);
            refused.remove(request);
            admit(session, ticker.nanos());
            warnOfOtherKey(request, session);
            crew.news().tell(List.of(request), session.state());
        } catch (IllegalArgumentException wrong) {
            refuse(request, wrong.getMessage());
        }
    }

    private void refuse(BfdSessionRequest request, String text) {
        refused.put(request, Problem.error("bfdSession", request.client(), text));
        crew.news().warn(request.client(), text);
    }

    private void warnOfOtherKey(BfdSessionRequest request, LiveSession session) {
        if (!session.authentication.equals(request.authentication())) {
            String text =
                    "another client of " + session.name() + " came first with another authentication: that is used";
            refused.put(request, Problem.warning("bfdAuthentication", request.client(), text));
        }
    }

    /** The session that is there already, unless the peer was told that it ends, or it ends for another authentication. */
    private Optional<LiveSession> shared(BfdSessionRequest request) {
        LiveSession session = table().get(request.key());
        boolean over = session != null
                && session.leaving()
                && (session.machine.state() == BfdState.ADMIN_DOWN
                        || !session.authentication.equals(request.authentication()));
        if (over) {
            dispose(session);
            return Optional.empty();
        }
        return Optional.ofNullable(session);
    }

    private SessionTable table() {
        return crew.table();
    }

    private LiveSession create(BfdSessionRequest request) {
        long now = ticker.nanos();
        Authenticator authenticator =
                request.authentication().map(this::authenticator).orElse(Authenticator.NONE);
        Optional<Legacy.Estate> estate =
                legacy.inherit(request.key(), request.authentication().isPresent());
        int discriminator =
                estate.map(left -> discriminators.keep(left.discriminator())).orElseGet(discriminators::next);
        BfdSession machine = new BfdSession(discriminator, request.timing(), random, crew.transmitter(), now);
        LiveSession session = new LiveSession(table().freeSlot(), request, authenticator, machine, new LagGuard(now));
        session.beginAt(ticker.wallClock());
        session.pauses = Pauses.POLICY.start(random);
        if (session.key.unaffiliated()) {
            machine.unaffiliated();
        }
        table().add(session);
        open(session, now);
        estate.ifPresent(left -> resume(session, left, now));
        return session;
    }

    /** In the place of the bundle before: same discriminators, same source port, and the peer has noticed nothing. */
    private void resume(LiveSession session, Legacy.Estate estate, long nowNanos) {
        if (session.socket == null) {
            estate.socket().close();
            return;
        }
        sockets.adopt(session, estate.socket());
        session.machine.resume(estate.remote(), nowNanos);
        session.resumed(ticker.wallClock());
    }

    private Authenticator authenticator(BfdAuthentication wanted) {
        return Authenticators.create(wanted, random);
    }

    private void open(LiveSession session, long nowNanos) {
        sockets.closeSender(session);
        try {
            sockets.open(session, poller, random, nowNanos);
            session.trouble = "";
            session.pauses = Pauses.POLICY.start(random);
        } catch (IOException refusal) {
            session.trouble = refusal.getMessage();
        }
        session.retryNanos = nowNanos + session.pauses.nextNanos();
    }

    private void admit(LiveSession session, long nowNanos) {
        if (session.guard.admit(session.wanted(), crew.agenda().usualLagNanos(), nowNanos)) {
            crew.news().warn(session.name(), slowness(session));
        }
        session.retime(nowNanos);
        crew.agenda().arm(session, nowNanos);
    }

    /** Takes new timing from the request; a request that wants something else altogether leaves and joins. */
    void changed(BfdSessionRequest request) {
        LiveSession session = joined.get(request);
        boolean same = session != null
                && session.key.equals(request.key())
                && (session.clients.size() > 1 || session.authentication.equals(request.authentication()));
        if (!same) {
            leave(request);
            join(request);
            return;
        }
        Optional<String> fault = Wishes.fault(request);
        if (fault.isPresent()) {
            refuse(request, fault.get() + "; the timing from before stays");
        } else {
            refused.remove(request);
            session.clients.put(request, request.timing());
            admit(session, ticker.nanos());
        }
    }

    /** Leaves the session. The last one to leave ends it, unless somebody joins it within the grace. */
    void leave(BfdSessionRequest request) {
        refused.remove(request);
        LiveSession session = joined.remove(request);
        if (session == null || session.clients.remove(request) == null) {
            return;
        }
        long now = ticker.nanos();
        if (session.leaving()) {
            session.farewellNanos = now + GRACE_NANOS;
        } else {
            session.retime(now);
        }
        crew.agenda().arm(session, now);
    }

    /** Ends a session that nobody wants: first the peer is told for a detection time. */
    private void seeOff(LiveSession session, long nowNanos) {
        if (session.machine.state() != BfdState.ADMIN_DOWN) {
            if (session.farewellNanos - nowNanos <= 0) {
                session.leavingUntilNanos = nowNanos + session.machine.peersDetectionNanos();
                session.machine.adminDown(nowNanos);
                crew.agenda().arm(session, nowNanos);
            }
        } else if (session.leavingUntilNanos - nowNanos <= 0) {
            dispose(session);
        }
    }

    /** Once a second: sockets that failed, sessions that are over, hosts that are slow. */
    void lookAround(long nowNanos) {
        long worst = crew.agenda().takeWorst(nowNanos);
        if (sockets.retryListeners(poller, nowNanos)) {
            linksChanged();
        }
        for (LiveSession session : List.copyOf(table().all())) {
            if (session.leaving()) {
                seeOff(session, nowNanos);
            } else {
                reopenIfDue(session, nowNanos);
                guard(session, worst, nowNanos);
            }
        }
        echoes.lookAround(nowNanos);
    }

    private void reopenIfDue(LiveSession session, long nowNanos) {
        boolean due = session.socket == null && session.retryNanos - nowNanos <= 0;
        if (due || sockets.isStale(session)) {
            open(session, nowNanos);
        }
    }

    private void guard(LiveSession session, long worstNanos, long nowNanos) {
        if (!session.leaving() && session.guard.observe(worstNanos, session.machine.peersDetectionNanos(), nowNanos)) {
            session.retime(nowNanos);
            crew.agenda().arm(session, nowNanos);
            crew.news().warn(session.name(), slowness(session));
        }
    }

    private static String slowness(LiveSession session) {
        return session.guard.stretched()
                ? "this host fires timers up to " + session.guard.lagMillis() + " ms late: "
                        + session.wanted().desiredMinTxMicros() / 1000 + " ms is refused, "
                        + session.guard.stretch(session.wanted()).desiredMinTxMicros() / 1000 + " ms runs instead"
                : "this host keeps its time again: the session runs as wanted";
    }

    /** Interfaces or addresses came or went: what could not be opened, or hung on them, is opened without a pause. */
    void linksChanged() {
        long now = ticker.nanos();
        for (LiveSession session : table().all()) {
            session.retryNanos = now;
            reopenIfDue(session, now);
        }
    }

    private void dispose(LiveSession session) {
        crew.agenda().forget(session);
        table().remove(session);
        sockets.closeSender(session);
        discriminators.retire(session.machine.localDiscriminator());
    }

    /**
     * Ends everything; the clients learn that nobody runs their sessions any more.
     *
     * @param toSuccessor leave what can be left to the one that takes our place; otherwise all peers hear AdminDown
     */
    void endAll(boolean toSuccessor) {
        long now = ticker.nanos();
        for (LiveSession session : List.copyOf(table().all())) {
            if (toSuccessor && legacy.leave(session, crew.transmitter(), now)) {
                session.socket = null;
            } else {
                crew.transmitter().farewell(session, now);
            }
            crew.news().tell(session.clients.keySet(), GONE);
            dispose(session);
        }
        joined.clear();
    }

    /** What keeps sessions from running, one line each. */
    List<Problem> problems() {
        Stream<Problem> ofSessions =
                table().all().stream().filter(session -> !session.leaving()).flatMap(SessionKeeper::problems);
        return Stream.of(refused.values().stream(), sockets.problems().stream(), ofSessions)
                .flatMap(each -> each)
                .sorted()
                .toList();
    }

    private static Stream<Problem> problems(LiveSession session) {
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
        Echoes.trouble(session)
                .map(text -> Problem.warning("bfdEcho", session.name(), text))
                .ifPresent(found::add);
        return found.stream();
    }

    private static String hopMode(LiveSession session) {
        return session.key.multihop()
                ? "the peer speaks single hop (UDP 3784), this session is multihop (UDP 4784)"
                : "the peer speaks multihop (UDP 4784), as FRR does with ttl-security or ebgp-multihop; this session is single"
                        + " hop (UDP 3784)";
    }
}
