package org.heraldlb.k8ssource.status;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.client.Fault;
import org.heraldlb.k8ssource.mirror.ServiceFacts;
import org.heraldlb.k8ssource.pace.Pace;
import org.heraldlb.runtime.Backoff;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the status of services up to what was allocated: a few writes at a time, so many a second, none of them twice.
 * All state is the loop's; requests run on threads of their own.
 */
public final class StatusWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.k8ssource.status");
    private static final int AT_A_TIME = 4;
    /** As many are handed over before the next look at what is missing. */
    private static final int QUEUED = 64;

    private static final int PER_SECOND = 400;

    private static final Backoff.Policy RETRIES =
            new Backoff.Policy(Duration.ofMillis(200), Duration.ofSeconds(10), 2, 0.2);

    private final EventLoop loop;
    private final Function<NamespacedName, Optional<ServiceFacts>> facts;
    private final Runnable problemsChanged;
    private final LatestWins<SystemSnapshot> snapshots;
    private final ExecutorService threads;
    private final Map<NamespacedName, StatusWrite> tried = new HashMap<>();
    private final SortedMap<NamespacedName, Problem> conflicts = new TreeMap<>();
    private StatusBook book = new StatusBook();
    private Optional<SystemSnapshot> snapshot = Optional.empty();
    private Optional<KubernetesClient> client = Optional.empty();
    private Optional<Problem> trouble = Optional.empty();
    private Backoff backoff = RETRIES.start(new Random());
    private Pace pace;
    private boolean lead;
    private int running;
    private long notBefore;

    /** {@code facts} and {@code problemsChanged} are called on the loop. */
    public StatusWriter(
            EventLoop loop, Function<NamespacedName, Optional<ServiceFacts>> facts, Runnable problemsChanged) {
        this.loop = loop;
        this.facts = facts;
        this.problemsChanged = problemsChanged;
        this.snapshots = new LatestWins<>(loop, this::take);
        this.threads = threads();
        this.pace = new Pace(PER_SECOND, PER_SECOND, loop.ticker().nanos());
    }

    private static ExecutorService threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                AT_A_TIME, AT_A_TIME, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "k8s-status");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** The newest snapshot. Any thread. */
    public void offer(SystemSnapshot newest) {
        snapshots.offer(newest);
    }

    private void take(SystemSnapshot newest) {
        snapshot = Optional.of(newest);
        if (lead && book.take(newest)) {
            check();
        }
    }

    /** On the loop, as everything below: this node is the one that writes, or is not. */
    public void lead(boolean now) {
        if (lead != now) {
            lead = now;
            // Whoever takes over looks at all services once; nobody else keeps an account of them.
            book = new StatusBook();
            if (now) {
                snapshot.ifPresent(book::take);
            }
        }
        check();
    }

    public void connected(KubernetesClient fresh) {
        client = Optional.of(fresh);
        tried.clear();
        check();
    }

    public void disconnected() {
        client = Optional.empty();
    }

    /** The API server says something about the service. */
    public void changed(NamespacedName service) {
        if (lead) {
            book.changed(service);
            check();
        }
    }

    /** Writes what is missing, soon. */
    private void check() {
        if (lead && client.isPresent()) {
            loop.schedule("status", Math.max(loop.ticker().nanos(), notBefore), this::write);
        }
    }

    private void write() {
        if (!lead || client.isEmpty() || running > AT_A_TIME) {
            return;
        }
        long begun = loop.ticker().nanos();
        List<StatusWrite> missing = book.missing(facts);
        long ended = loop.ticker().nanos();
        notBefore = ended + Pace.restNanos(ended - begun);
        for (StatusWrite write : missing) {
            if (running >= QUEUED) {
                return;
            }
            if (!write.equals(tried.get(write.service())) && !start(write)) {
                return;
            }
        }
    }

    /** @return false when it is not its turn yet */
    private boolean start(StatusWrite write) {
        long now = loop.ticker().nanos();
        if (!pace.take(now)) {
            loop.schedule("status", now + pace.waitNanos(), this::write);
            return false;
        }
        tried.put(write.service(), write);
        running++;
        KubernetesClient through = client.orElseThrow();
        threads.execute(() -> {
            Outcome outcome = attempt(through, write);
            loop.execute(() -> done(write, outcome));
        });
        return true;
    }

    private static Outcome attempt(KubernetesClient client, StatusWrite write) {
        try {
            return StatusClient.apply(client, write);
        } catch (RuntimeException fault) {
            return new Outcome(Outcome.Result.FAILED, Fault.of(fault).text());
        }
    }

    private void done(StatusWrite write, Outcome outcome) {
        running--;
        Problem before = conflicts.remove(write.service());
        Optional<Problem> troubleBefore = trouble;
        switch (outcome.result()) {
            case WRITTEN -> {
                trouble = Optional.empty();
                backoff = RETRIES.start(new Random());
                LOG.debug("{} has {}", write.service(), write.addresses());
            }
            case OVERTAKEN -> LOG.debug("{}: {}", write.service(), outcome.text());
            case CONFLICT -> conflicts.put(write.service(), conflict(write, outcome));
            case FAILED -> {
                trouble = Optional.of(Problem.error(
                        "kubernetesWriteFailed", "Service " + write.service(), "not written: " + outcome.text()));
                loop.schedule("status-again", loop.ticker().nanos() + backoff.nextNanos(), this::again);
            }
        }
        if (!trouble.equals(troubleBefore)
                || !Optional.ofNullable(before).equals(Optional.ofNullable(conflicts.get(write.service())))) {
            problemsChanged.run();
        }
        if (outcome.result() != Outcome.Result.FAILED) {
            check();
        }
    }

    private void again() {
        tried.clear();
        check();
    }

    private static Problem conflict(StatusWrite write, Outcome outcome) {
        return Problem.error(
                        "kubernetesConflict",
                        "Service " + write.service(),
                        "somebody else writes its status, and Herald does not fight: " + outcome.text())
                .withFix("let one load balancer alone be responsible for it: see spec.loadBalancerClass");
    }

    /** Writes that do not succeed. */
    public List<Problem> problems() {
        List<Problem> problems = new java.util.ArrayList<>(conflicts.values());
        trouble.ifPresent(problems::add);
        return problems;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
