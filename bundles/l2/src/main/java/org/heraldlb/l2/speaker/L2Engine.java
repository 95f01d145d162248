package org.heraldlb.l2.speaker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.host.FrameFilter;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Announcer;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.l2.responder.AddressCounts;
import org.heraldlb.l2.responder.ArpResponder;
import org.heraldlb.l2.responder.FlightRecorder;
import org.heraldlb.l2.responder.FlightRecorder.Sighting;
import org.heraldlb.l2.responder.NeighborResponder;
import org.heraldlb.l2.responder.OwnMacs;
import org.heraldlb.l2.responder.Responder;
import org.heraldlb.l2.selection.Port;
import org.heraldlb.l2.selection.Selection;
import org.heraldlb.runtime.Backoff;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;
import org.heraldlb.runtime.SnapshotCell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out layer 2 plans: from the plan and the links it works out which ports are to be open and what each of them
 * claims, and makes it so. It runs again whenever either changes, and does nothing where nothing changed.
 */
public final class L2Engine implements L2Announcer {

    /** The announcer's name. */
    public static final String NAME = "l2";

    private static final Logger LOG = LoggerFactory.getLogger(L2Engine.class);
    private static final String WARM_UP = "warm-up";
    private static final String RETRY = "retry";
    private static final String COUNT = "count";
    private static final long WARM_UP_NANOS = Duration.ofMillis(600).toNanos();
    private static final long COUNT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int RECORDED_FRAMES = 256;
    private static final Backoff.Policy RETRIES =
            new Backoff.Policy(Duration.ofMillis(500), Duration.ofSeconds(10), 2, 0.2);

    private final EventLoop loop;
    private final PacketSockets sockets;
    private final LinkMonitor links;
    private final L2Settings settings;
    private final Bursts bursts;
    private final LatestWins<L2Plan> plans;
    private final SnapshotCell<AnnouncerStatus> cell = new SnapshotCell<>(AnnouncerStatus.initial(NAME));
    private final Counters counters = new Counters();
    private final Map<Port, Station> stations = new LinkedHashMap<>();
    private final Map<Port, String> refused = new LinkedHashMap<>();
    private Backoff retries = newRetries();
    private L2Plan plan;
    private Registration observation;
    private FrameSocket warmUpSocket;
    private boolean warm;
    private long activity;

    public L2Engine(EventLoop loop, PacketSockets sockets, LinkMonitor links, L2Settings settings) {
        this.loop = loop;
        this.sockets = sockets;
        this.links = links;
        this.settings = settings;
        this.bursts = new Bursts(loop, settings.schedule());
        this.plans = new LatestWins<>(loop, this::take);
    }

    private static Backoff newRetries() {
        return RETRIES.start(new SplittableRandom());
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
        return cell;
    }

    private void take(L2Plan newest) {
        plan = newest;
        reconcile();
    }

    private void reconcile() {
        if (plan == null || !warm) {
            return;
        }
        Selection selection = new Selection(settings.rules(), links.current());
        Map<Port, Set<IpAddress>> wanted = selection.ports(plan.announcements());
        Map<IpAddress, AddressCounts> all = counters.keep(
                plan.announcements().stream().map(L2Announcement::address).toList());
        closeUnwanted(wanted.keySet());
        openMissing(wanted.keySet());
        Map<Station, List<IpAddress>> news = new LinkedHashMap<>();
        stations.forEach((port, station) -> {
            List<IpAddress> gained = station.claim(wanted.get(port), all, selection.hasCarrier(port));
            if (!gained.isEmpty()) {
                news.put(station, gained);
            }
        });
        bursts.start(news);
        publish(selection, wanted.isEmpty());
    }

    private void closeUnwanted(Set<Port> wanted) {
        stations.values().removeIf(station -> {
            boolean unwanted = !wanted.contains(station.port());
            if (unwanted) {
                close(station);
            }
            return unwanted;
        });
        refused.keySet().retainAll(wanted);
    }

    private void close(Station station) {
        counters.closed(station);
        station.close();
        LOG.info("{}: closed", describe(station.port()));
    }

