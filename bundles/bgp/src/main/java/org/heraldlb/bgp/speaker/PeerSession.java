package org.heraldlb.bgp.speaker;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bgp.fsm.Action;
import org.heraldlb.bgp.fsm.Effect;
import org.heraldlb.bgp.fsm.Event;
import org.heraldlb.bgp.fsm.Fsm;
import org.heraldlb.bgp.fsm.Negotiated;
import org.heraldlb.bgp.fsm.PeerMachine;
import org.heraldlb.bgp.fsm.Timer;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.BgpException;
import org.heraldlb.bgp.packet.Capability;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.Open;
import org.heraldlb.bgp.packet.RouteRefresh;
import org.heraldlb.bgp.packet.Update;

/** One peer: carries out what its machine wants, over its connections. On the loop only. */
final class PeerSession implements Link.Owner, Teller.Listener {

    /** Told by the session when something worth showing changed. */
    interface Observer {
        void changed();
    }

    private static final long NANOS_PER_MILLI = 1_000_000;

    private PeerConfig config;
    private final Surroundings around;
    private final Observer observer;
    private final PeerMachine machine;
    private final SessionCounters counters;
    private final SessionHistory history;
    private final Trace trace;
    private final Map<Integer, Link> links = new HashMap<>();
    private final String timerTag;
    private final long startedAt;
    private List<Route> routes;
    private Link current;
    private Teller teller;
    private Negotiated negotiated;
    private ReceivedRoutes received;
    private long upAtNanos;
    private long updatesBefore;
    private boolean draining;
    private int keep;
    private SessionShown shown;
    private boolean news = true;

    PeerSession(PeerConfig config, Surroundings around, List<Route> routes, Trace trace, Observer observer) {
        this.config = config;
        this.around = around;
        this.routes = routes;
        this.trace = trace;
        this.observer = observer;
        counters = new SessionCounters(SessionView.text(config.endpoint().remote()));
        history = new SessionHistory(around.transport().loop().ticker()::wallClock);
        machine = new PeerMachine(config.fsm(), around.random());
        keep = around.settings().received();
        timerTag = "peer " + config.name();
        startedAt = around.now();
    }

    // From a connection

    /** Events of a link that was replaced are not for us any more. */
    @Override
    public boolean has(Link link) {
        return links.get(link.number()) == link;
    }

    @Override
    public void connected(Link link) {
        step(link.number(), new Event.Connected(open(link.local())));
    }

    @Override
    public void received(Link link, Message message) {
        news = true;
        counters.received(message);
        history.received(message);
        trace.received(message);
        run(machine.on(link.number(), Event.of(message), around.now()));
        if (message instanceof Open) {
            machine.link(link.number())
                    .flatMap(Fsm::negotiated)
                    .map(Negotiated::context)
                    .ifPresent(link::context);
        }
    }

    @Override
    public void refused(Link link, BgpException why) {
        trace.refused(why.getMessage());
        step(link.number(), Event.Broken.by(why));
    }

    @Override
    public void handled() {
        rearm();
    }

    @Override
    public void writable(Link link) {
        machine.link(link.number()).ifPresent(Fsm::writeProgressed);
        if (current == link) {
            teller.goOn();
        }
    }

    @Override
    public void failed(Link link, boolean stood, String reason) {
        news = true;
        links.remove(link.number());
        if (stood) {
            history.hungUp();
        } else {
            history.notConnected(reason);
        }
        step(link.number(), new Event.Failed(reason));
    }

    // From what tells the routes

    @Override
    public void wrote() {
        changed();
    }

    @Override
    public void blocked() {
        machine.link(current.number()).ifPresent(fsm -> fsm.writeBlocked(around.now()));
        rearm();
    }

    // From the speaker

    void start() {
        run(machine.start(around.now()));
        rearm();
    }

    /** What the peer is to know from now on. */
    void routes(List<Route> wanted) {
        routes = wanted;
        if (teller != null) {
            teller.routes(wanted);
        }
    }

    /** Goes on with other timers; see {@link PeerConfig#goesOnAs}. */
    void reconfigure(PeerConfig wanted) {
        news = true;
        config = wanted;
        machine.settings(wanted.fsm());
    }

    /** How many received routes are kept, from the next session on. */
    void keep(int routesToKeep) {
        keep = routesToKeep;
    }

