package org.heraldlb.bgp.speaker;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.HandOver;
import org.heraldlb.api.Problem;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.rib.BatchCache;
import org.heraldlb.runtime.LatestWins;
import org.heraldlb.runtime.Ticker;

/**
 * Carries BGP plans out: one session for each peer of the plan, and on each the routes of the plan.
 *
 * <p>A plan that changes a peer's routes never touches a session; one that changes the peer's own parameters resets that
 * session alone. Closing the speaker is a pause, not a farewell: peers that do graceful restart are told nothing.
 */
public final class Speaker implements BgpAnnouncer, HandOver, AutoCloseable {

    /** Value of the service property {@code announcer.name}. */
    public static final String NAME = "native";

    private static final String STATUS_TAG = "status";
    private static final long STATUS_DELAY_NANOS = 50_000_000L;
    /** Strangers must not make us work. */
    private static final long REFUSED_DELAY_NANOS = 1_000_000_000L;

    private final Surroundings around;
    private final BfdPort bfd;
    private final StatusDesk desk;
    private final LatestWins<BgpPlan> plans;
    private final Map<String, PeerSession> sessions = new TreeMap<>();
    private final Map<String, BfdWatch> watches = new HashMap<>();
    private final Map<String, Trace> traces = new HashMap<>();
    private final BgpControl control;
    private final Map<InetAddress, List<PeerSession>> byAddress = new HashMap<>();
    private List<Problem> problems = List.of();
    private Map<String, String> disabled = Map.of();
    private final Listeners listeners;
    private RouterSearch search;
    private BgpPlan plan = new BgpPlan(-1, "", List.of());
    private long refused;
    private boolean lettingGo;
    private boolean closed;
    private volatile boolean ended;

    /**
     * @param transport closed with the speaker
     * @param random for jitter
     */
    public Speaker(Transport transport, SpeakerSettings settings, RandomGenerator random, BfdPort bfd) {
        this(new Surroundings(transport, settings, LocalAddresses.SYSTEM, new BatchCache(), random, ""), bfd);
        BgpLog.started(transport.describe(), settings.listenPort());
    }

    Speaker(Surroundings around, BfdPort bfd) {
        this.around = around;
        this.bfd = bfd;
        listeners = new Listeners(around.transport(), this::accept, this::changed);
        desk = new StatusDesk(NAME, around.transport().loop().ticker());
        plans = new LatestWins<>(around.transport().loop(), this::begin);
        control = new SpeakerControl(this, around.transport().loop());
    }

    /** Gets ready for the first session as fast as for later ones; see {@link Rehearsal}. Returns at once. */
    public static void rehearse() {
        new Rehearsal().begin(Ticker.SYSTEM);
    }

    /** Starts to listen where that is wanted. Call once. */
    public void start() {
        around.transport().loop().execute(this::listenWhereWanted);
    }

    private void listenWhereWanted() {
        int port = around.settings().listenPort();
        if (port != 0 && !closed) {
            listeners.open(port);
            listenInVrfs();
            expectPeers();
        }
    }

    private void listenInVrfs() {
        listeners.serve(plan.peers().stream()
                .filter(peer -> sessions.containsKey(peer.name()))
                .flatMap(peer -> peer.peer().endpoint().vrf().stream())
                .collect(Collectors.toSet()));
    }

    @Override
    public void apply(BgpPlan newest) {
        plans.offer(newest);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return desk.status();
    }

    // Plans

    /** A plan from outside; after {@link #letGo} it means to begin again. */
    private void begin(BgpPlan newest) {
        if (lettingGo) {
            lettingGo = false;
            listenWhereWanted();
        }
        carryOut(newest);
    }

