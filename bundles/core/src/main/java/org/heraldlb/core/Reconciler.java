package org.heraldlb.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.host.HealthVerdicts;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Explainer;
import org.heraldlb.api.system.Maintenance;
import org.heraldlb.api.system.Maintenance.Phase;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.core.merge.IncrementalMerge;
import org.heraldlb.core.merge.Merged;
import org.heraldlb.core.plan.ClusterPlan;
import org.heraldlb.core.plan.IncrementalPlanner;
import org.heraldlb.core.plan.NodePlans;
import org.heraldlb.core.plan.PlanInput;
import org.heraldlb.core.plan.Self;
import org.heraldlb.core.plan.SteadyWeights;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.SnapshotCell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what should be out of what is known: the one task of the loop. */
final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final String WAKE = "wake";
    private static final String WATCHES = "watches";
    private static final Duration WATCHES_AFTER = Duration.ofSeconds(1);
    private static final Duration CLAIM_AFTER = Duration.ofSeconds(10);

    final Inputs inputs = new Inputs();
    final Sources sources = new Sources();
    final Announcers announcers;
    final SnapshotCell<SystemSnapshot> view;
    final SnapshotCell<NodeFacts> facts = new SnapshotCell<>(NodeFacts.NONE);
    private final Takeovers takeovers = new Takeovers();
    private final Moves moves = new Moves();
    private final SteadyWeights weights = new SteadyWeights();
    final PeerSwitch peers = new PeerSwitch();
    private Upkeep upkeep;
    private NodePlans told;
    private final EventLoop loop;
    private final Allocations allocations;
    private CoreSettings settings;
    private IncrementalMerge merge;
    private IncrementalPlanner planner;
    private Merged merged = Merged.EMPTY;
    private PlanInput planned;
    private ClusterPlan plan;
    private Explainer explainer = Explainer.NONE;
    private boolean queued;
    private boolean inputsChanged;
    /** Other plans are to be told although what they are made from is the same. */
    private boolean retell;

    private long newsNanos;
    private final List<CompletableFuture<Void>> leaving = new ArrayList<>();
    private boolean begun;
    private boolean arrived;
    private boolean closed;
    private long startNanos;

    Reconciler(EventLoop loop, CoreSettings settings) {
        this.loop = loop;
        this.settings = settings;
        this.allocations = new Allocations(inputs, settings);
        this.merge = new IncrementalMerge(List.of(), settings.checks());
        this.announcers = new Announcers(loop::execute, this::statusChanged);
        this.view = new SnapshotCell<>(nothing());
    }

    private static SystemSnapshot nothing() {
        return new SystemSnapshot(
                0,
                "",
                Intent.EMPTY,
                AllocationResult.EMPTY,
                new TreeMap<>(),
                new SystemSnapshot.Plans(
                        new L2Plan(0, "", List.of()),
                        new BgpPlan(0, "", List.of()),
                        new HostAddressPlan(0, "", List.of())),
                new SystemSnapshot.Progress(List.of(), List.of(), List.of()),
                SystemSnapshot.Cluster.ALONE,
                List.of(),
                Explainer.NONE);
    }

    void start() {
        startNanos = loop.ticker().nanos();
        allocations.open(loop.ticker().wallClock());
        upkeep = new Upkeep(
                OrdersFile.open(settings.state()),
                loop.ticker().wallClock(),
                loop.ticker().nanos());
        announcers.l2.target(settings.targets().l2());
        announcers.bgp.target(settings.targets().bgp());
        changed();
    }

    /** Other settings: everything is checked, asked and planned again. The state directory stays. */
    void settings(CoreSettings next) {
        settings = next;
        merge = new IncrementalMerge(merged.accepted(), next.checks());
        allocations.settings(next);
        announcers.l2.target(next.targets().l2());
        announcers.bgp.target(next.targets().bgp());
        changed();
    }

    /** Something that plans may depend on is different. */
    void changed() {
        newsNanos = inputsChanged ? newsNanos : loop.ticker().nanos();
        inputsChanged = true;
        queue();
    }

    /** Something that only the snapshot shows is different. */
    void statusChanged() {
        queue();
    }

    /** An operator asks for something. */
    void order(Consumer<Upkeep> order) {
        if (upkeep != null && !closed) {
            order.accept(upkeep);
            retell();
        }
    }

    private void retell() {
        retell = true;
        changed();
    }

    /** The process ends: others are to take over first. Completed when they have, or had the time for it. */
    void leave(CompletableFuture<Void> left) {
        if (plan == null || closed) {
            left.complete(null);
            return;
        }
        leaving.add(left);
        Instant now = loop.ticker().wallClock();
        order(one -> one.stop(
                new Maintenance.Order("the process ends", now, Optional.empty()),
                loop.ticker().nanos()));
    }

    private void queue() {
        if (!queued) {
            queued = true;
            loop.execute(this::run);
        }
    }

    /** Another Ipam, or another role. */
    void ipamChanged() {
        allocations.askAnew();
    }

    private void run() {
        queued = false;
        if (!allocations.isOpen() || closed) {
            return;
        }
        if (inputsChanged && mayBegin()) {
            inputsChanged = false;
            recompute();
        }
        if (plan != null) {
            settle();
        }
        scheduleNext();
        publish();
    }

    /** What follows from the plan, from what became of it, and from time. */
    private void settle() {
        long nowNanos = loop.ticker().nanos();
        if (upkeep.advance(inputs.members, settings.drain(), loop.ticker().wallClock(), nowNanos)) {
            retell();
        }
        peers.disable(upkeep.disabledPeers());
        announcers.l2.status().ifPresent(status -> moves.announced(status.observedGeneration(), nowNanos));
        claim();
        inputs.own.tookOver(takeovers.done(announcers.l2.status()));
        arrived = arrived || hasArrived();
        if (arrived && facts.current() != inputs.own.facts()) {
            facts.set(inputs.own.facts());
        }
        if (upkeep.phase() == Phase.DRAINED && !retell) {
            leaving.forEach(left -> left.complete(null));
            leaving.clear();
        }
    }

    /** Whether this node announces what it owns beside the members that it knows, so that these may stop. */
    private boolean hasArrived() {
        boolean met = planned.liveness()
                .alive()
                .map(names -> names.contains(planned.self().node()))
                .orElse(true);
        return met && announcers.l2.status().map(this::hasActed).orElse(true);
    }

    private boolean hasActed(AnnouncerStatus layer2) {
        return layer2.observedGeneration() >= plan.generation();
    }

    /**
     * At the start nothing is decided on half of the facts: whoever announces goes on with the plan that it has. After
     * the grace time what is there has to do.
     */
    private boolean mayBegin() {
        boolean complete =
                !sources.isEmpty() && sources.allSynced() && inputs.ipam != null && !inputs.membershipExpected;
        begun |= inputs.identity != null && (complete || graceIsOver());
        return begun;
    }

    private boolean graceIsOver() {
        return loop.ticker().nanos() - startNanos >= settings.grace().toNanos();
    }

    private void recompute() {
        sources.expire(loop.ticker().nanos());
        merged = merge.merge(sources.effective());
        inputs.watch(inputs.own.checks(merged.intent(), inputs.identity.name()));
        allocations.allocate(merged.intent(), sourceAwaited(), loop.ticker().wallClock());
        PlanInput next = planInput();
        if (planned == null || retell || !sameInputs(planned, next)) {
            retell = false;
            plan(next);
        }
    }

    /** Whether services of this source may still appear. */
    private Predicate<String> sourceAwaited() {
        boolean graceIsOver = graceIsOver();
        return id -> !sources.isSynced(id) && !(graceIsOver && sources.allSynced());
    }

    private PlanInput planInput() {
        HealthVerdicts verdicts =
                inputs.verdicts.effective(inputs.watched(), loop.ticker().nanos());
        inputs.own.health(
                verdicts, upkeep.withdrawnServices(allocations.result().allocations()));
        inputs.own.draining(upkeep.leaves());
        if (planned == null) {
            // After a swap of core the others still hold what its predecessor claimed.
            inputs.members
                    .map(snapshot -> snapshot.members().get(inputs.identity.name()))
                    .ifPresent(member -> inputs.own.claims(member.facts().claims()));
        }
        Self self = new Self(inputs.identity.name(), inputs.identity.labels(), verdicts);
        return new PlanInput(
                plan == null ? 1 : plan.generation() + 1,
                merged.intent(),
                allocations.result(),
                inputs.liveness(),
                self,
                settings.planning(),
                weights.weights(
                        merged.intent(),
                        inputs.identity.name(),
                        settings.weights(),
                        loop.ticker().nanos()));
    }

    private static boolean sameInputs(PlanInput last, PlanInput next) {
        return last.intent() == next.intent()
                && last.allocation().allocations() == next.allocation().allocations()
                && last.liveness().equals(next.liveness())
                && last.self().equals(next.self())
                && last.options().equals(next.options())
                && last.weights().equals(next.weights());
    }

    private void plan(PlanInput next) {
        if (planner == null || !planned.self().node().equals(next.self().node())) {
            planner = new IncrementalPlanner(next.self().node());
        }
        ClusterPlan before = plan;
        plan = planner.plan(next);
        if (planned == null || !planned.liveness().equals(next.liveness())) {
            upkeep.watches(List.of());
        }
        takeovers.planned(plan.generation(), next.self().node(), inputs.members);
        claim();
        String reason = Cause.of(planned, next, inputs.suspects());
        // What this node claims is what this plan says: no reason for another plan.
        planned = next.with(inputs.liveness());
        told = upkeep.shape(
                plan, next.self().node(), inputs.members, loop.ticker().nanos());
        LOG.debug(
                "generation {}: {} addresses by layer 2",
                plan.generation(),
                told.l2().announcements().size());
        announcers.apply(told);
        long nowNanos = loop.ticker().nanos();
        moves.planned(
                before,
                plan,
                next.self().node(),
                new Moves.Occasion(reason, loop.ticker().wallClock(), inputs.silence(), newsNanos, nowNanos));
        if (inputs.members.isPresent()) {
            loop.schedule(WATCHES, nowNanos + WATCHES_AFTER.toNanos(), this::watch);
        }
        explainer = plan.explainer(inputs.ipam, allocations.asked());
    }

    /** Who watches what costs more than the plan, and is not urgent. */
    private void watch() {
        List<L2Watch> next = plan.watches(planned.self().node());
        if (!closed && !next.equals(upkeep.watches())) {
            upkeep.watches(next);
            retell();
        }
    }

    /**
     * Sticky addresses are claimed only by a node that has known the others for a while: a node that has just come must
     * not take an address from who has it.
     */
    private void claim() {
        boolean settled =
                inputs.members.isPresent() && loop.ticker().nanos() - inputs.membersSinceNanos >= CLAIM_AFTER.toNanos();
        SortedSet<IpAddress> sticky = plan.sticky();
        if (!settled) {
            sticky.retainAll(inputs.own.facts().claims());
        }
        inputs.own.claims(sticky);
    }

    /** What becomes true by time alone: the end of a grace, of a reservation, of a check's time to settle. */
    private void scheduleNext() {
        long nowNanos = loop.ticker().nanos();
        Instant now = loop.ticker().wallClock();
        long wait = Math.min(sources.nanosToNext(nowNanos), inputs.verdicts.nanosToNext(nowNanos));
        wait = Math.min(wait, plan == null ? Long.MAX_VALUE : upkeep.nanosToNext(settings.drain(), nowNanos));
        long settling = inputs.membersSinceNanos + CLAIM_AFTER.toNanos() - nowNanos;
        if (inputs.members.isPresent() && settling > 0) {
            wait = Math.min(wait, settling);
        }
        wait = Math.min(wait, weights.nanosToNext(settings.weights(), nowNanos));
        if (!graceIsOver()) {
            wait = Math.min(wait, startNanos + settings.grace().toNanos() - nowNanos);
        }
        wait = Math.min(wait, nextExpiry(now).map(at -> nanosUntil(now, at)).orElse(Long.MAX_VALUE));
        if (wait < Long.MAX_VALUE) {
            loop.reschedule(WAKE, nowNanos + wait, this::changed);
        }
    }

    private Optional<Instant> nextExpiry(Instant now) {
        return Stream.of(
                        allocations.nextExpiry().stream(),
                        upkeep.orders().nextEnd().stream(),
                        merged.intent().addressing().reservations().stream()
                                .flatMap(reservation -> reservation.expires().stream()))
                .flatMap(all -> all)
                .filter(expires -> expires.isAfter(now))
                .min(Instant::compareTo);
    }

    /** At least a millisecond, so that a clock that lags does not make a busy loop; at most an hour, since it may jump. */
    private static long nanosUntil(Instant now, Instant at) {
        Duration wait = Duration.between(now, at);
        Duration bounded = wait.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofHours(1) : wait;
        return Math.max(Duration.ofMillis(1).toNanos(), bounded.toNanos());
    }

    private void publish() {
        SystemSnapshot last = view.current();
        SystemSnapshot.Progress progress =
                new SystemSnapshot.Progress(sources.statuses(), announcers.statuses(), inputs.unsatisfied);
        if (plan == null) {
            view.set(new SystemSnapshot(
                    0,
                    inputs.identity == null ? "" : inputs.identity.name(),
                    last.intent(),
                    last.allocation(),
                    last.owners(),
                    last.plans(),
                    progress,
                    cluster(),
                    inputs.problems(),
                    Explainer.NONE));
            return;
        }
        NodePlans own = told;
        view.set(new SystemSnapshot(
                plan.generation(),
                planned.self().node(),
                merged.intent(),
                allocations.result(),
                plan.owners(),
                new SystemSnapshot.Plans(own.l2(), own.bgp(), own.addresses()),
                progress,
                cluster(),
                problems(own),
                explainer));
    }

    private SystemSnapshot.Cluster cluster() {
        return new SystemSnapshot.Cluster(
                inputs.members,
                upkeep.maintenance(settings.drain(), loop.ticker().nanos()),
                moves.shown(),
                settings.planning().shadow());
    }

    private List<Problem> problems(NodePlans own) {
        List<Problem> all = new ArrayList<>(merged.problems());
        all.addAll(allocations.result().failures().values());
        all.addAll(allocations.result().problems());
        all.addAll(plan.problems());
        all.addAll(allocations.problems());
        all.addAll(upkeep.problems());
        all.addAll(inputs.problems());
        all.addAll(announcers.missing(own));
        announcers.statuses().forEach(status -> all.addAll(status.problems()));
        return all.stream().sorted().distinct().toList();
    }

    void close() {
        closed = true;
        leaving.forEach(left -> left.complete(null));
        allocations.close();
    }
}
