package org.heraldlb.frr.speaker;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.HandOver;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.frr.render.FrrSettings;
import org.heraldlb.frr.render.Target;
import org.heraldlb.frr.state.NeighborState;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;
import org.heraldlb.runtime.SnapshotCell;

/**
 * Carries BGP plans out by telling an FRR. Only differences are told; what is not marked as ours is never touched. FRR
 * is looked at twice a second and its configuration every few seconds, so that whatever happens to it is seen, reported
 * and put right.
 */
public final class FrrAnnouncer implements BgpAnnouncer, HandOver, AutoCloseable {

    /** Value of the service property {@code announcer.name}. */
    public static final String NAME = "frr";

    private static final String TICK = "tick";
    private static final long POLL_NANOS = Duration.ofMillis(500).toNanos();
    private static final long SOON_NANOS = Duration.ofMillis(100).toNanos();
    private static final long ORPHAN_NANOS = Duration.ofSeconds(120).toNanos();

    private final EventLoop loop;
    private final FrrHost host;
    private final FrrSettings settings;
    private final LatestWins<BgpPlan> plans;
    private final SnapshotCell<AnnouncerStatus> status = new SnapshotCell<>(AnnouncerStatus.initial(NAME));
    private final Sessions sessions = new Sessions();
    private final Teller teller;
    private final Report report;
    private BgpPlan plan;
    private long observed = -1;
    private FrrLink link;
    private Map<String, String> disabled = Map.of();
    private String trouble = "";
    private boolean idle;
    private volatile boolean closed;

    /**
     * @param loop closed with the announcer; waits for FRR
     * @param extras the operator's own commands for bgpd, said once to each FRR
     */
    public FrrAnnouncer(EventLoop loop, FrrHost host, FrrSettings settings, List<String> extras) {
        this.loop = loop;
        this.host = host;
        this.settings = settings;
        teller = new Teller(settings, extras, loop.ticker());
        report = new Report(host);
        plans = new LatestWins<>(loop, this::take);
        long orphansAt = loop.ticker().nanos() + ORPHAN_NANOS;
        if (host.outlivesUs()) {
            loop.execute(() -> loop.schedule(TICK, orphansAt, this::orphans));
        }
    }

    @Override
    public void apply(BgpPlan newest) {
        plans.offer(newest);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return status;
    }

    private void take(BgpPlan newest) {
        if (closed) {
            return;
        }
        plan = newest;
        idle = false;
        step();
    }

    // The one step: connect, tell, look.

    private void step() {
        if (closed || plan == null || idle) {
            return;
        }
        boolean changed = false;
        try {
            changed = !connect() || teller.tell(link, plan, disabled);
            if (link != null) {
                sessions.found(teller.target(), found(), loop.ticker().wallClock());
                observed = plan.generation();
                trouble = "";
                rest();
            }
        } catch (IOException failure) {
            lose(failure.getMessage());
        }
        publish();
        long pause = changed ? SOON_NANOS : POLL_NANOS;
        loop.schedule(TICK, loop.ticker().nanos() + pause, this::step);
    }

    /** False: FRR is starting. */
    private boolean connect() throws IOException {
        if (link != null) {
            keepRunning();
            return true;
        }
        if (!host.ensureRunning(this::gone)) {
            return false;
        }
        FrrLink opened = FrrLink.open(host);
        String version = opened.version();
        if (FrrLink.isTooOld(version)) {
            opened.close();
            throw new IOException("FRR " + version + " is too old: 8.4 is the oldest that is known to work");
        }
        link = opened;
        teller.connected();
        FrrLog.connected(host.describe(), version);
        return true;
    }

    /** bgpd does without the others for a moment. */
    private void keepRunning() {
        try {
            host.ensureRunning(this::gone);
        } catch (IOException soon) {
            FrrLog.stillLost(host.describe(), soon.getMessage());
        }
    }

    private Map<String, Map<String, NeighborState>> found() throws IOException {
        return teller.target().neighbors().isEmpty() ? Map.of() : NeighborState.read(link.neighbors());
    }

    /** Nothing to announce, and that is what FRR does: nothing is left to be done. */
    private void rest() {
        if (plan.peers().isEmpty() && teller.isVerified()) {
            idle = true;
            disconnect();
            host.stop();
        }
    }

    private void lose(String why) {
        String text = why == null ? "it does not answer" : why;
        if (trouble.isEmpty()) {
            FrrLog.lost(host.describe(), text);
        } else {
            FrrLog.stillLost(host.describe(), text);
        }
        trouble = text;
        disconnect();
        sessions.found(teller.target(), Map.of(), loop.ticker().wallClock());
    }

    private void disconnect() {
        if (link != null) {
            link.close();
            link = null;
        }
        teller.lost();
    }

    /** FRR, or a part of it, ended. Any thread. */
    public void gone() {
        loop.execute(this::step);
    }

    private void publish() {
        boolean hasBfdd = link == null || link.hasBfdd();
        status.set(report.of(
                plan,
                observed,
                teller,
                sessions,
                trouble,
                hasBfdd,
                loop.ticker().nanos()));
    }

    // Verbs of the operator

    EventLoop loop() {
        return loop;
    }

    void disable(Map<String, String> reasonByPeer) {
        disabled = Map.copyOf(reasonByPeer);
        step();
    }

    Optional<String> disabled(String peer) {
        return Optional.ofNullable(disabled.get(peer));
    }

    /** Ends a session, or tells everything again and asks for the same. */
    void clear(String peer, boolean soft) {
        Target.Neighbor neighbor = teller.target().neighbors().get(peer);
        if (neighbor == null || link == null) {
            return;
        }
        try {
            link.clear(neighbor, soft);
        } catch (IOException failure) {
            lose(failure.getMessage());
        }
    }

    Optional<PeerPlan> peer(String name) {
        return plan == null
                ? Optional.empty()
                : plan.peers().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The routes that a neighbour told, where FRR keeps them. */
    List<ReceivedRoute> received(String peer) {
        Target.Neighbor neighbor = teller.target().neighbors().get(peer);
        if (neighbor == null || link == null || !settings.keepReceived()) {
            return List.of();
        }
        try {
            return link.received(neighbor);
        } catch (IOException failure) {
            lose(failure.getMessage());
            return List.of();
        }
    }

    // The end

    @Override
    public void letGo(Runnable done) {
        if (closed) {
            done.run();
        }
        loop.execute(() -> {
            if (!closed && plan != null && !idle) {
                cut();
            }
            done.run();
        });
    }

    private void cut() {
        host.cut(sessions.remotes());
        plan = new BgpPlan(plan.generation(), plan.node(), List.of());
        if (host.outlivesUs()) {
            // Its sessions are down, so that taking them out says nothing to anybody.
            step();
            return;
        }
        idle = true;
        trouble = "";
        disconnect();
        teller.nothingWanted();
        sessions.found(teller.target(), Map.of(), loop.ticker().wallClock());
        publish();
    }

    private void orphans() {
        if (!closed && plan == null) {
            Orphans.takeOut(host);
        }
    }

    /** A pause: an FRR that outlives us goes on, one of ours ends as in a crash, and peers keep what they know. */
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            if (!host.outlivesUs()) {
                host.cut(List.of());
            }
            disconnect();
            host.stop();
        });
        loop.close();
    }
}