    private void carryOut(BgpPlan newest) {
        if (closed || lettingGo) {
            return;
        }
        plan = newest;
        searchRouters();
        List<Problem> found = new ArrayList<>();
        Map<String, PeerPlan> wanted = new TreeMap<>();
        newest.peers().forEach(peer -> wanted.put(peer.name(), peer));
        List.copyOf(sessions.keySet()).stream()
                .filter(name -> !wanted.containsKey(name))
                .forEach(name -> remove(name, Notification.of(BgpError.DECONFIGURED)));
        boolean sameAddresses = true;
        for (PeerPlan peer : wanted.values()) {
            sameAddresses &= carryOut(peer, found);
        }
        problems = found;
        listenInVrfs();
        if (!sameAddresses || sessions.size() != wanted.size() || byAddress.isEmpty()) {
            expectPeers();
        }
        changed();
    }

    /** True when the peer is where it was. */
    private boolean carryOut(PeerPlan peer, List<Problem> found) {
        PeerSession present = sessions.get(peer.name());
        Optional<PeerConfig> config = config(peer, found);
        if (present != null && config.filter(wanted -> goesOn(present, wanted)).isPresent()) {
            present.reconfigure(config.get());
            present.keep(keep(peer));
            present.routes(peer.routes());
            watch(peer, present);
            return true;
        }
        if (present != null) {
            remove(peer.name(), Notification.of(BgpError.CONFIGURATION_CHANGE));
        }
        config.ifPresent(wanted -> add(peer, wanted));
        return false;
    }

    /** A session that is not up has nothing to lose. */
    private static boolean goesOn(PeerSession present, PeerConfig wanted) {
        return present.config().equals(wanted)
                || present.isEstablished() && present.config().goesOnAs(wanted);
    }

    private Optional<PeerConfig> config(PeerPlan peer, List<Problem> found) {
        Optional<IpAddress> remote = peer.peer().endpoint().address().or(() -> router(peer, found));
        if (remote.isEmpty()) {
            return Optional.empty();
        }
        PeerConfig config = PeerConfig.of(peer, remote.get(), around.settings());
        boolean able = true;
        for (Feature feature : config.endpoint().needs()) {
            if (around.transport().missing().contains(feature)) {
                able = false;
                BgpLog.lacks(peer.name(), feature, around.transport().describe());
                found.add(Problem.error(
                        "transportFeature",
                        peer.peer().ref().toString(),
                        feature.text() + " is not possible with the transport "
                                + around.transport().describe()));
            }
        }
        return able ? Optional.of(config) : Optional.empty();
    }

    private int keep(PeerPlan peer) {
        return peer.peer()
                .options()
                .extensions()
                .maxPrefixes()
                .orElse(around.settings().received());
    }

    private Optional<IpAddress> router(PeerPlan peer, List<Problem> found) {
        String name = peer.peer().endpoint().linkInterface().orElse("");
        Optional<IpAddress> router = search == null ? Optional.empty() : search.router(name);
        router = router.or(() -> served(peer.name(), name));
        if (router.isEmpty()) {
            String why = search == null ? "searching routers needs the bundle host-linux" : search.trouble(name);
            found.add(Problem.warning("unnumberedPeer", peer.peer().ref().toString(), "spec.interface: " + why)
                    .withFix("let the router send router advertisements on the link, or give peerAddress"));
        }
        return router;
    }

    /** Whom a standing session of this peer on this interface serves, though nobody searches any more. */
    private Optional<IpAddress> served(String peer, String name) {
        return Optional.ofNullable(sessions.get(peer))
                .map(session -> session.config().endpoint())
                .filter(endpoint -> endpoint.device().filter(name::equals).isPresent())
                .map(endpoint -> IpAddress.of(endpoint.remote().getAddress()));
    }

    private void searchRouters() {
        if (search != null) {
            search.on(plan.peers().stream()
                    .flatMap(peer -> peer.peer().endpoint().linkInterface().stream())
                    .collect(Collectors.toSet()));
        }
    }

    /** What unnumbered peers need. Any thread; again when it is replaced. */
    public void host(PacketSockets sockets, LinkMonitor links) {
        around.transport().loop().execute(() -> {
            hostGoneOnLoop();
            search = new RouterSearch(around.transport().loop(), sockets, links, () -> carryOut(plan));
            carryOut(plan);
        });
    }

