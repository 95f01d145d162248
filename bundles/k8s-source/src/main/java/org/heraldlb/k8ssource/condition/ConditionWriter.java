package org.heraldlb.k8ssource.condition;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.client.Fault;
import org.heraldlb.k8ssource.client.StatusWatch;
import org.heraldlb.k8ssource.condition.ConditionWrite.Target;
import org.heraldlb.k8ssource.mirror.ResourceType;
import org.heraldlb.k8ssource.pace.Lull;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes conditions where they differ from what stands there, one at a time and so many a second, on a loop of its own that
 * may wait. Only the allocator writes. Any thread may call.
 */
public final class ConditionWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.k8ssource.condition");
    /** Whatever happens within this time is told in one write. */
    private static final Duration GATHER = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration GAP = Duration.ofMillis(8);
    /** A service that is announced nowhere for a moment while an owner follows another is no news. */
    private static final Duration SETTLE = Duration.ofSeconds(4);
    /** The watch brings back what was written within this time. */
    private static final Duration ECHO = Duration.ofSeconds(10);

    private record Written(ConditionWrite write, long nanos) {}

    private final EventLoop loop;
    private final Standings standings;
    private final String namespace;
    private final LatestWins<SystemSnapshot> snapshots;
    private final Claims claims = new Claims();
    private final Lull lull = new Lull(GATHER, LONGEST);
    private final Sweep sweep;
    private final Map<Target, Written> written = new HashMap<>();
    private final Map<Target, Long> lostSince = new HashMap<>();
    private Optional<SystemSnapshot> snapshot = Optional.empty();
    private Optional<KubernetesClient> client = Optional.empty();
    private Optional<StatusWatch> watch = Optional.empty();
    private ConditionClient conditions;
    private boolean lead;
    private String complained = "";

    /**
     * The writer owns {@code loop}.
     *
     * @param standings what the objects say now
     * @param namespace Herald's own
     */
    public ConditionWriter(EventLoop loop, Standings standings, String namespace) {
        this.loop = loop;
        this.standings = standings;
        this.namespace = namespace;
        this.snapshots = new LatestWins<>(loop, this::take);
        this.sweep = new Sweep(loop, () -> snapshot.filter(SystemSnapshot::ready));
    }

    public void offer(SystemSnapshot newest) {
        snapshots.offer(newest);
    }

    private void take(SystemSnapshot newest) {
        boolean news = snapshot.isEmpty() || differs(snapshot.get(), newest);
        snapshot = Optional.of(newest);
        if (news) {
            soon();
        }
    }

    private static boolean differs(SystemSnapshot before, SystemSnapshot now) {
        return before.intent() != now.intent()
                || before.allocation() != now.allocation()
                || before.ready() != now.ready()
                || before.cluster().shadow() != now.cluster().shadow()
                || !before.cluster().members().equals(now.cluster().members())
                || !before.owners().equals(now.owners())
                || !before.problems().equals(now.problems());
    }

    /** An object says something else now. */
    public void changed() {
        loop.execute(() -> soon());
    }

    public void lead(boolean now) {
        loop.execute(() -> {
            if (lead != now) {
                lead = now;
                watchAgain();
            }
        });
    }

    public void connected(KubernetesClient fresh) {
        loop.execute(() -> {
            client = Optional.of(fresh);
            conditions = new ConditionClient(fresh);
            watchAgain();
        });
    }

    public void disconnected() {
        loop.execute(() -> {
            client = Optional.empty();
            watchAgain();
        });
    }

    private void watchAgain() {
        watch.ifPresent(StatusWatch::close);
        watch = Optional.empty();
        claims.clear();
        sweep.restart(client.filter(any -> lead));
        written.clear();
        lostSince.clear();
        if (lead && client.isPresent()) {
            watch = Optional.of(StatusWatch.start(client.get(), namespace, Claims.TYPES, new Intake()));
        }
        soon();
    }

    private void soon() {
        if (lead && client.isPresent()) {
            loop.reschedule("look", lull.changed(loop.ticker().nanos()), this::look);
        }
    }

    private void again(Duration pause) {
        loop.schedule("again", loop.ticker().nanos() + pause.toNanos(), this::look);
    }

    private void look() {
        long begun = loop.ticker().nanos();
        Optional<Deque<ConditionWrite>> due;
        try {
            due = due(begun);
        } finally {
            lull.looked(begun, loop.ticker().nanos());
        }
        due.ifPresent(queue -> {
            loop.cancel("work");
            work(queue);
        });
    }

    /** Empty where nothing can be said. */
    private Optional<Deque<ConditionWrite>> due(long nanos) {
        if (!lead || client.isEmpty() || snapshot.isEmpty() || !snapshot.get().ready()) {
            return Optional.empty();
        }
        SystemSnapshot now = snapshot.get();
        claims.alive(node -> now.cluster()
                .members()
                .map(members -> members.members().containsKey(node))
                .orElse(true));
        String time = loop.ticker().wallClock().truncatedTo(ChronoUnit.SECONDS).toString();
        List<ConditionWrite> missing = ConditionPlan.missing(now, standings, claims, time);
        lostSince
                .keySet()
                .retainAll(missing.stream().map(ConditionWrite::target).collect(Collectors.toSet()));
        written.values()
                .removeIf(one -> nanos - one.nanos() > ECHO.toNanos()
                        && !one.write().conditions().isEmpty());
        Deque<ConditionWrite> queue = new ArrayDeque<>();
        missing.stream().filter(this::isDue).forEach(queue::add);
        return Optional.of(queue);
    }

    private boolean isDue(ConditionWrite write) {
        long now = loop.ticker().nanos();
        Written before = written.get(write.target());
        if (before != null && saysTheSame(before.write(), write)) {
            // What somebody else has put there under our names stays: it was asked for once.
            if (!write.conditions().isEmpty()) {
                again(ECHO);
            }
            return false;
        }
        if (!losesAnnouncement(write)) {
            return true;
        }
        long since = lostSince.computeIfAbsent(write.target(), any -> now);
        if (now - since < SETTLE.toNanos()) {
            again(SETTLE);
            return false;
        }
        return true;
    }

    private static boolean saysTheSame(ConditionWrite one, ConditionWrite other) {
        return one.uid().equals(other.uid()) && without(one).equals(without(other));
    }

    private static List<StatusCondition> without(ConditionWrite write) {
        return write.conditions().stream().map(condition -> condition.since("")).toList();
    }

    private boolean losesAnnouncement(ConditionWrite write) {
        return write.conditions().stream()
                .anyMatch(condition -> condition.type().equals(StatusCondition.ANNOUNCED)
                        && !condition.holds()
                        && condition.reason().equals(ConditionPlan.NOT_ANNOUNCED));
    }

    /** One write, a pause, the next; another look starts over with what is left. */
    private void work(Deque<ConditionWrite> queue) {
        if (client.isEmpty() || !lead || queue.isEmpty()) {
            return;
        }
        ConditionWrite write = queue.remove();
        try {
            conditions.apply(write);
            written.put(write.target(), new Written(write, loop.ticker().nanos()));
        } catch (RuntimeException failure) {
            complain(failure);
            again(RETRY);
            return;
        }
        loop.reschedule("work", loop.ticker().nanos() + GAP.toNanos(), () -> work(queue));
    }

    /** Once for each kind of failure: conditions are a service to people, not what Herald is for. */
    private void complain(RuntimeException failure) {
        String text = "a condition cannot be written: " + Fault.of(failure).text();
        if (!text.equals(complained)) {
            LOG.warn(text);
            complained = text;
        }
    }

    @Override
    public void close() {
        loop.execute(() -> {
            client = Optional.empty();
            watchAgain();
        });
        loop.close();
    }

    /** From the watch to the loop. */
    private final class Intake implements StatusWatch.Taker {

        @Override
        public void put(ResourceType type, String name, Map<String, Object> tree) {
            loop.execute(() -> {
                claims.put(type, name, tree);
                sweep.put(type, name, tree);
                soon();
            });
        }

        @Override
        public void remove(ResourceType type, String name) {
            loop.execute(() -> {
                claims.remove(type, name);
                sweep.remove(type, name);
                soon();
            });
        }

        @Override
        public void listed(ResourceType type, boolean served) {
            loop.execute(() -> {
                claims.listed(type, served);
                soon();
            });
        }
    }
}
