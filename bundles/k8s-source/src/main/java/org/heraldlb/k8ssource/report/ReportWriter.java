package org.heraldlb.k8ssource.report;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.client.Fault;
import org.heraldlb.k8ssource.pace.Lull;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes reports that have changed, one at a time and so many a second, on a loop of its own that may wait: they must never
 * delay an address. Nothing is written that stands there already.
 */
public final class ReportWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.k8ssource.report");
    /** Changes that come together are looked at together. */
    private static final Duration GATHER = Duration.ofMillis(200);

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration RETRY = Duration.ofSeconds(10);
    /** Statuses of pools and configuration are looked at this often: few, and people do edit them. */
    private static final Duration VERIFY = Duration.ofSeconds(20);

    private static final Duration GAP = Duration.ofMillis(5);
    private static final int MOST_NOTICES = 1000;
    private static final int TRIES = 4;

    private final EventLoop loop;
    private final String source;
    private final String namespace;
    private final Function<NamespacedName, Optional<String>> uids;
    private final LatestWins<SystemSnapshot> snapshots;
    private final Map<Report.Target, Report> written = new HashMap<>();
    private final Notices notices = new Notices();
    private final Lull lull = new Lull(GATHER, LONGEST);
    private final ReportBook book;
    private final Deque<Notice> untold = new ArrayDeque<>();
    private Optional<SystemSnapshot> snapshot = Optional.empty();
    private Optional<ReportClient> client = Optional.empty();
    private boolean lead;
    private long complete = Long.MAX_VALUE;
    /** What is to be written has to be found out although the snapshot says nothing new. */
    private boolean stale = true;
    /** Kinds that this API server does not have. */
    private final Set<Report.Kind> without = EnumSet.noneOf(Report.Kind.class);
    /** This node has acted once since the start: until then, what it left tells more than what it does. */
    private boolean settled;

    /**
     * The writer owns {@code loop}.
     *
     * @param source id of the Kubernetes source
     * @param namespace Herald's own
     * @param offered what the source has; any thread
     * @param uids of services; any thread
     */
    public ReportWriter(
            EventLoop loop,
            String source,
            String namespace,
            Supplier<? extends Collection<ConfigObject>> offered,
            Function<NamespacedName, Optional<String>> uids) {
        this.loop = loop;
        this.source = source;
        this.book = new ReportBook(source, offered);
        this.namespace = namespace;
        this.uids = uids;
        this.snapshots = new LatestWins<>(loop, this::take);
    }

    /** The newest snapshot. Any thread, as everything below. */
    public void offer(SystemSnapshot newest) {
        snapshots.offer(newest);
    }

    private void take(SystemSnapshot newest) {
        snapshot = Optional.of(newest);
        if (newest.ready() && isAllocated(newest)) {
            notices.begins(newest);
        }
        // What says nothing new must not put off what does.
        if (!settled || book.sees(newest, lead)) {
            gather();
        }
    }

    /** Allocated from everything that the source has read, and not for want of an allocator empty. */
    private boolean isAllocated(SystemSnapshot newest) {
        return newest.allocation() != AllocationResult.EMPTY
                && newest.progress().sources().stream()
                        .anyMatch(one -> one.source().equals(source) && one.generation() >= complete);
    }

    /** The source has read everything: this fragment of its is the first that says so. */
    public void complete(long generation) {
        loop.execute(() -> complete = Math.min(complete, generation));
    }

    /** This node reports for the cluster as well, or does no more. */
    public void lead(boolean now) {
        loop.execute(() -> {
            if (lead != now) {
                lead = now;
                written.keySet().removeIf(target -> !isOwn(target));
                lookAgain();
            }
        });
    }

    private static boolean isOwn(Report.Target target) {
        return target.kind() != Report.Kind.CONFIGURATION && target.kind().isOurs();
    }

    public void connected(KubernetesClient fresh, String node) {
        loop.execute(() -> {
            without.clear();
            remember(new ReportClient(fresh, namespace, node), TRIES);
        });
    }

    /** What stands there is not known, it would all be written again: so nothing is, unless it cannot be read again and again. */
    private void remember(ReportClient fresh, int tries) {
        written.clear();
        try {
            fresh.left().forEach(report -> written.put(report.target(), report));
            notices.knew(written.keySet().stream().map(Report.Target::name).toList());
        } catch (RuntimeException failure) {
            complain("statuses cannot be listed", failure);
            if (tries > 1) {
                loop.reschedule("remember", loop.ticker().nanos() + RETRY.toNanos(), () -> remember(fresh, tries - 1));
                return;
            }
        }
        client = Optional.of(fresh);
        lookAgain();
        loop.schedule("verify", loop.ticker().nanos() + VERIFY.toNanos(), this::verify);
    }

    public void disconnected() {
        loop.execute(() -> {
            client = Optional.empty();
            loop.cancel("remember");
        });
    }

    /** What somebody has removed or edited is written again. */
    private void verify() {
        loop.schedule("verify", loop.ticker().nanos() + VERIFY.toNanos(), this::verify);
        if (client.isEmpty()) {
            return;
        }
        try {
            for (Map.Entry<Report.Target, Report> one : List.copyOf(written.entrySet())) {
                if (!isOwn(one.getKey()) && !client.get().stands(one.getValue())) {
                    written.remove(one.getKey());
                    lookAgain();
                }
            }
        } catch (RuntimeException failure) {
            complain("statuses cannot be read", failure);
        }
    }

    private void gather() {
        loop.reschedule("look", lull.changed(loop.ticker().nanos()), this::look);
    }

    private void lookAgain() {
        stale = true;
        gather();
    }

    /** Finds the next thing to write, writes it, and comes back. */
    private void look() {
        long begun = loop.ticker().nanos();
        Optional<Deque<Runnable>> missing;
        try {
            missing = missing();
        } finally {
            lull.looked(begun, loop.ticker().nanos());
        }
        missing.ifPresent(steps -> {
            loop.cancel("work");
            work(steps);
        });
    }

    /** Empty where there is nothing to find out. */
    private Optional<Deque<Runnable>> missing() {
        settled |= snapshot.isPresent() && snapshot.get().ready();
        if (client.isEmpty() || !settled || !stale && !book.isNews(snapshot.get(), lead)) {
            return Optional.empty();
        }
        stale = false;
        Map<Report.Target, Report> wanted = new HashMap<>();
        book.take(snapshot.get(), lead).values().forEach(report -> wanted.put(report.target(), report));
        for (Notice notice : notices.news(snapshot.get(), wanted.values(), lead, uids)) {
            if (untold.size() < MOST_NOTICES) {
                untold.add(notice);
            }
        }
        return Optional.of(new ArrayDeque<>(steps(wanted)));
    }

    private List<Runnable> steps(Map<Report.Target, Report> wanted) {
        Instant now = loop.ticker().wallClock();
        List<Runnable> steps = new ArrayList<>();
        for (Report.Target target : List.copyOf(written.keySet())) {
            if (!wanted.containsKey(target)) {
                steps.add(() -> {
                    if (isOwn(target)) {
                        client.orElseThrow().remove(target);
                    }
                    written.remove(target);
                });
            }
        }
        wanted.forEach((target, report) -> {
            Report before = written.get(target);
            boolean missing = before == null || !before.status().equals(report.status());
            if (!missing) {
                written.put(target, report);
            } else if (!without.contains(target.kind())) {
                steps.add(() -> write(report, before == null || before.labels().isEmpty(), now));
            }
        });
        return steps;
    }

    private void write(Report report, boolean fresh, Instant now) {
        if (without.contains(report.target().kind())) {
            return;
        }
        try {
            client.orElseThrow().write(report, fresh, now);
            written.put(report.target(), report);
        } catch (KubernetesClientException failure) {
            if (failure.getCode() != 404 || !report.target().kind().isOurs()) {
                throw failure;
            }
            without.add(report.target().kind());
        }
    }

    /** One step, a pause, the next; a new snapshot starts over with what is left. */
    private void work(Deque<Runnable> steps) {
        if (client.isEmpty() || steps.isEmpty() && untold.isEmpty()) {
            return;
        }
        try {
            if (steps.isEmpty()) {
                client.get().tell(untold.remove(), loop.ticker().wallClock());
            } else {
                steps.remove().run();
            }
        } catch (RuntimeException failure) {
            complain("a status cannot be written", failure);
            stale = true;
            loop.schedule("again", loop.ticker().nanos() + RETRY.toNanos(), this::look);
            return;
        }
        loop.reschedule("work", loop.ticker().nanos() + GAP.toNanos(), () -> work(steps));
    }

    private String complained = "";

    /** Once for each kind of failure: statuses are a service to people, not what Herald is for. */
    private void complain(String what, RuntimeException failure) {
        String text = what + ": " + Fault.of(failure).text();
        if (!text.equals(complained)) {
            LOG.warn(text);
            complained = text;
        }
    }

    @Override
    public void close() {
        client = Optional.empty();
        loop.close();
    }
}