    /** The host's sockets are gone; sessions that stand go on. Any thread. */
    public void hostGone() {
        around.transport().loop().execute(this::hostGoneOnLoop);
    }

    private void hostGoneOnLoop() {
        if (search != null) {
            search.close();
            search = null;
        }
    }

    private void add(PeerPlan peer, PeerConfig config) {
        PeerSession session =
                new PeerSession(config, around.at(plan.node()), peer.routes(), trace(peer.name()), this::changed);
        session.keep(keep(peer));
        sessions.put(peer.name(), session);
        // Before the start: strict BFD holds it.
        watch(peer, session);
        if (!disabled.containsKey(peer.name())) {
            session.start();
        }
    }

    private void remove(String name, Notification cause) {
        unwatch(name);
        sessions.remove(name).stop(cause);
        traces.values().removeIf(Trace::isIdle);
    }

    private void unwatch(String name) {
        BfdWatch watch = watches.remove(name);
        if (watch != null) {
            watch.close();
        }
    }

    private void watch(PeerPlan peer, PeerSession session) {
        BfdWatch present = watches.get(peer.name());
        if (peer.bfd().isEmpty() || disabled.containsKey(peer.name())) {
            unwatch(peer.name());
            session.release();
            return;
        }
        BfdWatch.Wish wish = BfdWatch.Wish.of(peer, peer.bfd().get(), session.config());
        if (present == null || !present.matches(wish)) {
            // The new one first: a BFD session that both ask for goes on, and is renegotiated.
            watches.put(peer.name(), new BfdWatch(session, wish, present, bfd, around));
            if (present != null) {
                present.close();
            }
        }
    }

    // Connections that others dial

    private void expectPeers() {
        byAddress.clear();
        List<Endpoint> endpoints = new ArrayList<>();
        sessions.values().forEach(session -> {
            Endpoint endpoint = session.config().endpoint();
            endpoints.add(endpoint);
            byAddress
                    .computeIfAbsent(endpoint.remote().getAddress(), address -> new ArrayList<>())
                    .add(session);
        });
        listeners.expect(endpoints);
    }

    /** Of several peers with one address (and different ports, or addresses of ours) the first that has no session. */
    private Optional<Transport.Accepted> accept(String vrf, Wire wire) {
        List<PeerSession> candidates = candidates(vrf, wire);
        Optional<Transport.Accepted> taken = candidates.stream()
                .filter(session -> candidates.size() == 1 || !session.isEstablished())
                .findFirst()
                .flatMap(session -> session.accept(wire)
                        .map(heard -> new Transport.Accepted(session.config().endpoint(), heard)));
        if (taken.isEmpty()) {
            refused++;
            BgpLog.unknownSource(wire.remote());
            around.transport().loop().schedule(STATUS_TAG, around.now() + REFUSED_DELAY_NANOS, this::publish);
        }
        return taken;
    }

    /** The kernel holds calls from one address to one key, so only peers of that key can be meant. */
    private List<PeerSession> candidates(String vrf, Wire wire) {
        IpAddress local = IpAddress.of(wire.local().getAddress());
        List<PeerSession> there = byAddress.getOrDefault(wire.remote().getAddress(), List.of()).stream()
                .filter(session -> listeners.serves(vrf, session.config().endpoint()))
                .toList();
        Optional<SecretValue> key = there.stream()
                .flatMap(session -> session.config().endpoint().password().stream())
                .findFirst();
        return there.stream()
                .filter(session -> session.config().endpoint().password().equals(key))
                .filter(session -> session.config()
                        .endpoint()
                        .source()
                        .filter(source -> !source.equals(local))
                        .isEmpty())
                .toList();
    }

    // Verbs of the operator

