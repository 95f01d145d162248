package org.heraldlb.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.api.host.HealthChecker;
import org.heraldlb.api.host.HostAddressAnnouncer;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.api.ipam.AllocationRole;
import org.heraldlb.api.ipam.AllocationRole.Role;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.api.l2.L2Announcer;
import org.heraldlb.api.member.Membership;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.system.NodeControl;
import org.heraldlb.api.system.NodeIdentity;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.core.maintenance.DrainWaits;
import org.heraldlb.runtime.EventLoop;

/**
 * The doors of the core: every method posts to the loop and returns at once, from any thread. Services come and go in any
 * order; the work itself is {@link Reconciler}'s.
 */
public final class CoreLoop implements AutoCloseable {

    private static final String HAND_OVER = "hand-over";
    private static final Duration HAND_OVER_LIMIT = Duration.ofSeconds(10);
    /** Longer would cost the routes that a router keeps for a restart. */
    private static final Duration LET_GO_LIMIT = Duration.ofSeconds(2);

    private static final String ROLE = "role";
    private static final String COMPONENTS = "components";
    private static final Duration COMPONENTS_INTERVAL = Duration.ofSeconds(2);

    private final EventLoop loop;
    private CoreSettings settings;
    private final Reconciler reconciler;
    private final Inputs inputs;
    private final Sources sources;
    private final Announcers announcers;
    private final Map<Object, Registration> observations = new HashMap<>();

    /** Nothing runs before {@link #start}. The loop is closed with this. */
    public CoreLoop(EventLoop loop, CoreSettings settings) {
        this.loop = loop;
        this.settings = settings;
        this.reconciler = new Reconciler(loop, settings);
        this.inputs = reconciler.inputs;
        this.sources = reconciler.sources;
        this.announcers = reconciler.announcers;
    }

    /** Begins to wait for sources; call it when what is there already has been bound. */
    public void start() {
        loop.execute(reconciler::start);
    }

    public SnapshotSource<SystemSnapshot> view() {
        return reconciler.view;
    }

    /** What this node tells the others about itself. */
    public SnapshotSource<NodeFacts> facts() {
        return reconciler.facts;
    }

    /** What operators may ask. */
    public NodeControl control() {
        return new Operators(loop, reconciler);
    }

