package org.heraldlb.observability.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.heraldlb.runtime.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the HTTP server open: a port that is in use is said once and tried again until it is free. Requests are bounded in
 * number, size and time, so that a client which does not behave cannot take more than this server.
 */
public final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int THREADS = 4;
    private static final int WAITING_REQUESTS = 64;
    private static final int BACKLOG = 64;
    private static final long IDLE_SECONDS = 10;

    private final EventLoop loop;
    private final Pages pages;
    private final ExecutorService workers;
    private final AtomicInteger port = new AtomicInteger();
    private InetSocketAddress address;
    private HttpServer server;
    private boolean complained;

    /**
     * Starts to open {@code address}; returns at once.
     *
     * @param loop runs the retries; closed with the listener
     */
    public Listener(EventLoop loop, InetSocketAddress address, Pages pages) {
        this.loop = loop;
        this.address = address;
        this.pages = pages;
        this.workers = workers();
        loop.execute(this::open);
    }

    private static ExecutorService workers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_REQUESTS),
                Listener::thread,
                // The server's own thread then takes part in the work and accepts nobody else meanwhile.
                new ThreadPoolExecutor.CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "herald-http");
        thread.setDaemon(true);
        return thread;
    }

    private void open() {
        loop.assertInLoop();
        try {
            server = HttpServer.create(address, BACKLOG);
            server.setExecutor(workers);
            server.createContext("/", new PageHandler(pages));
            server.start();
            port.set(server.getAddress().getPort());
            LOG.info("HTTP on {}", server.getAddress());
        } catch (IOException refused) {
            complain(refused);
            loop.schedule("open", loop.ticker().nanos() + RETRY.toNanos(), this::open);
        }
    }

    /** Listens on {@code next} instead; an equal address changes nothing. Any thread. */
    public void move(InetSocketAddress next) {
        loop.execute(() -> {
            if (!next.equals(address)) {
                address = next;
                complained = false;
                shut();
                open();
            }
        });
    }

    private void shut() {
        loop.assertInLoop();
        loop.cancel("open");
        if (server != null) {
            server.stop(0);
            server = null;
            port.set(0);
        }
    }

    private void complain(IOException refused) {
        if (!complained) {
            LOG.warn(
                    "no HTTP on {}:{}: {}; free the port or choose another one (port in org.heraldlb.observability.cfg,"
                            + " HERALD_HTTP_PORT); trying again every {} s, everything else works",
                    address.getHostString(),
                    address.getPort(),
                    refused.getMessage(),
                    RETRY.toSeconds());
            complained = true;
        }
    }

    /** The port that is open, 0 while there is none. */
    public int port() {
        return port.get();
    }

    /** Closes the port and ends all connections. */
    @Override
    public void close() {
        loop.execute(this::shut);
        loop.close();
        workers.shutdownNow();
    }
}
