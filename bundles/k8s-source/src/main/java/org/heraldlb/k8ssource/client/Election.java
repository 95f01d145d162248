package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the election of the allocator: one holder of a Lease at a time. A loop decides who leads, by durations that
 * it has measured itself; a thread asks the API server, which may take long.
 */
public final class Election implements AutoCloseable {

    /** Name of the Lease in Herald's namespace. */
    public static final String LEASE = "herald-allocator";

    private static final Logger LOG = LoggerFactory.getLogger(Election.class);

    private final LeaseClient client;
    private final ClientSettings settings;
    private final Consumer<Boolean> leading;
    private final EventLoop loop = ThreadEventLoop.start("k8s-lease", Ticker.SYSTEM);
    private final ExecutorService asking = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "k8s-lease-asking");
        thread.setDaemon(true);
        return thread;
    });
    /** The asking thread's. */
    private final Candidacy candidacy;

    private volatile boolean held;
    private String holder = "";

    private Election(KubernetesClient client, ClientSettings settings, Consumer<Boolean> leading) {
        this.client = new LeaseClient(client, settings, loop.ticker());
        this.settings = settings;
        this.leading = leading;
        this.candidacy = new Candidacy(settings.identity());
    }

    /** Starts to run for the lease. {@code leading} is told each change, on the election's loop. */
    public static Election start(KubernetesClient client, ClientSettings settings, Consumer<Boolean> leading) {
        Election election = new Election(client, settings, leading);
        election.loop.execute(election::attempt);
        return election;
    }

    private void attempt() {
        asking.execute(() -> {
            long begun = loop.ticker().nanos();
            try {
                String now = ask(begun);
                long next = candidacy.nextNanos(loop.ticker().nanos());
                loop.execute(() -> answered(begun, now, next));
            } catch (RuntimeException failure) {
                LOG.debug("the lease cannot be had: {}", failure.toString());
                loop.execute(() -> again(loop.ticker().nanos() + Candidacy.RETRY_PERIOD.toNanos()));
            }
        });
    }

    /** @return who holds the lease now */
    private String ask(long nowNanos) {
        Optional<Lease> lease = client.read();
        Candidacy.Act act = candidacy.decide(lease.map(LeaseClient::seen), nowNanos);
        if (act == Candidacy.Act.WAIT) {
            return LeaseClient.seen(lease.orElseThrow()).holder();
        }
        if (lease.isEmpty()) {
            client.create();
        } else {
            client.hold(lease.get(), act == Candidacy.Act.TAKE);
        }
        return settings.identity();
    }

    /** What was asked too long ago proves nothing: others may have taken over since. */
    private void answered(long begun, String now, long next) {
        if (!now.equals(holder)) {
            LOG.info("{} holds the lease {}/{}", now, settings.namespace(), LEASE);
            holder = now;
        }
        long deadline = begun + Candidacy.RENEW_DEADLINE.toNanos();
        boolean ours = now.equals(settings.identity()) && loop.ticker().nanos() < deadline;
        lead(ours);
        if (ours) {
            loop.reschedule("deadline", deadline, () -> lead(false));
        }
        again(ours ? begun + Candidacy.RETRY_PERIOD.toNanos() : next);
    }

    private void again(long nanos) {
        loop.reschedule("attempt", nanos, this::attempt);
    }

    private void lead(boolean now) {
        if (held != now) {
            held = now;
            leading.accept(now);
        }
    }

    /** Gives the lease back, so that another takes over at once. */
    @Override
    public void close() {
        loop.close();
        boolean was = held;
        held = false;
        if (was) {
            leading.accept(false);
            asking.execute(this::release);
        }
        asking.shutdown();
        try {
            asking.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void release() {
        try {
            client.release();
        } catch (RuntimeException failure) {
            LOG.info("the lease is left to expire: {}", Fault.of(failure).text());
        }
    }
}
