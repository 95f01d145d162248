package org.heraldlb.k8ssource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.IntentSource;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.AllocationRole.Role;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.client.ClientSettings;
import org.heraldlb.k8ssource.client.Connection;
import org.heraldlb.k8ssource.client.Fault;
import org.heraldlb.k8ssource.client.Sink;
import org.heraldlb.k8ssource.condition.ConditionWriter;
import org.heraldlb.k8ssource.condition.Standing;
import org.heraldlb.k8ssource.condition.Standings;
import org.heraldlb.k8ssource.mirror.Mirror;
import org.heraldlb.k8ssource.mirror.Resource;
import org.heraldlb.k8ssource.report.ReportWriter;
import org.heraldlb.k8ssource.status.StatusWriter;
import org.heraldlb.manifest.ReadContext;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.SnapshotCell;
import org.heraldlb.runtime.ThreadEventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The source: one loop that owns the mirror, publishes fragments and knows who allocates. It never waits. */
public final class KubernetesSource implements IntentSource, AutoCloseable {

    /**
     * @param id name of the source
     * @param client how the API server is reached
     * @param candidate this node may become the allocator
     * @param loss what happens without the API server
     * @param snapshot file of the last known state
     * @param snapshotPeriod it is written at most this often
     */
    public record Settings(
            String id,
            ClientSettings client,
            boolean candidate,
            LossPolicy loss,
            Path snapshot,
            Duration snapshotPeriod) {}

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.k8ssource");
    /** Objects that come together make one fragment. */
    private static final long GATHER_NANOS = Duration.ofMillis(5).toNanos();

    /** A fragment costs what it is long: while changes keep coming, longer ones are made less often. */
    private static final long PAUSE_NANOS_EACH = 5_000;

    /** So many failures, of which the last comes some seconds after the first, are no API server that has only just started. */
    private static final int ENOUGH = 6;

    private static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Settings settings;
    private final EventLoop loop;
    private final EventLoop worker;
    private final SnapshotFile file;
    private final ReadContext context;
    private final Mirror mirror;
    private final Condition condition = new Condition();
    private final SnapshotCell<IntentFragment> fragment;
    private final SnapshotCell<Role> role = new SnapshotCell<>(Role.FOLLOW);
    private final Connector connector;
    private final StatusWriter writer;
    private final ReportWriter reports;
    private final ConditionWriter conditions;
    private final Standings standings = new Standings();
    /** Resources that have not been listed over this connection, nor refused again and again. */
    private final Set<Resource> unheard = EnumSet.allOf(Resource.class);

    private final Map<Resource, Integer> failures = new EnumMap<>(Resource.class);

    private Optional<Connection> fresh = Optional.empty();
    private boolean caughtUp;
    private boolean leading;
    private boolean withdrawn;
    private boolean dirty;
    private long notBefore;

    private KubernetesSource(Settings settings, EventLoop loop, EventLoop worker) {
        this.settings = settings;
        this.loop = loop;
        this.worker = worker;
        this.file = new SnapshotFile(settings.snapshot(), settings.id());
        this.context = new ReadContext(settings.id(), true, settings.client().namespace());
        this.mirror = new Mirror(context);
        this.fragment = new SnapshotCell<>(IntentFragment.unsynced(settings.id()));
        this.connector = new Connector(
                settings.client(),
                new Intake(),
                settings.candidate() ? Optional.of(this::leads) : Optional.empty(),
                new Link(),
                worker);
        this.writer = new StatusWriter(loop, mirror::facts, this::changed);
        this.reports = new ReportWriter(
                ThreadEventLoop.start("k8s-reports", loop.ticker()),
                settings.id(),
                settings.client().namespace(),
                () -> fragment.current().objects(),
                name -> standings.uid(name.toString()));
        this.conditions = new ConditionWriter(
                ThreadEventLoop.start("k8s-conditions", loop.ticker()),
                standings,
                settings.client().namespace());
    }

