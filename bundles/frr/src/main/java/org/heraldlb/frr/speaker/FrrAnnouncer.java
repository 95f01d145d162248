package org.heraldlb.frr.speaker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.HandOver;
import org.heraldlb.api.Problem;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.frr.config.Delta;
import org.heraldlb.frr.config.Running;
import org.heraldlb.frr.config.Section;
import org.heraldlb.frr.render.FrrSettings;
import org.heraldlb.frr.render.Rendering;
import org.heraldlb.frr.render.Target;
import org.heraldlb.frr.state.Announcements;
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
    private static final long CHECK_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long ORPHAN_NANOS = Duration.ofSeconds(120).toNanos();
    private static final long EDITED_SHOWN_NANOS = Duration.ofMinutes(5).toNanos();
    private static final Target NO_TARGET = new Target(Section.root(), Map.of(), List.of());

    private final EventLoop loop;
    private final FrrHost host;
    private final FrrSettings settings;
    private final List<String> extras;
    private final LatestWins<BgpPlan> plans;
    private final SnapshotCell<AnnouncerStatus> status = new SnapshotCell<>(AnnouncerStatus.initial(NAME));
    private final Sessions sessions = new Sessions();
    private final Verdict verdict = new Verdict();
    private BgpPlan plan;
    private long observed = -1;
    private Target target = NO_TARGET;
    private Running known;
    private FrrLink link;
    private Map<String, String> disabled = Map.of();
    private String trouble = "";
    private boolean verified;
    private boolean extrasAreSaid;
    private boolean idle;
    private volatile boolean closed;
    private long nextCheck;
    private final long orphansAt;
    private List<AnnouncementStatus> announcements = List.of();
    private List<Object> announcedFor = List.of();

    /**
     * @param loop closed with the announcer; waits for FRR
     * @param extras the operator's own commands for bgpd, said once to each FRR
     */
    public FrrAnnouncer(EventLoop loop, FrrHost host, FrrSettings settings, List<String> extras) {
        this.extras = List.copyOf(extras);
        this.loop = loop;
        this.host = host;
        this.settings = settings;
        plans = new LatestWins<>(loop, this::take);
        orphansAt = loop.ticker().nanos() + ORPHAN_NANOS;
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
            changed = !connect() || tell();
            if (link != null) {
                look();
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
        known = null;
        verified = false;
        extrasAreSaid = false;
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

    /** True when something was told. */
    private boolean tell() throws IOException {
        if (link.takeNewBfdd()) {
            known = null;
            verified = false;
            verdict.asWanted();
        }
        boolean check = known == null || loop.ticker().nanos() - nextCheck >= 0;
        Delta delta = check ? freshDifference() : difference();
        if (!check && !delta.isEmpty() && !verdict.isKnownToFail(delta, false)) {
            // Before anything is changed: the operator may have been there since the last look.
            delta = freshDifference();
        }
        if (delta.isEmpty()) {
            asWanted(check);
            return false;
        }
        if (verdict.isKnownToFail(delta, check)) {
            return false;
        }
        if (check && verified) {
            verdict.edited(delta, loop.ticker().nanos());
        }
        change(delta);
        return true;
    }

    private void asWanted(boolean check) throws IOException {
        verified |= check;
        if (check) {
            verdict.asWanted();
        }
        sayExtras();
    }

    private Delta freshDifference() throws IOException {
        known = link.running();
        nextCheck = loop.ticker().nanos() + CHECK_NANOS;
        return difference();
    }

    private Delta difference() {
        target = Rendering.of(plan, settings, known, disabled);
        Delta delta = Delta.between(known, target.config());
        return link.hasBfdd() ? delta : delta.withoutBfdd();
    }

    private void change(Delta delta) throws IOException {
        verdict.told(delta, link.change(delta));
        FrrLog.changed(delta.size(), delta.resets());
        known = new Running(target.config(), known.instances());
        // What FRR made of it is looked at soon, once.
        verified = false;
        nextCheck = loop.ticker().nanos() + SOON_NANOS;
    }

    /** After ours, which they may refer to. */
    private void sayExtras() throws IOException {
        if (!extrasAreSaid && verified && !extras.isEmpty() && !plan.peers().isEmpty()) {
            extrasAreSaid = true;
            verdict.extras(link.say(extras));
        }
    }

    private void look() throws IOException {
        Map<String, Map<String, NeighborState>> found =
                target.neighbors().isEmpty() ? Map.of() : NeighborState.read(link.neighbors());
        sessions.found(target, found, loop.ticker().wallClock());
    }

    /** Nothing to announce, and that is what FRR does: nothing is left to be done. */
    private void rest() {
        if (plan.peers().isEmpty() && verified) {
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
        sessions.found(target, Map.of(), loop.ticker().wallClock());
    }

    private void disconnect() {
        if (link != null) {
            link.close();
            link = null;
        }
        known = null;
    }

    /** FRR, or a part of it, ended. Any thread. */
    public void gone() {
        loop.execute(this::step);
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
        Target.Neighbor neighbor = target.neighbors().get(peer);
        if (neighbor == null || link == null) {
            return;
        }
        String vrf = neighbor.vrf().equals("default") ? "" : "vrf " + neighbor.vrf() + " ";
        try {
            link.ask("clear bgp " + vrf + neighbor.key() + (soft ? " soft" : ""));
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
        Target.Neighbor neighbor = target.neighbors().get(peer);
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

    // Status

    private void publish() {
        Map<String, Long> counters = new TreeMap<>(sessions.counters());
        counters.put("frr_repairs_total", verdict.repairs());
        status.set(new AnnouncerStatus(
                NAME, observed, trouble.isEmpty(), announcements(), sessions.statuses(plan), problems(), counters));
    }

    private List<AnnouncementStatus> announcements() {
        List<Object> basis = List.of(
                System.identityHashCode(plan),
                sessions.states().values().stream()
                        .map(state -> List.of(state.state(), state.told()))
                        .toList());
        if (!basis.equals(announcedFor)) {
            announcements = Announcements.of(plan, target.neighbors(), sessions.states());
            announcedFor = basis;
        }
        return announcements;
    }

    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(target.problems());
        if (!trouble.isEmpty()) {
            problems.add(Problem.error("frrUnreachable", "FRR (" + host.describe() + ")", trouble)
                    .withFix("start FRR, let Herald read and write its sockets, or choose another backend:"
                            + " herald:bgp-backend native"));
            return problems;
        }
        if (plan.peers().stream().anyMatch(peer -> peer.bfd().isPresent()) && link != null && !link.hasBfdd()) {
            problems.add(
                    Problem.error("frrNoBfdd", "FRR (" + host.describe() + ")", "bfdd does not run, so BFD does not")
                            .withFix("set bfdd=yes in /etc/frr/daemons and restart FRR"));
        }
        Optional<Problem> told = verdict.problem(loop.ticker().nanos(), EDITED_SHOWN_NANOS);
        told.ifPresent(problems::add);
        return problems;
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
        target = NO_TARGET;
        trouble = "";
        disconnect();
        sessions.found(target, Map.of(), loop.ticker().wallClock());
        publish();
    }

    /** Nobody chose us, though what an earlier run of ours left is still announced. */
    private void orphans() {
        if (closed || plan != null) {
            return;
        }
        try (FrrLink found = FrrLink.open(host)) {
            Delta delta = Delta.between(found.running(), Section.root());
            if (!delta.isEmpty()) {
                FrrLog.orphans(delta.size());
                found.change(delta);
            }
        } catch (IOException nobody) {
            FrrLog.stillLost(host.describe(), nobody.getMessage());
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