    /** RFC 8326 on all sessions, on or off. Any thread. */
    public void drain(boolean wanted) {
        around.transport().loop().execute(() -> sessions.values().forEach(session -> session.drain(wanted)));
    }

    /** Tells one peer everything again ({@code soft}), or resets its session. Any thread; unknown names are ignored. */
    public void clear(String peer, boolean soft, String reason) {
        around.transport().loop().execute(() -> Optional.ofNullable(sessions.get(peer))
                .ifPresent(session -> {
                    if (soft) {
                        session.resend();
                    } else {
                        session.reset(Notification.withText(BgpError.RESET, reason));
                    }
                }));
    }

    /** The same for whoever has no speaker in hand. */
    public BgpControl control() {
        return control;
    }

    Optional<PeerSession> session(String peer) {
        return Optional.ofNullable(sessions.get(peer));
    }

    Trace trace(String peer) {
        return traces.computeIfAbsent(
                peer, name -> new Trace(around.transport().loop().ticker()::wallClock));
    }

    void untrace(String peer, Consumer<String> watcher) {
        Optional.ofNullable(traces.get(peer)).ifPresent(trace -> trace.remove(watcher));
    }

    /** Who is to have no session, and what it is told. On the loop. */
    void disable(Map<String, String> reasonByPeer) {
        Map<String, String> before = disabled;
        disabled = reasonByPeer;
        if (closed) {
            return;
        }
        for (PeerPlan peer : plan.peers()) {
            PeerSession session = sessions.get(peer.name());
            String reason = disabled.get(peer.name());
            if (session == null || before.containsKey(peer.name()) == (reason != null)) {
                continue;
            }
            if (reason != null) {
                session.stop(Notification.withText(BgpError.SHUTDOWN, reason));
            }
            watch(peer, session);
            if (reason == null) {
                session.start();
            }
        }
        changed();
    }

    Optional<BgpPeerDetail> detail(String peer) {
        return session(peer).map(session -> session.view()
                .detail(bfdState(peer), Optional.ofNullable(disabled.get(peer)), listeners.isOpen()));
    }

    // Status

    private void changed() {
        if (!closed) {
            long now = around.now();
            around.transport().loop().schedule(STATUS_TAG, now + STATUS_DELAY_NANOS, this::publish);
        }
    }

    private void publish() {
        List<SessionStatus> states = new ArrayList<>();
        List<AnnouncementStates.PeerTables> tables = new ArrayList<>();
        Map<String, Long> totals = new HashMap<>();
        totals.put("bgp_refused_connections_total", refused);
        totals.put("bgp_encodings_total", around.batches().encoded());
        sessions.forEach((name, session) -> {
            states.add(session.view().status(bfdState(name), Optional.ofNullable(disabled.get(name))));
            tables.add(session.tables());
            session.addCounters(totals);
        });
        desk.publish(plan.generation(), states, tables, allProblems(), totals);
    }

    private Optional<BfdState> bfdState(String peer) {
        return Optional.ofNullable(watches.get(peer)).map(BfdWatch::state);
    }

    private List<Problem> allProblems() {
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(listeners.problems());
        return all;
    }

    @Override
    public void letGo(Runnable done) {
        if (ended) {
            done.run();
            return;
        }
        around.transport().loop().execute(() -> {
            lettingGo = true;
            plan = new BgpPlan(plan.generation(), plan.node(), List.of());
            suspend();
            changed();
            done.run();
        });
    }

    private void suspend() {
        listeners.close();
        watches.values().forEach(BfdWatch::close);
        watches.clear();
        sessions.values().forEach(PeerSession::suspend);
        sessions.clear();
        byAddress.clear();
    }

    /** A pause: sessions end without a word where the peer keeps our routes meanwhile. Blocks for a moment. */
    @Override
    public void close() {
        ended = true;
        around.transport().loop().execute(() -> {
            closed = true;
            hostGoneOnLoop();
            suspend();
        });
        around.transport().close();
        desk.close();
    }
}