    /** Starts reading; returns at once. The source owns both loops from here on; {@code worker} may wait for answers. */
    public static KubernetesSource start(Settings settings, EventLoop loop, EventLoop worker) {
        KubernetesSource source = new KubernetesSource(settings, loop, worker);
        worker.execute(() -> {
            Optional<List<ConfigObject>> known = source.file.read();
            loop.execute(() -> source.restore(known));
        });
        source.connector.start();
        return source;
    }

    private void restore(Optional<List<ConfigObject>> known) {
        known.ifPresent(objects -> {
            LOG.info("{}: {} objects from the last snapshot", settings.id(), objects.size());
            mirror.restore(objects);
            changed();
        });
    }

    private void changed() {
        long now = loop.ticker().nanos();
        loop.schedule("publish", Math.max(now + GATHER_NANOS, notBefore), this::publish);
    }

    private void publish() {
        IntentFragment before = fragment.current();
        List<Problem> problems = new ArrayList<>(condition.problems());
        problems.addAll(writer.problems());
        if (mirror.isUsable() || !problems.isEmpty()) {
            IntentFragment next = mirror.isUsable()
                    ? mirror.fragment(before.generation() + 1, !withdrawn, problems)
                    : new IntentFragment(settings.id(), before.generation() + 1, false, List.of(), problems);
            if (hasRead()) {
                reports.complete(next.generation());
            }
            SourceLog.published(before, next);
            fragment.set(next);
        }
        if (mirror.isComplete()) {
            dirty = true;
            loop.schedule(
                    "snapshot",
                    loop.ticker().nanos() + settings.snapshotPeriod().toNanos(),
                    this::save);
        }
        if (!caughtUp && hasRead()) {
            caughtUp = true;
            decideRole();
        }
        notBefore = loop.ticker().nanos() + fragment.current().objects().size() * PAUSE_NANOS_EACH;
    }

    /** Everything is known as it is now, or, of what is refused, as it was last. */
    private boolean hasRead() {
        return unheard.isEmpty() && mirror.isUsable();
    }

    private void save() {
        if (dirty) {
            dirty = false;
            List<ConfigObject> objects = mirror.objects(true);
            worker.execute(() -> file.write(objects));
        }
    }

    private void leads(boolean now) {
        loop.execute(() -> {
            leading = now;
            decideRole();
        });
    }

    /**
     * Nobody gives out addresses before having seen everything that is given out already: over this connection, since somebody
     * else may have allocated while there was none, and published, so that the allocator sees it too.
     */
    private void decideRole() {
        Role next = leading && caughtUp ? Role.ALLOCATE : Role.FOLLOW;
        if (next != role.current()) {
            LOG.info("{}: this node {}", settings.id(), next == Role.ALLOCATE ? "allocates" : "follows");
        }
        writer.lead(next == Role.ALLOCATE);
        reports.lead(next == Role.ALLOCATE);
        conditions.lead(next == Role.ALLOCATE);
        role.set(next);
    }

    /**
     * Statuses and conditions, which are for people, are looked at once every resource was listed: there are as many of them
     * as of all the rest, and a list shares the API server with the others.
     */
    private void hears(Resource resource) {
        if (unheard.remove(resource) && unheard.isEmpty()) {
            changed();
            fresh.ifPresent(connection -> {
                reports.connected(connection.client(), settings.client().identity());
                conditions.connected(connection.client());
            });
            fresh = Optional.empty();
        }
    }

    private void tick() {
        condition.lostFor(loop.ticker().nanos()).ifPresent(lost -> {
            boolean withdraws = settings.loss().withdraws(lost);
            if (withdraws && !withdrawn) {
                LOG.warn("{}: without the API server, services are withdrawn as configured", settings.id());
                withdrawn = true;
                changed();
            }
            loop.reschedule("tick", loop.ticker().nanos() + TICK_NANOS, this::tick);
        });
    }

    /** What the node knows and does, to be written back. Any thread. */
    public void offer(SystemSnapshot newest) {
        writer.offer(newest);
        reports.offer(newest);
        conditions.offer(newest);
    }

    /** Whether this node gives out addresses. */
    public SnapshotSource<Role> role() {
        return role;
    }

    @Override
    public String id() {
        return settings.id();
    }

