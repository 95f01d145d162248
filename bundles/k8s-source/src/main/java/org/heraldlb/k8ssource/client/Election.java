package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes part in the election of the allocator: one holder of a Lease at a time. */
public final class Election implements AutoCloseable {

    /** Name of the Lease in Herald's namespace. */
    public static final String LEASE = "herald-allocator";

    private static final Logger LOG = LoggerFactory.getLogger(Election.class);
    /** A holder that crashes is replaced after this and one retry at most: 12 s. */
    private static final Duration LEASE_DURATION = Duration.ofSeconds(10);
    /** A holder that cannot renew gives up before anybody else may take over. */
    private static final Duration RENEW_DEADLINE = Duration.ofSeconds(7);

    private static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final ClientSettings settings;
    private final Consumer<Boolean> leading;
    private final ScheduledExecutorService threads = threads();
    private volatile boolean closed;
    /** Touched on the one thread only. */
    private CompletableFuture<?> running = CompletableFuture.completedFuture(null);

    private Election(KubernetesClient client, ClientSettings settings, Consumer<Boolean> leading) {
        this.client = client;
        this.settings = settings;
        this.leading = leading;
    }

    /** Starts to run for the lease. {@code leading} is told each change, on a thread of the election. */
    public static Election start(KubernetesClient client, ClientSettings settings, Consumer<Boolean> leading) {
        Election election = new Election(client, settings, leading);
        election.threads.execute(election::run);
        return election;
    }

    private static ScheduledExecutorService threads() {
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "k8s-lease");
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
        return threads;
    }

    /** One candidacy ends when the lease is lost; another follows. */
    private void run() {
        if (closed) {
            return;
        }
        LeaderCallbacks callbacks = new LeaderCallbacks(
                () -> leading.accept(true),
                () -> leading.accept(false),
                holder -> LOG.info("{} holds the lease {}/{}", holder, settings.namespace(), LEASE));
        LeaderElectionConfig config = new LeaderElectionConfig(
                new LeaseLock(settings.namespace(), LEASE, settings.identity()),
                LEASE_DURATION,
                RENEW_DEADLINE,
                RETRY_PERIOD,
                callbacks,
                true,
                LEASE);
        running = new LeaderElector(client, config, threads).start();
        running.whenComplete((nothing, failure) -> again());
    }

    private void again() {
        if (!closed) {
            threads.schedule(this::run, RETRY_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Gives the lease back, so that another takes over at once. */
    @Override
    public void close() {
        closed = true;
        threads.execute(() -> running.cancel(true));
        threads.shutdown();
        try {
            threads.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
