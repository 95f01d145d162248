package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.runtime.Ticker;

/** The BFD thread and everything it owns. Other threads only {@link #post}. */
public final class BfdEngine implements AutoCloseable {

    private static final long REFRESH_NANOS = 1_000_000_000L;
    private static final long JOIN_MILLIS = 1000;
    /** A session whose expiry has to wait for a flood to be read is looked at again after this. */
    private static final long FLOOD_PAUSE_NANOS = 1_000_000;
    /** After so many batches in a row it is more likely that a peer is gone than that its packet is still unread. */
    private static final int FLOOD_TURNS = 64;

    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final News news = new News();
    private final Ticker ticker;
    private final SessionSockets sockets;
    private final int realTimePriority;
    private final UdpPoller poller;
    private final Crew crew;
    private final Reception reception;
    private final SessionKeeper keeper;
    private final Thread thread = new Thread(this::run, "bfd");
    private long refreshNanos;
    private int floodedTurns;
    private boolean dry;
    private boolean dirty;
    private Registration links = () -> {};
    private volatile boolean closing;
    private volatile boolean toSuccessor;

    /** {@code random} makes the discriminators, which must not be guessed: give it a strong source. */
    public BfdEngine(Ticker ticker, RandomGenerator random, SessionSockets sockets) throws IOException {
        this(ticker, random, sockets, 0);
    }

    /** @param realTimePriority 1 to 99 to run before ordinary threads where the host allows it, 0 not to */
    public BfdEngine(Ticker ticker, RandomGenerator random, SessionSockets sockets, int realTimePriority)
            throws IOException {
        this.ticker = ticker;
        this.sockets = sockets;
        this.realTimePriority = realTimePriority;
        this.poller = sockets.openPoller();
        this.refreshNanos = ticker.nanos();
        SessionTable table = new SessionTable();
        this.crew = new Crew(table, new Agenda(refreshNanos), new Transmitter(table, news, ticker), news);
        this.reception = new Reception(table, crew.agenda(), ticker);
        this.keeper = new SessionKeeper(crew, sockets, poller, random, ticker);
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
    }

    public void start() {
        thread.start();
        links = sockets.observeLinks(() -> post(keeper::linksChanged));
    }

    /** All sessions, for display. */
    public SnapshotSource<BfdSnapshot> view() {
        return news.view();
    }

    private void post(Runnable task) {
        if (!closing) {
            posted.add(task);
            poller.wakeUp();
        }
    }

    /** Starts or joins the session that {@code request} wants. Any thread. */
    public void add(BfdSessionRequest request) {
        post(() -> keeper.join(request));
    }

    /** Takes new timing from the request. Any thread. */
    public void changed(BfdSessionRequest request) {
        post(() -> keeper.changed(request));
    }

    /** Leaves the session; the last one to leave ends it. Any thread. */
    public void remove(BfdSessionRequest request) {
        post(() -> keeper.leave(request));
    }

    private void run() {
        try {
            sockets.makePunctual(realTimePriority);
        } catch (IOException refused) {
            news.warn("thread", refused.getMessage());
        }
        while (!closing) {
            try {
                step();
            } catch (RuntimeException | Error fault) {
                news.failed(fault);
                crew.agenda().postponeDue(ticker.nanos(), REFRESH_NANOS);
            }
        }
        end();
    }

    private void step() {
        long wakeNanos = crew.agenda().next(refreshNanos);
        poller.await(Math.max(0, wakeNanos - ticker.nanos()));
        runPosted();
        dry = true;
        sockets.forEachListener(this::read);
        floodedTurns = dry ? 0 : floodedTurns + 1;
        serve(ticker.nanos());
        refreshIfDue(ticker.nanos());
    }

    private void runPosted() {
        for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
            dirty = true;
            task.run();
        }
    }

    private void read(Listener listener) {
        try {
            dry &= reception.read(listener);
        } catch (IOException broken) {
            listener.broken(broken.getMessage(), poller, ticker.nanos());
            dirty = true;
        }
    }

    private void serve(long nowNanos) {
        boolean everythingRead = dry || floodedTurns >= FLOOD_TURNS;
        long leastNanos = everythingRead ? nowNanos : nowNanos + FLOOD_PAUSE_NANOS;
        for (int slot = crew.agenda().due(nowNanos);
                slot >= 0;
                slot = crew.agenda().due(nowNanos)) {
            crew.agenda().fired(nowNanos - crew.agenda().firstNanos());
            LiveSession session = crew.table().at(slot);
            if (everythingRead) {
                session.machine.expireIfDue(nowNanos);
            }
            if (session.machine.forgotten(nowNanos)) {
                session.keyring.forgetSequence();
            }
            session.machine.echoIfDue(nowNanos);
            session.machine.transmitIfDue(nowNanos);
            crew.agenda().arm(session, leastNanos);
        }
    }

    private void refreshIfDue(long nowNanos) {
        if (refreshNanos - nowNanos <= 0) {
            crew.agenda().fired(nowNanos - refreshNanos);
            refreshNanos = nowNanos + REFRESH_NANOS;
            keeper.lookAround(nowNanos);
            dirty = true;
        }
        if (crew.transmitter().takeChanged() || dirty) {
            dirty = false;
            news.publish(SnapshotTaker.take(crew, reception.discards(), keeper.problems()));
        }
    }

    private void end() {
        keeper.endAll(toSuccessor);
        sockets.close();
        poller.close();
    }

    /** Ends the thread, and leaves the sessions to the engine that takes its place; without one they end soon after. */
    public void handOver() {
        toSuccessor = true;
        close();
    }

    /** Ends all sessions administratively and the thread. */
    @Override
    public void close() {
        links.close();
        boolean running = thread.isAlive();
        closing = true;
        poller.wakeUp();
        if (running) {
            join();
        } else {
            end();
        }
        news.close();
    }

    private void join() {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
