package org.heraldlb.bgp.speaker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.SessionStatus.State;
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
    private final Journal journal;
    private final Map<Integer, Link> links = new HashMap<>();
    private final String timerTag;
    private final Greeting greeting;
    private List<Route> routes;
    private Established up;
    private long updatesBefore;
    private boolean draining;
    private int keep;
    private SessionShown shown;

    PeerSession(PeerConfig config, Surroundings around, List<Route> routes, Trace trace, Observer observer) {
        this.config = config;
        this.around = around;
        this.routes = routes;
        this.observer = observer;
        journal = new Journal(
                config.name(),
                SessionView.text(config.endpoint().remote()),
                trace,
                around.transport().loop().ticker()::wallClock);
        machine = new PeerMachine(config.fsm(), around.random());
        keep = around.settings().received();
        timerTag = "peer " + config.name();
        greeting = new Greeting(around);
    }

    // From a connection

    /** Events of a link that was replaced are not for us any more. */
    @Override
    public boolean has(Link link) {
        return links.get(link.number()) == link;
    }

    @Override
    public void connected(Link link) {
        step(
                link.number(),
                new Event.Connected(
                        greeting.open(config, link.local(), journal.counters().timesEstablished() == 0)));
    }

    @Override
    public void received(Link link, Message message) {
        journal.received(message);
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
        journal.trace().refused(why.getMessage());
        step(link.number(), Event.Broken.by(why));
    }

    @Override
    public void handled() {
        rearm();
    }

    @Override
    public void writable(Link link) {
        machine.link(link.number()).ifPresent(Fsm::writeProgressed);
        if (up != null && up.link() == link) {
            up.teller().goOn();
        }
    }

    @Override
    public void failed(Link link, boolean stood, String reason) {
        links.remove(link.number());
        journal.disconnected(stood, reason);
        step(link.number(), new Event.Failed(reason));
    }

    // From what tells the routes

    @Override
    public void wrote() {
        journal.touch();
        observer.changed();
    }

    @Override
    public void blocked() {
        machine.link(up.link().number()).ifPresent(fsm -> fsm.writeBlocked(around.now()));
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
        if (up != null) {
            up.teller().routes(wanted);
        }
    }

    /** Goes on with other timers; see {@link PeerConfig#goesOnAs}. */
    void reconfigure(PeerConfig wanted) {
        journal.touch();
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
        journal.touch();
        run(machine.hold(Notification.of(BgpError.BFD_DOWN), around.now()));
        rearm();
    }

    /** BFD is up, or not asked for any more. */
    void release() {
        journal.touch();
        run(machine.release(around.now()));
        rearm();
    }

    /**
     * Ends because this process does, for a moment only. Peers that keep our routes meanwhile must hear nothing: a
     * NOTIFICATION would make them drop the routes (RFC 4724 section 4).
     */
    void suspend() {
        boolean keeps = up != null && up.agreed().gracefulRestart().isPresent();
        if (keeps) {
            up.teller().end();
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
        if (up != null) {
            up.teller().drain(wanted);
        }
    }

    /** Tells everything again without a reset, and asks the peer to do the same where it can (RFC 2918). */
    void resend() {
        if (up == null) {
            return;
        }
        if (up.agreed().theirs().has(Capability.Refresh.class)) {
            up.agreed()
                    .families()
                    .forEach(family -> send(up.link().number(), new RouteRefresh(family, RouteRefresh.REQUEST)));
        }
        up.teller().again(up.agreed().families());
    }

    PeerConfig config() {
        return config;
    }

    boolean isEstablished() {
        return up != null;
    }

    /** How long the session has been up, nanoseconds, 0 when it is not. */
    long upForNanos() {
        return up == null ? 0 : around.now() - up.sinceNanos();
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
            up.refresh(refresh.refresh());
        } else if (effect instanceof Effect.Dial) {
            dial();
        } else if (effect instanceof Effect.Close close) {
            close(number, close.abort());
        } else if (effect instanceof Effect.Up agreed) {
            up(number, agreed.negotiated());
        } else if (effect instanceof Effect.Down) {
            down();
        } else if (effect instanceof Effect.Changed changed) {
            journal.moved(number, changed);
            observer.changed();
        }
    }

    private void dial() {
        journal.dialled();
        observer.changed();
        Link link = new Link(PeerMachine.DIALLED, this);
        links.put(link.number(), link);
        link.over(around.transport().dial(config.endpoint(), link));
    }

    private void send(int number, Message message) {
        Link link = links.get(number);
        if (link != null) {
            journal.sent(message);
            link.send(message);
        }
    }

    private void close(int number, boolean abort) {
        Link link = links.remove(number);
        if (link != null) {
            if (!link.isConnected() && machine.state() == State.CONNECT) {
                journal.history().unanswered(config.fsm().connectRetry().toSeconds() + " s");
            }
            link.close(abort);
        }
    }

    private void up(int number, Negotiated agreed) {
        Link link = links.get(number);
        Teller teller = new Teller(config, around, link, agreed, draining, routes, journal.trace(), this);
        up = new Established(link, agreed, teller, new ReceivedRoutes(keep, agreed.families()), around.now());
        journal.established();
        teller.goOn();
    }

    private void down() {
        updatesBefore += up.teller().messages();
        up.teller().end();
        up = null;
        journal.dropped();
    }

    private void deliver(Update update) {
        journal.faults(update);
        up.deliver(config.name(), update);
        observer.changed();
    }

    // For display

    SessionView view() {
        return new SessionView(
                this,
                new SessionView.Where(
                        machine.state(), up == null ? null : up.link().local()),
                journal.history(),
                new SessionView.Amounts(
                        up == null ? 0 : up.teller().tableSize(),
                        up == null ? 0 : up.received().size(),
                        updates()),
                up == null ? null : up.agreed(),
                journal.counters());
    }

    /** Strict BFD keeps it from beginning. */
    boolean isHeld() {
        return machine.isHeld();
    }

    /** UPDATEs that were not sent one by one. */
    private long updates() {
        return updatesBefore + (up == null ? 0 : up.teller().messages());
    }

    /** For the status. Made anew only when something happened since the last time: there may be thousands of sessions. */
    SessionShown shown(Optional<BfdState> bfd, Optional<String> disabled) {
        if (journal.takeNews() || !shown.isOf(bfd, disabled)) {
            shown = new SessionShown(
                    view().status(bfd, disabled), journal.counters().values(updates()), bfd, disabled);
        }
        return shown;
    }

    /** What the peer knows, and what it is meant to. */
    AnnouncementStates.PeerTables tables() {
        return up == null
                ? new AnnouncementStates.PeerTables(config.name(), routes, List.of(), false, null)
                : up.teller().tables(routes);
    }

    /** What the peer told, by prefix. */
    List<ReceivedRoute> received() {
        return up == null ? List.of() : up.received().list();
    }

    /** Milliseconds until each running timer of the connection that got furthest fires. */
    Map<String, Long> timers() {
        Map<String, Long> running = new TreeMap<>();
        Optional<Fsm> fsm =
                machine.link(up == null ? PeerMachine.DIALLED : up.link().number());
        for (Timer timer : Timer.values()) {
            fsm.map(each -> each.deadline(timer))
                    .filter(OptionalLong::isPresent)
                    .ifPresent(deadline -> running.put(
                            timer.text(), Math.max(0, deadline.getAsLong() - around.now()) / NANOS_PER_MILLI));
        }
        return running;
    }
}
