package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.bfd.auth.Keyring;
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
            session.rekey(ticker.nanos());
            admit(session, ticker.nanos());
            crew.news().tell(List.of(request), session.state());
        } catch (IllegalArgumentException wrong) {
            refuse(request, wrong.getMessage());
        }
    }

    private void refuse(BfdSessionRequest request, String text) {
        refused.put(request, Problem.error("bfdSession", request.client(), text));
        crew.news().warn(request.client(), text);
    }

    /** The session that is there already, unless the peer was told that it ends. */
    private Optional<LiveSession> shared(BfdSessionRequest request) {
        LiveSession session = table().get(request.key());
        if (session != null && session.leaving() && session.machine.state() == BfdState.ADMIN_DOWN) {
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
        Keyring keyring = new Keyring(request.authentication(), random);
        Optional<Legacy.Estate> estate = legacy.inherit(request.key());
        int discriminator =
                estate.map(left -> discriminators.keep(left.discriminator())).orElseGet(discriminators::next);
        BfdSession machine = new BfdSession(discriminator, request.timing(), random, crew.transmitter(), now);
        LiveSession session = new LiveSession(table().freeSlot(), request, keyring, machine, new LagGuard(now));
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
        session.keyring.goOnFrom(estate.sequence());
        session.machine.resume(estate.remote(), nowNanos);
        session.resumed(ticker.wallClock());
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
            crew.news().warn(session.name(), Troubles.slowness(session));
        }
        session.retime(nowNanos);
        crew.agenda().arm(session, nowNanos);
    }

    /** Takes new timing and authentication from the request; a request that wants something else altogether leaves and joins. */
    void changed(BfdSessionRequest request) {
        LiveSession session = joined.get(request);
        if (session == null || !session.key.equals(request.key())) {
            leave(request);
            join(request);
            return;
        }
        Optional<String> fault = Wishes.fault(request);
        if (fault.isPresent()) {
            refuse(request, fault.get() + "; what was there before stays");
        } else {
            refused.remove(request);
            session.clients.put(request, request.timing());
            session.rekey(ticker.nanos());
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
            session.rekey(now);
            session.retime(now);
        }
        crew.agenda().arm(session, now);
    }

    /** Ends a session that nobody wants: first the peer is told for a detection time. */
    private void seeOff(LiveSession session, long nowNanos) {
        if (session.machine.state() != BfdState.ADMIN_DOWN) {
            if (session.farewellNanos - nowNanos <= 0) {
                session.leavingUntilNanos = nowNanos + session.machine.agreed().peersDetectionNanos();
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
                session.keyring.age(nowNanos, session.machine.agreed().detectionTimeNanos());
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
        if (!session.leaving()
                && session.guard.observe(
                        session.wanted(), worstNanos, session.machine.agreed().peersDetectionNanos(), nowNanos)) {
            session.retime(nowNanos);
            crew.agenda().arm(session, nowNanos);
            crew.news().warn(session.name(), Troubles.slowness(session));
        }
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
                table().all().stream().filter(session -> !session.leaving()).flatMap(Troubles::of);
        return Stream.of(refused.values().stream(), sockets.problems().stream(), ofSessions)
                .flatMap(each -> each)
                .sorted()
                .toList();
    }
}