    /** The peer dialled us. */
    Optional<WireListener> accept(Wire wire) {
        OptionalInt number = machine.accept();
        if (number.isEmpty()) {
            return Optional.empty();
        }
        Link link = new Link(number.getAsInt(), this);
        link.over(wire);
        links.put(link.number(), link);
        return Optional.of(link);
    }

    /** Ends for good: the peer learns why. */
    void stop(Notification cause) {
        run(machine.stop(cause, true, around.now()));
        around.transport().loop().cancel(timerTag);
    }

    /** Ends and comes back: the path is down, or the operator wants it. */
    void reset(Notification cause) {
        run(machine.stop(cause, false, around.now()));
        rearm();
    }

    /** Strict BFD: nothing is begun while BFD is not up, and what is not established yet ends. */
    void hold() {
        news = true;
        run(machine.hold(Notification.of(BgpError.BFD_DOWN), around.now()));
        rearm();
    }

    /** BFD is up, or not asked for any more. */
    void release() {
        news = true;
        run(machine.release(around.now()));
        rearm();
    }

    /**
     * Ends because this process does, for a moment only. Peers that keep our routes meanwhile must hear nothing: a
     * NOTIFICATION would make them drop the routes (RFC 4724 section 4).
     */
    void suspend() {
        boolean keeps = negotiated != null && negotiated.gracefulRestart().isPresent();
        if (keeps) {
            around.transport().loop().cancel(timerTag);
            links.values().forEach(link -> link.close(true));
            links.clear();
        } else {
            stop(Notification.withText(BgpError.SHUTDOWN, "the speaker stops"));
        }
    }

    /** RFC 8326: everything is told again with the community, or without it. */
    void drain(boolean wanted) {
        draining = wanted;
        if (teller != null) {
            teller.drain(wanted);
        }
    }

    /** Tells everything again without a reset, and asks the peer to do the same where it can (RFC 2918). */
    void resend() {
        if (teller == null) {
            return;
        }
        if (negotiated.theirs().has(Capability.Refresh.class)) {
            negotiated
                    .families()
                    .forEach(family -> send(current.number(), new RouteRefresh(family, RouteRefresh.REQUEST)));
        }
        teller.again(negotiated.families());
    }

    PeerConfig config() {
        return config;
    }

    boolean isEstablished() {
        return teller != null;
    }

    /** How long the session has been up, nanoseconds, 0 when it is not. */
    long upForNanos() {
        return teller == null ? 0 : around.now() - upAtNanos;
    }

    // Machine

    private void step(int link, Event event) {
        run(machine.on(link, event, around.now()));
        rearm();
    }

    private void rearm() {
        OptionalLong deadline = machine.deadline();
        if (deadline.isPresent()) {
            around.transport().loop().schedule(timerTag, deadline.getAsLong(), this::tick);
        }
    }

    private void tick() {
        run(machine.tick(around.now()));
        rearm();
    }

    private void run(List<Action> actions) {
        actions.forEach(action -> run(action.link(), action.effect()));
    }

    private void run(int number, Effect effect) {
        if (effect instanceof Effect.Send send) {
            send(number, send.message());
        } else if (effect instanceof Effect.Deliver deliver) {
            deliver(deliver.update());
        } else if (effect instanceof Effect.DeliverRefresh refresh) {
            refresh(refresh.refresh());
        } else if (effect instanceof Effect.Dial) {
            dial();
        } else if (effect instanceof Effect.Close close) {
            close(number, close.abort());
        } else if (effect instanceof Effect.Up up) {
            up(number, up.negotiated());
        } else if (effect instanceof Effect.Down) {
            down();
        } else if (effect instanceof Effect.Changed changed) {
            changed(number, changed);
        }
    }

    private void dial() {
        counters.attempt();
        changed();
        Link link = new Link(PeerMachine.DIALLED, this);
        links.put(link.number(), link);
        link.over(around.transport().dial(config.endpoint(), link));
    }

    private void send(int number, Message message) {
        Link link = links.get(number);
        if (link != null) {
            news = true;
            counters.sent(message);
            history.sent(message);
            trace.sent(message);
            link.send(message);
        }
        if (message instanceof Notification notification) {
            BgpLog.sent(config.name(), notification.describe());
        }
    }

    private void close(int number, boolean abort) {
        Link link = links.remove(number);
        if (link != null) {
            if (!link.isConnected() && machine.state() == State.CONNECT) {
                history.unanswered(config.fsm().connectRetry().toSeconds() + " s");
            }
            link.close(abort);
        }
    }

