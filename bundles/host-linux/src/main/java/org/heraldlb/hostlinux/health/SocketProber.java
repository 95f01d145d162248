package org.heraldlb.hostlinux.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.hostlinux.health.verdict.ProbeResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries over real sockets: one thread for all connections, one for looking names up. A host name that resolves slowly
 * holds up other names, never other addresses.
 */
public final class SocketProber implements Prober, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketProber.class);

    private final AsynchronousChannelGroup group;
    private final ExecutorService names;

    private SocketProber(AsynchronousChannelGroup group, ExecutorService names) {
        this.group = group;
        this.names = names;
    }

    /** @throws IOException when the kernel gives no event queue */
    public static SocketProber open() throws IOException {
        return new SocketProber(
                AsynchronousChannelGroup.withFixedThreadPool(1, daemon("health-io")),
                Executors.newSingleThreadExecutor(daemon("health-names")));
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public Registration probe(HealthCheck check, Consumer<ProbeResult> done) {
        ProbeConnection connection = new ProbeConnection(group, check, done);
        try {
            InetAddress address = IpAddress.parse(check.host()).toInetAddress();
            connection.connect(new InetSocketAddress(address, check.port()));
        } catch (IllegalArgumentException name) {
            resolve(check, connection);
        }
        return connection;
    }

    private void resolve(HealthCheck check, ProbeConnection connection) {
        try {
            names.execute(() -> {
                try {
                    connection.connect(new InetSocketAddress(InetAddress.getByName(check.host()), check.port()));
                } catch (UnknownHostException unknown) {
                    connection.finish(ProbeResult.failed("unknown host " + check.host()));
                }
            });
        } catch (RejectedExecutionException closed) {
            connection.close();
        }
    }

    /** Ends all connections. */
    @Override
    public void close() {
        names.shutdownNow();
        try {
            group.shutdownNow();
        } catch (IOException fault) {
            LOG.debug("closing the connections of health checks: {}", fault.getMessage());
        }
    }
}
