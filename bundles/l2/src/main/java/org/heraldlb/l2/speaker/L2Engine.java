package org.heraldlb.l2.speaker;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Announcer;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.l2.L2View;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.member.Membership;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.selection.Port;
import org.heraldlb.l2.selection.Selection;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;

/**
 * Carries out layer 2 plans: from the plan and the links it works out which ports are to be open and what each of them
 * claims, and makes it so. It runs again whenever either changes, and does nothing where nothing changed.
 */
public final class L2Engine implements L2Announcer {

    /** The announcer's name. */
    public static final String NAME = "l2";

    private static final String WARM_UP = "warm-up";
    private static final String PUBLISH = "publish";
    private static final String HEARSAY = "hearsay";
    private static final long WARM_UP_NANOS = Duration.ofMillis(600).toNanos();
    /** What comes within this time is acted on together. */
    private static final long GRAIN_NANOS = Duration.ofMillis(20).toNanos();

    private final EventLoop loop;
    private final PacketSockets sockets;
    private final LinkMonitor links;
    private final L2Settings settings;
    private final LatestWins<L2Plan> plans;
    private final Counters counters = new Counters();
    private final Permit permit = new Permit();
    private final Fellows fellows = new Fellows();
    private final Heritage heritage = new Heritage();
    private final Ports ports;
    private final Contests contests;
    private final Watchdog watchdog;
    private final Observatory observatory;
    private final Company company;
    private final Publication publication;
    private L2Plan plan;
    private Registration observation;
    private FrameSocket warmUpSocket;
    private boolean warm;

    public L2Engine(EventLoop loop, PacketSockets sockets, LinkMonitor links, L2Settings settings) {
        this(loop, sockets, links, settings, new SplittableRandom());
    }

    L2Engine(EventLoop loop, PacketSockets sockets, LinkMonitor links, L2Settings settings, RandomGenerator random) {
        this.loop = loop;
        this.sockets = sockets;
        this.links = links;
        this.settings = settings;
        this.plans = new LatestWins<>(loop, this::take);
        Bursts bursts = new Bursts(loop, settings.schedule());
        SpokenCounts spoken = counters.spoken();
        contests = new Contests(loop, bursts, fellows, spoken, random, this::publishSoon);
        watchdog = new Watchdog(loop, spoken, this::listen, this::publishSoon);
        ports = new Ports(loop, sockets, permit, counters, settings.pings(), new Follower());
        observatory = new Observatory(loop, ports);
        company = new Company(loop, permit, fellows, spoken, this::tellAgain, this::publishSoon);
        publication = new Publication(loop, counters, ports, watchdog, observatory, company::permits);
    }

    /** What happens at the ports by itself. */
    private final class Follower implements Ports.Superior {
        @Override
        public void retry() {
            reconcile();
        }

        @Override
        public void broken(Station station) {
            watch(selection());
            publish(selection(), false);
        }

        @Override
        public void closed(Station station) {
            station.tenures().forEach(contests::end);
        }

        @Override
        public void heard(Station station) {
            loop.schedule(HEARSAY, loop.ticker().nanos() + GRAIN_NANOS, L2Engine.this::listen);
        }
    }

    /** Warms up, then follows the links. */
    public void start() {
        loop.execute(this::warmUp);
        observation = links.observe(snapshot -> loop.execute(this::reconcile));
    }

    private void warmUp() {
        loop.schedule(WARM_UP, loop.ticker().nanos() + WARM_UP_NANOS, this::warmedUp);
        warmUpSocket = WarmUp.start(sockets, links.current(), () -> loop.execute(this::warmedUp));
    }

    private void warmedUp() {
        if (!warm) {
            warm = true;
            loop.cancel(WARM_UP);
            if (warmUpSocket != null) {
                warmUpSocket.close();
                warmUpSocket = null;
            }
            reconcile();
        }
    }

    @Override
    public void apply(L2Plan newest) {
        plans.offer(newest);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return publication.cell();
    }

    /** What operators may look at. */
    public L2View view() {
        return observatory;
    }

    /** Asks this membership before each answer from now on, and knows by it who the other nodes are. Any thread. */
    public void follow(Membership next) {
        company.follow(next);
    }

    /** Nobody does membership any more, unless it is another one by now: every answer is allowed. Any thread. */
    public void leave(Membership gone) {
        company.leave(gone);
    }

