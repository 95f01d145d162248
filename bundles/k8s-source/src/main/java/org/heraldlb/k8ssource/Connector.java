package org.heraldlb.k8ssource;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.heraldlb.k8ssource.client.ClientSettings;
import org.heraldlb.k8ssource.client.Connection;
import org.heraldlb.k8ssource.client.Fault;
import org.heraldlb.k8ssource.client.Sink;
import org.heraldlb.k8ssource.mirror.Resource;
import org.heraldlb.runtime.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection, on a loop that may wait. A connection whose API server does not answer twice in a row is thrown away
 * with all its watches: a half-dead connection is never waited for, and whatever was missed is listed again.
 */
final class Connector implements AutoCloseable {

    /** What the connector tells. Called on its loop. */
    interface Listener {
        void connected(Connection connection);

        void disconnected(Fault fault);

        /** One question was not answered; another follows. */
        void failing(Fault fault);

        /** The API server is there. {@code watched}: what is being watched without trouble. */
        void alive(Set<Resource> watched);
    }

    private static final Duration PROBE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** How long giving the lease back may take. */
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private static final int TRIES = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    private final ClientSettings settings;
    private final Sink sink;
    private final Optional<Consumer<Boolean>> leading;
    private final Listener listener;
    private final EventLoop loop;
    private Connection connection;
    private int failures;

    Connector(
            ClientSettings settings,
            Sink sink,
            Optional<Consumer<Boolean>> leading,
            Listener listener,
            EventLoop loop) {
        this.settings = settings;
        this.sink = sink;
        this.leading = leading;
        this.listener = listener;
        this.loop = loop;
    }

    void start() {
        loop.execute(this::connect);
    }

    private void connect() {
        try {
            connection = Connection.open(settings);
            failures = 0;
            listener.connected(connection);
            connection.start(settings, sink, leading);
            after(PROBE, this::probe);
        } catch (Connection.Unreachable fault) {
            listener.disconnected(fault.fault());
            after(RETRY, this::connect);
        } catch (RuntimeException fault) {
            listener.disconnected(new Fault(
                    Fault.CONFIG,
                    0,
                    String.valueOf(fault.getMessage()),
                    "set 'kubeconfig' in org.heraldlb.k8ssource, or run Herald in a pod with a service account"));
            after(PROBE, this::connect);
        }
    }

    private void probe() {
        Optional<Fault> fault = connection.probe();
        failures = fault.isPresent() ? failures + 1 : 0;
        if (failures < TRIES) {
            fault.ifPresentOrElse(listener::failing, () -> listener.alive(connection.watched()));
            after(fault.isPresent() ? RETRY : PROBE, this::probe);
            return;
        }
        listener.disconnected(fault.orElseThrow());
        drop();
        after(RETRY, this::connect);
    }

    private void after(Duration pause, Runnable task) {
        loop.reschedule("next", loop.ticker().nanos() + pause.toNanos(), task);
    }

    private void drop() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** Gives the lease back and ends the loop. */
    @Override
    public void close() {
        CompletableFuture<Void> dropped = CompletableFuture.runAsync(this::drop, loop);
        loop.close();
        try {
            dropped.get(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException slow) {
            LOG.info("the connection to the API server is left to itself: {}", slow.toString());
        }
    }
}