    /**
     * Hands the layer-2 addresses over because the process ends. Completed when others announce them, or have had
     * {@link DrainWaits#stop} for it; at once where there is nobody else.
     */
    public CompletableFuture<Void> leave() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        loop.execute(() -> reconciler.leave(left));
        return left;
    }

    /** @param key identity of the service */
    public void addBgpControl(Object key, BgpControl control) {
        loop.execute(() -> reconciler.peers.add(key, control));
    }

    public void removeBgpControl(Object key) {
        loop.execute(() -> reconciler.peers.remove(key));
    }

    /** Other settings from now on; the state directory stays. */
    public void settings(CoreSettings next) {
        loop.execute(() -> {
            settings = next;
            reconciler.settings(next);
            limitHandOver();
        });
    }

    /** @param key identity of the service */
    public void addSource(Object key, IntentSource source, int precedence) {
        loop.execute(() -> {
            Registration observation = source.observe(fragment -> loop.execute(() -> {
                if (observations.containsKey(key)) {
                    sources.update(key, precedence, fragment);
                    reconciler.changed();
                }
            }));
            Registration old = observations.put(key, observation);
            if (old != null) {
                old.close();
            }
        });
    }

    public void removeSource(Object key) {
        loop.execute(() -> {
            Registration observation = observations.remove(key);
            if (observation != null) {
                observation.close();
                sources.remove(key, loop.ticker().nanos() + settings.grace().toNanos());
                reconciler.changed();
            }
        });
    }

    /** The best one there is, or null. */
    public void ipam(Ipam ipam) {
        loop.execute(() -> {
            inputs.ipam = ipam;
            reconciler.ipamChanged();
            reconciler.changed();
        });
    }

    /**
     * Who says whether this node gives out addresses, or null: then it does. What was said last counts for the grace: while
     * a source is exchanged, a node that followed must not begin to give out what another node gives out.
     */
    public void allocationRole(AllocationRole role) {
        loop.execute(() -> {
            if (role == null) {
                inputs.roleObservation(null);
                long deadline = loop.ticker().nanos() + settings.grace().toNanos();
                loop.reschedule(ROLE, deadline, () -> role(Role.ALLOCATE));
            } else {
                loop.cancel(ROLE);
                inputs.roleSource = role.source();
                inputs.roleObservation(role.observe(next -> loop.execute(() -> role(next))));
            }
            reconciler.ipamChanged();
            reconciler.changed();
        });
    }

    private void role(Role next) {
        if (inputs.role != next) {
            inputs.role = next;
            reconciler.ipamChanged();
            reconciler.changed();
        }
    }

    public void identity(NodeIdentity identity) {
        loop.execute(() -> {
            inputs.identity = identity == null ? inputs.identity : identity;
            reconciler.changed();
        });
    }

    /** The best one there is, or null. */
    public void healthChecker(HealthChecker checker) {
        loop.execute(() -> {
            inputs.checker = checker;
            inputs.checkerObservation(null);
            if (checker != null) {
                inputs.verdicts.checkerChanged(loop.ticker().nanos());
                inputs.rewatch();
                inputs.checkerObservation(checker.observe(verdicts -> loop.execute(() -> {
                    inputs.verdicts.verdicts(verdicts);
                    reconciler.changed();
                })));
            }
            reconciler.changed();
        });
    }

    /** The best one there is, or null: its last word counts until another comes. */
    public void linkMonitor(LinkMonitor monitor) {
        loop.execute(() -> inputs.linkObservation(
                monitor == null ? null : monitor.observe(links -> loop.execute(() -> links(links)))));
    }

    private void links(LinkSnapshot links) {
        inputs.links = links;
        if (inputs.own.links(links)) {
            reconciler.changed();
        } else {
            reconciler.statusChanged();
        }
    }

    /** There will be a membership: nothing is decided before it is there, or the grace is over. */
    public void expectMembership() {
        loop.execute(() -> inputs.membershipExpected = true);
    }

    /** The best one there is, or null: without one every known node counts as alive. */
    public void membership(Membership membership) {
        loop.execute(() -> {
            inputs.members = Optional.empty();
            inputs.membersSinceNanos = loop.ticker().nanos();
            inputs.memberObservation(
                    membership == null
                            ? null
                            : membership.observe(members -> loop.execute(() -> {
                                inputs.members = Optional.of(members).filter(all -> !all.isAlone());
                                inputs.membershipExpected = false;
                                reconciler.changed();
                            })));
            reconciler.changed();
        });
    }

    /** Who knows the components that wait for something, or null; asked on the loop, now and at intervals. */
    public void components(Supplier<List<String>> unsatisfied) {
        loop.execute(() -> {
            inputs.components = unsatisfied == null ? List::of : unsatisfied;
            refreshComponents();
        });
    }

    public void componentsChanged() {
        loop.execute(this::refreshComponents);
    }

    private void refreshComponents() {
        List<String> next = inputs.components.get();
        if (!next.equals(inputs.unsatisfied)) {
            inputs.unsatisfied = next;
            reconciler.statusChanged();
        }
        loop.reschedule(COMPONENTS, loop.ticker().nanos() + COMPONENTS_INTERVAL.toNanos(), this::refreshComponents);
    }

    /** @param key identity and rank of the service: the highest is chosen */
    public void addL2(Rank key, L2Announcer announcer, Map<String, ?> properties) {
        loop.execute(() -> {
            announcers.l2.offer(new AnnouncerSlot.Offer<>(key, announcer, properties));
            limitHandOver();
        });
    }

    public void removeL2(Rank key) {
        loop.execute(() -> announcers.l2.withdraw(key));
    }

    /** @param key identity and rank of the service: the highest that the target accepts is chosen */
    public void addBgp(Rank key, BgpAnnouncer announcer, Map<String, ?> properties) {
        loop.execute(() -> {
            announcers.bgp.offer(new AnnouncerSlot.Offer<>(key, announcer, properties));
            limitHandOver();
        });
    }

    public void removeBgp(Rank key) {
        loop.execute(() -> announcers.bgp.withdraw(key));
    }

    /** @param key identity and rank of the service: the highest is chosen */
    public void addHostAddresses(Rank key, HostAddressAnnouncer announcer, Map<String, ?> properties) {
        loop.execute(() -> announcers.addresses.offer(new AnnouncerSlot.Offer<>(key, announcer, properties)));
    }

    public void removeHostAddresses(Rank key) {
        loop.execute(() -> announcers.addresses.withdraw(key));
    }

    /** A successor that never gets ready must not keep its predecessor announcing for ever. */
    private void limitHandOver() {
        if (announcers.isHandingOver()) {
            Duration limit = announcers.isLettingGo() ? LET_GO_LIMIT : HAND_OVER_LIMIT;
            loop.reschedule(HAND_OVER, loop.ticker().nanos() + limit.toNanos(), announcers::finishHandOver);
        }
    }

    /** Stops. The announcers keep their plans: who takes over finds them announcing. */
    @Override
    public void close() {
        loop.execute(() -> {
            observations.values().forEach(Registration::close);
            observations.clear();
            inputs.close();
            announcers.close();
            reconciler.close();
        });
        loop.close();
    }
}
