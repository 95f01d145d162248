package org.heraldlb.k8swebhook.door;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.heraldlb.api.Problem;
import org.heraldlb.k8swebhook.certificate.Credential;
import org.heraldlb.runtime.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTPS server. It opens with the first certificate; a port that is in use is said once and tried again. A new
 * certificate is for new connections, the open ones go on.
 */
public final class Door implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int THREADS = 8;
    private static final int WAITING_REQUESTS = 64;
    private static final int BACKLOG = 64;
    private static final long IDLE_SECONDS = 10;

    private final EventLoop loop;
    private final InetSocketAddress address;
    private final Desk desk;
    private final Consumer<Optional<Problem>> tell;
    private final ServingKey key = new ServingKey();
    private final ExecutorService workers = workers();
    private final AtomicInteger port = new AtomicInteger();
    private HttpsServer server;
    private boolean complained;
    private boolean closed;

    /**
     * The door owns {@code loop} and {@code desk}.
     *
     * @param tell why it cannot be opened, and that it could; on the loop
     */
    public Door(EventLoop loop, InetSocketAddress address, Desk desk, Consumer<Optional<Problem>> tell) {
        this.loop = loop;
        this.address = address;
        this.desk = desk;
        this.tell = tell;
    }

    private static ExecutorService workers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_REQUESTS),
                Door::thread,
                // The server's own thread then takes part in the work and accepts nobody else meanwhile.
                new ThreadPoolExecutor.CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "herald-webhook");
        thread.setDaemon(true);
        return thread;
    }

    /** Serves under this certificate from now on. Any thread. */
    public void serve(Credential credential) {
        loop.execute(() -> {
            key.set(credential);
            if (server == null && !closed) {
                open();
            }
        });
    }

    private void open() {
        try {
            server = HttpsServer.create(address, BACKLOG);
            server.setHttpsConfigurator(new HttpsConfigurator(context()));
            server.setExecutor(workers);
            server.createContext("/", new ReviewHandler(desk));
            server.start();
            port.set(server.getAddress().getPort());
            LOG.info("webhook: HTTPS on {}", server.getAddress());
            tell.accept(Optional.empty());
        } catch (IOException refused) {
            server = null;
            tell.accept(Optional.of(problem(refused)));
            if (!complained) {
                LOG.warn(
                        "webhook: no HTTPS on {}: {}; free the port or choose another one (port in"
                                + " org.heraldlb.k8swebhook.cfg); trying again every {} s",
                        address,
                        refused.getMessage(),
                        RETRY.toSeconds());
                complained = true;
            }
            loop.schedule("open", loop.ticker().nanos() + RETRY.toNanos(), this::open);
        }
    }

    private Problem problem(IOException refused) {
        return Problem.error("webhookPort", "webhook", "no HTTPS on " + address + ": " + refused.getMessage())
                .withFix("free the port, or choose another one: port in org.heraldlb.k8swebhook.cfg");
    }

    private SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {key}, null, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has TLS", impossible);
        }
    }

    /** The port that is open, 0 while there is none. */
    public int port() {
        return port.get();
    }

    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            loop.cancel("open");
            if (server != null) {
                server.stop(0);
            }
        });
        loop.close();
        workers.shutdownNow();
        desk.close();
    }
}
