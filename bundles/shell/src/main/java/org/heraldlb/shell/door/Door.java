package org.heraldlb.shell.door;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the socket; each client has a thread of its own while it is served, and only so much time. */
public final class Door implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final int MOST_COMMANDS = 8;
    private static final int MOST_CLIENTS = 32;
    private static final long IDLE_SECONDS = 10;

    private final Place place;
    private final ServerSocketChannel server;
    private final CommandRunner runner;
    private final EventLoop timers = ThreadEventLoop.start("herald-door-timers", Ticker.SYSTEM);
    private final ExecutorService clients = new ThreadPoolExecutor(
            0, MOST_CLIENTS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Door::thread);
    private final Semaphore commands = new Semaphore(MOST_COMMANDS);
    private volatile Duration patience;
    private long served;

    private Door(Place place, ServerSocketChannel server, CommandRunner runner, Duration patience) {
        this.place = place;
        this.server = server;
        this.runner = runner;
        this.patience = patience;
    }

    /**
     * Opens the door.
     *
     * @param state the state directory; made when it is not there, closed to others
     * @param patience how long one client may take in all
     * @throws IOException when the socket cannot be made, or another process listens on it
     */
    public static Door open(Path state, CommandRunner runner, Duration patience) throws IOException {
        Place place = Place.choose(state);
        Door door = new Door(place, place.open(), runner, patience);
        thread(door::accept).start();
        return door;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "herald-door");
        thread.setDaemon(true);
        return thread;
    }

    /** How long clients that come from now on may take. */
    public void patience(Duration next) {
        patience = next;
    }

    /** Where clients find it. */
    public Path socket() {
        return place.socket();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                admit(server.accept());
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException failed) {
                LOG.warn("shell door: a client could not be accepted: {}", failed.getMessage());
            }
        }
    }

    private void admit(SocketChannel channel) {
        String client = "client " + served++;
        Conversation conversation = new Conversation(channel, this::run);
        FutureTask<Void> task = new FutureTask<>(() -> serve(client, conversation), null);
        timers.execute(() -> limit(client, task, channel));
        try {
            clients.execute(task);
        } catch (RejectedExecutionException tooMany) {
            forget(client);
            Conversation.hangUp(channel);
        }
    }

    private Reply run(Request request) {
        if (!commands.tryAcquire()) {
            return new Reply(Reply.BUSY, MOST_COMMANDS + " commands are running already; try again\n");
        }
        try {
            return runner.run(request);
        } finally {
            commands.release();
        }
    }

    private void serve(String client, Conversation conversation) {
        conversation.run();
        forget(client);
    }

    private void limit(String client, FutureTask<Void> task, SocketChannel channel) {
        Duration limit = patience;
        timers.schedule(client, timers.ticker().nanos() + limit.toNanos(), () -> {
            LOG.warn("shell door: a command took more than {} s and was interrupted", limit.toSeconds());
            task.cancel(true);
            Conversation.hangUp(channel);
        });
    }

    private void forget(String client) {
        timers.execute(() -> timers.cancel(client));
    }

    /** Closes the door and takes the socket away. Commands that run go on: one of them may be what stops this bundle. */
    @Override
    public void close() {
        try {
            server.close();
            place.remove();
        } catch (IOException failed) {
            LOG.warn("shell door: {} could not be removed: {}", place.socket(), failed.getMessage());
        }
        clients.shutdown();
        timers.close();
    }
}