    @Override
    public IntentFragment current() {
        return fragment.current();
    }

    @Override
    public Registration observe(Consumer<? super IntentFragment> observer) {
        return fragment.observe(observer);
    }

    /** Gives the lease back and writes the snapshot. */
    @Override
    public void close() {
        writer.close();
        reports.close();
        conditions.close();
        loop.execute(this::save);
        loop.close();
        connector.close();
    }

    /** From the watches to the loop. */
    private final class Intake implements Sink {

        @Override
        public void put(Resource resource, String key, String uid, String version, Map<String, Object> tree) {
            Mirror.Sight sight;
            Standing standing;
            try {
                sight = Mirror.read(context, resource, key, uid, version, tree);
                standing = Standing.of(uid, tree);
            } catch (RuntimeException fault) {
                // One object that trips the reader costs itself alone: here it would end the informer.
                // What failed may quote what it has read, and of a Secret that is nobody's business.
                RuntimeException details = resource == Resource.SECRETS ? null : fault;
                String kind = fault.getClass().getName();
                LOG.error("{}: {} {} cannot be read: {}", settings.id(), resource, key, kind, details);
                sight = Mirror.unreadable(resource, key, fault);
                standing = Standing.of(uid, Map.of());
            }
            Mirror.Sight seen = sight;
            Standing stands = standing;
            loop.execute(() -> take(resource, key, seen, stands));
        }

        private void take(Resource resource, String key, Mirror.Sight sight, Standing standing) {
            if (standings.put(resource, key, standing)) {
                conditions.changed();
            }
            boolean worksAgain = condition.works(resource);
            if (mirror.put(resource, key, sight) || worksAgain) {
                changed();
            }
            if (resource == Resource.SERVICES) {
                writer.changed(NamespacedName.parse(key));
            }
        }

        @Override
        public void remove(Resource resource, String key) {
            loop.execute(() -> {
                mirror.remove(resource, key);
                standings.remove(resource, key);
                changed();
            });
        }

        @Override
        public void listed(Resource resource, Set<String> keys) {
            loop.execute(() -> {
                mirror.listed(resource, keys);
                standings.listed(resource, keys);
                condition.works(resource);
                hears(resource);
                changed();
            });
        }

        @Override
        public void absent(Resource resource, Fault fault) {
            loop.execute(() -> {
                mirror.notServed(resource);
                condition.failed(resource, fault);
                hears(resource);
                changed();
            });
        }

        @Override
        public void failed(Resource resource, Fault fault) {
            loop.execute(() -> {
                if (condition.failed(resource, fault)) {
                    changed();
                }
                // Services alone say which addresses are given out; the last known state of anything else is good
                // enough.
                if (fault.status() != 0
                        && resource != Resource.SERVICES
                        && failures.merge(resource, 1, Integer::sum) >= ENOUGH) {
                    hears(resource);
                }
            });
        }
    }

    /** From the connector to the loop. */
    private final class Link implements Connector.Listener {

        @Override
        public void connected(Connection connection) {
            loop.execute(() -> {
                LOG.info("{}: connected to the API server", settings.id());
                condition.connected();
                withdrawn = false;
                writer.connected(connection.client());
                fresh = Optional.of(connection);
                caughtUp = false;
                failures.clear();
                unheard.addAll(EnumSet.allOf(Resource.class));
                changed();
            });
        }

        @Override
        public void disconnected(Fault fault) {
            loop.execute(() -> {
                condition.lost(fault, loop.ticker().nanos());
                leading = false;
                caughtUp = false;
                unheard.addAll(EnumSet.allOf(Resource.class));
                fresh = Optional.empty();
                decideRole();
                writer.disconnected();
                reports.disconnected();
                conditions.disconnected();
                tick();
                changed();
            });
        }

        @Override
        public void alive(Set<Resource> watched) {
            loop.execute(() -> {
                if (condition.alive(watched)) {
                    changed();
                }
            });
        }

        @Override
        public void failing(Fault fault) {
            loop.execute(() -> {
                if (condition.failing(fault)) {
                    changed();
                }
            });
        }
    }
}