    private void openMissing(Set<Port> wanted) {
        for (Port port : wanted) {
            if (!stations.containsKey(port)) {
                open(port);
            }
        }
        if (refused.isEmpty()) {
            retries = newRetries();
            loop.cancel(RETRY);
        } else {
            loop.schedule(RETRY, loop.ticker().nanos() + retries.nextNanos(), this::reconcile);
        }
    }

    private void open(Port port) {
        Link link = links.current().byName(port.name()).orElseThrow();
        Listener listener = new Listener(
                responder(port),
                new FlightRecorder(RECORDED_FRAMES),
                reason -> loop.execute(() -> broken(port, reason)));
        FrameFilter filter = port.family() == IpFamily.IPV4 ? FrameFilter.ARP : FrameFilter.NEIGHBOR_DISCOVERY;
        try {
            stations.put(port, new Station(port, sockets.open(link, filter, listener), listener));
            refused.remove(port);
            LOG.info("{}: open", describe(port));
        } catch (IOException refusal) {
            refuse(port, refusal.getMessage());
        }
    }

    private Responder responder(Port port) {
        OwnMacs own = new OwnMacs(links.current().links().stream()
                .flatMap(link -> link.mac().stream())
                .toList());
        return port.family() == IpFamily.IPV4
                ? new ArpResponder(port.mac().bits(), own)
                : new NeighborResponder(port.mac().bits(), own);
    }

    private void refuse(Port port, String reason) {
        if (!reason.equals(refused.put(port, reason))) {
            LOG.warn("{}: {}; trying again", describe(port), reason);
        }
    }

    private void broken(Port port, String reason) {
        Station station = stations.remove(port);
        if (station != null) {
            close(station);
            refuse(port, reason);
            loop.schedule(RETRY, loop.ticker().nanos() + retries.nextNanos(), this::reconcile);
            publish(new Selection(settings.rules(), links.current()), false);
        }
    }

    private static String describe(Port port) {
        return (port.family() == IpFamily.IPV4 ? "ARP on " : "NDP on ") + port.name();
    }

    private void publish(Selection selection, boolean idle) {
        Report report = new Report(selection, stations, refused);
        List<AnnouncementStatus> announcements =
                plan.announcements().stream().map(report::of).toList();
        List<Problem> problems = new ArrayList<>();
        refused.forEach((port, reason) -> problems.add(Problem.error("l2Socket", describe(port), reason)));
        stations.values().stream()
                .filter(station -> !station.trouble().isEmpty())
                .forEach(
                        station -> problems.add(Problem.error("l2Group", describe(station.port()), station.trouble())));
        boolean ready = idle || !stations.isEmpty();
        activity = counters.activity(stations.values());
        cell.set(new AnnouncerStatus(
                NAME,
                plan.generation(),
                ready,
                announcements,
                List.of(),
                problems,
                counters.metrics(stations.values())));
        loop.schedule(COUNT, loop.ticker().nanos() + COUNT_NANOS, this::count);
    }

    /** Brings the counters of the status up to date, which frames alone do not. */
    private void count() {
        AnnouncerStatus now = cell.current();
        long newest = counters.activity(stations.values());
        if (newest != activity) {
            activity = newest;
            cell.set(new AnnouncerStatus(
                    NAME,
                    now.observedGeneration(),
                    now.ready(),
                    now.announcements(),
                    now.sessions(),
                    now.problems(),
                    counters.metrics(stations.values())));
        }
        loop.schedule(COUNT, loop.ticker().nanos() + COUNT_NANOS, this::count);
    }

    /** The last frames by interface and protocol; on the loop only. */
    Map<String, List<Sighting>> sightings() {
        loop.assertInLoop();
        Map<String, List<Sighting>> all = new HashMap<>();
        stations.forEach((port, station) ->
                all.put(describe(port), station.listener().recorder().sightings()));
        return all;
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
        if (warmUpSocket != null) {
            warmUpSocket.close();
        }
        stations.values().forEach(this::close);
        stations.clear();
    }
}