    private void take(L2Plan newest) {
        heritage.succeed(plan, newest, loop.ticker().nanos());
        fellows.watches(newest.watches());
        plan = newest;
        reconcile();
    }

    private Selection selection() {
        return new Selection(settings.rules(), links.current());
    }

    private void reconcile() {
        if (plan == null || !warm) {
            return;
        }
        Selection selection = selection();
        Map<Port, Map<IpAddress, L2Announcement>> wanted = selection.ports(plan.announcements());
        Map<IpAddress, AddressCounts> counts = counters.keep(
                plan.announcements().stream().map(L2Announcement::address).toList());
        Set<Port> open = new HashSet<>(wanted.keySet());
        plan.watches().forEach(watch -> open.addAll(selection.portsOf(watch)));
        ports.open(open, links.current());
        ports.stations()
                .forEach((port, station) ->
                        want(station, wanted.getOrDefault(port, Map.of()), counts, selection.hasCarrier(port)));
        Map<Station, Set<IpAddress>> watched = watch(selection);
        Set<IpAddress> kernels = kernels();
        ports.stations()
                .values()
                .forEach(station -> station.answer(counts, watched.getOrDefault(station, Set.of()), kernels));
        contests.settle();
        publish(selection, open.isEmpty());
    }

    private void want(
            Station station,
            Map<IpAddress, L2Announcement> wanted,
            Map<IpAddress, AddressCounts> counts,
            boolean carrier) {
        Station.Change change = station.want(wanted, counts, carrier);
        change.lost().forEach(contests::end);
        long now = loop.ticker().nanos();
        change.fresh()
                .forEach(tenure ->
                        contests.begin(tenure, heritage.has(tenure.claim().address(), now)));
        contests.gained(station, change.returned());
    }

    private Map<Station, Set<IpAddress>> watch(Selection selection) {
        Map<L2Watch, List<Station>> orders = new LinkedHashMap<>();
        Map<Station, Set<IpAddress>> watched = new HashMap<>();
        for (L2Watch watch : plan.watches()) {
            List<Station> where = selection.portsOf(watch).stream()
                    .map(ports.stations()::get)
                    .filter(Objects::nonNull)
                    .toList();
            orders.put(watch, where);
            where.forEach(station ->
                    watched.computeIfAbsent(station, key -> new HashSet<>()).add(watch.address()));
        }
        watchdog.watch(orders);
        return watched;
    }

    private Set<IpAddress> kernels() {
        return links.current().links().stream()
                .flatMap(link -> link.addresses().stream())
                .map(Link.LinkAddress::address)
                .collect(Collectors.toSet());
    }

    private void listen() {
        ports.stations()
                .values()
                .forEach(station -> station.listener().hearsay().drain((claim, mac, kind) -> {
                    if (kind == Hearsay.Kind.WATCHED) {
                        watchdog.heard(claim.address(), mac);
                    } else if (station.tenure(claim.address()) != null && !ports.isOwn(mac)) {
                        contests.heard(station.tenure(claim.address()), mac, kind);
                    }
                }));
        contests.settle();
    }

    /** Others may have spoken while this node was silent. */
    private void tellAgain(Mode mode) {
        ports.stations().values().forEach(station -> contests.gained(station, held(station, mode)));
        contests.settle();
    }

    private static List<IpAddress> held(Station station, Mode mode) {
        return station.tenures().stream()
                .filter(tenure -> tenure.isHeld() && tenure.claim().mode() == mode)
                .map(tenure -> tenure.claim().address())
                .toList();
    }

    private void publishSoon() {
        loop.schedule(PUBLISH, loop.ticker().nanos() + GRAIN_NANOS, () -> publish(selection(), false));
    }

    private void publish(Selection selection, boolean idle) {
        if (plan != null) {
            publication.publish(plan, selection, idle);
        }
    }

    /**
     * Stops answering. Says nothing to the link: the address goes where the next announcement says. Idempotent.
     */
    public void close() {
        if (observation != null) {
            observation.close();
        }
        loop.execute(this::closeAll);
        loop.close();
    }

    private void closeAll() {
        plan = null;
        company.close();
        if (warmUpSocket != null) {
            warmUpSocket.close();
        }
        ports.closeAll();
    }
}