    private void up(int number, Negotiated agreed) {
        current = links.get(number);
        negotiated = agreed;
        counters.established();
        history.established();
        upAtNanos = around.now();
        received = new ReceivedRoutes(keep, agreed.families());
        teller = new Teller(config, around, current, agreed, draining, routes, trace, this);
        teller.goOn();
    }

    private void down() {
        counters.dropped();
        updatesBefore += teller.messages();
        teller.end();
        teller = null;
        current = null;
        negotiated = null;
        received = null;
    }

    private void changed(int number, Effect.Changed changed) {
        BgpLog.transition(config.name(), number, changed.from(), changed.to(), changed.reason());
        trace.moved(changed.from().text(), changed.to().text(), changed.reason());
        history.changed(changed);
        changed();
    }

    private void changed() {
        news = true;
        observer.changed();
    }

    private void deliver(Update update) {
        update.faults().forEach(fault -> {
            counters.fault();
            BgpLog.malformed(config.name(), fault.text());
        });
        if (received != null) {
            switch (received.apply(update)) {
                case NEAR -> BgpLog.manyRoutes(config.name(), received.size(), received.limit());
                case BEYOND -> BgpLog.tooManyRoutes(config.name(), received.limit());
                default -> {}
            }
        }
        changed();
    }

    private void refresh(RouteRefresh request) {
        if (request.subtype() == RouteRefresh.REQUEST && teller != null) {
            teller.again(Set.of(request.family()));
        }
    }

    // What we say first

    private Open open(InetSocketAddress local) {
        long restart = around.settings().timers().restart().toNanos();
        boolean restarted = counters.timesEstablished() == 0 && around.now() - startedAt < restart;
        return config.opens().open(identifier(local), restarted);
    }

    /** RFC 4271: one of our IPv4 addresses; RFC 6286: any number will do. */
    private int identifier(InetSocketAddress local) {
        return config.routerId()
                .or(() -> around.settings().routerId())
                .or(() -> Policies.v4(local.getAddress(), around.addresses()))
                .map(address -> (int) address.low())
                .orElseGet(() -> LocalAddresses.fromName(around.node()));
    }

    // For display

    SessionView view() {
        return new SessionView(
                this,
                new SessionView.Where(machine.state(), current == null ? null : current.local()),
                history,
                new SessionView.Amounts(
                        teller == null ? 0 : teller.tableSize(), received == null ? 0 : received.size(), updates()),
                negotiated,
                counters);
    }

    /** Strict BFD keeps it from beginning. */
    boolean isHeld() {
        return machine.isHeld();
    }

    /** UPDATEs that were not sent one by one. */
    private long updates() {
        return updatesBefore + (teller == null ? 0 : teller.messages());
    }

    /** For the status. Made anew only when something happened since the last time: there may be thousands of sessions. */
    SessionShown shown(Optional<BfdState> bfd, Optional<String> disabled) {
        if (news || !shown.isOf(bfd, disabled)) {
            shown = new SessionShown(view().status(bfd, disabled), counters.values(updates()), bfd, disabled);
            news = false;
        }
        return shown;
    }

    /** What the peer knows, and what it is meant to. */
    AnnouncementStates.PeerTables tables() {
        return teller == null
                ? new AnnouncementStates.PeerTables(config.name(), routes, List.of(), false, null)
                : teller.tables(routes);
    }

    /** What the peer told, by prefix. */
    List<ReceivedRoute> received() {
        return received == null ? List.of() : received.list();
    }

    /** Milliseconds until each running timer of the connection that got furthest fires. */
    Map<String, Long> timers() {
        Map<String, Long> running = new TreeMap<>();
        Optional<Fsm> fsm = machine.link(current == null ? PeerMachine.DIALLED : current.number());
        for (Timer timer : Timer.values()) {
            fsm.map(each -> each.deadline(timer))
                    .filter(OptionalLong::isPresent)
                    .ifPresent(deadline -> running.put(
                            timer.text(), Math.max(0, deadline.getAsLong() - around.now()) / NANOS_PER_MILLI));
        }
        return running;
    }

    /** Our end of the established connection. */
    Optional<IpAddress> localAddress() {
        return current == null
                ? Optional.empty()
                : Optional.of(IpAddress.of(current.local().getAddress()));
    }
}
