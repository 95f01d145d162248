package org.heraldlb.k8ssource;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

        /** The API server is there. {@code readable}: what was asked for just now, and given. */
        void alive(Set<Resource> readable);
    }

    private static final Duration PROBE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** How long giving the lease back may take. */
    private static final Duration CLOSE = Duration.ofSeconds(3);

    /** Rights are looked at with each so many questions: every 30 s. */
    private static final int RIGHTS_EVERY = 6;

    private static final int TRIES = 2;
    /** So often an API server that refuses everything is taken for one that has only just started: not again after that. */
    private static final int PATIENCE = 10;

    private static final int NOT_FOUND = 404;
    private static final Fault SILENT =
            new Fault(Fault.UNREACHABLE, 0, "the API server does not answer questions about resources", "");
    private static final Fault REFUSES = new Fault(
            Fault.FORBIDDEN,
            403,
            "the API server refuses everything: it has only just started, or this account has no rights",
            "apply deploy/rbac.yaml");
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    private final ClientSettings settings;
    private final Sink sink;
    private final Optional<Consumer<Boolean>> leading;
    private final Listener listener;
    private final EventLoop loop;
    private Connection connection;
    private Watched watched = new Watched();
    private final Set<Resource> suspects = ConcurrentHashMap.newKeySet();
    private int failures;
    private int refusals;
    private int turn;

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
            if (refusals < PATIENCE && connection.refusesEverything()) {
                refusals++;
                drop();
                listener.disconnected(REFUSES);
                after(RETRY, this::connect);
                return;
            }
            if (refusals < PATIENCE) {
                refusals = 0;
            }
            failures = 0;
            listener.connected(connection);
            suspects.clear();
            watched = new Watched();
            connection.start(settings, watched, leading);
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
            drop();
        }
    }

    private void probe() {
        Optional<Fault> fault = connection.probe();
        fault.ifPresent(listener::failing);
        boolean answers = fault.isEmpty() && examine();
        failures = answers ? 0 : failures + 1;
        if (failures < TRIES) {
            after(answers ? PROBE : RETRY, this::probe);
            return;
        }
        watched.over = true;
        listener.disconnected(fault.orElse(SILENT));
        drop(); // may wait for the lease to be given back
        after(RETRY, this::connect);
    }

    /**
     * Asks for what has failed or must not be read any more, and for one resource more: a watch goes on for a while when
     * the right to it is taken away, and one that is opened again says nothing of a refusal.
     *
     * @return false when there was no answer
     */
    private boolean examine() {
        if (turn % RIGHTS_EVERY == 0) {
            suspects.addAll(connection.unreadable(settings.namespace()));
        }
        Set<Resource> asked = EnumSet.of(Resource.values()[turn++ % Resource.values().length]);
        asked.addAll(suspects);
        Set<Resource> readable = EnumSet.noneOf(Resource.class);
        for (Resource resource : asked) {
            Optional<Fault> fault = connection.check(resource, settings.namespace());
            if (fault.isPresent() && fault.get().status() == 0) {
                // No answer says nothing about the resource, and the others would be waited for as long.
                listener.failing(fault.get());
                return false;
            }
            fault.ifPresentOrElse(found -> watched.failed(resource, found), () -> readable.add(resource));
        }
        suspects.removeAll(readable);
        listener.alive(readable);
        return true;
    }

    /**
     * What the watches of one connection see. Once that is over they are heard no more: a list that was under way may end
     * after the next connection has made its own.
     */
    private final class Watched implements Sink {
        /** Resources of which something was seen. */
        private final Set<Resource> served = ConcurrentHashMap.newKeySet();
        /** Resources of which it is believed that they are not there. */
        private final Set<Resource> absent = ConcurrentHashMap.newKeySet();

        private volatile boolean over;

        @Override
        public void put(Resource resource, String key, String uid, String version, Map<String, Object> tree) {
            if (!over) {
                served.add(resource);
                sink.put(resource, key, uid, version, tree);
            }
        }

        @Override
        public void remove(Resource resource, String key) {
            if (!over) {
                sink.remove(resource, key);
            }
        }

        @Override
        public void listed(Resource resource, Set<String> keys) {
            if (!over) {
                served.add(resource);
                sink.listed(resource, keys);
            }
        }

        @Override
        public void failed(Resource resource, Fault fault) {
            if (over) {
                return;
            }
            boolean missing = fault.status() == NOT_FOUND;
            if (missing && resource.isCustom() && !served.contains(resource)) {
                loop.execute(() -> missing(resource, fault));
                return;
            }
            // What has been seen keeps its last known state, although its kind is not served for a while.
            suspects.add(resource);
            absent.remove(resource);
            sink.failed(resource, missing && !resource.isCustom() ? lost(fault) : fault);
        }

        /** Every API server has it: what says otherwise has not answered for one. */
        private Fault lost(Fault fault) {
            return new Fault(
                    Fault.REFUSED,
                    0,
                    fault.text(),
                    "look at the load balancer or proxy in front of the API server, which must be 1.21 or newer");
        }

        @Override
        public void absent(Resource resource, Fault fault) {
            absent.add(resource);
            suspects.remove(resource); // its watch alone asks for it
            sink.absent(resource, fault);
        }

        /** Believed of an API server only, and where it says so again. */
        private void missing(Resource resource, Fault fault) {
            if (over || absent.contains(resource) || connection.foreign().isPresent()) {
                return;
            }
            Optional<Fault> again = connection.check(resource, settings.namespace());
            if (again.filter(found -> found.status() == NOT_FOUND).isPresent() && !served.contains(resource)) {
                absent(resource, fault);
            }
        }
    }

    private void after(Duration pause, Runnable task) {
        loop.reschedule("next", loop.ticker().nanos() + pause.toNanos(), task);
    }

    private void drop() {
        watched.over = true;
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
