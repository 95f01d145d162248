package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.heraldlb.api.Problem;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdSnapshot.TimerLag;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bfd.auth.Authenticator;
import org.heraldlb.bfd.auth.Authenticators;
import org.heraldlb.bfd.fsm.BfdSession;
import org.heraldlb.bfd.fsm.DeadlineHeap;
import org.heraldlb.bfd.fsm.Histogram;
import org.heraldlb.bfd.fsm.SessionEffects;
import org.heraldlb.bfd.packet.ControlPacket;
import org.heraldlb.bfd.packet.Discard;
import org.heraldlb.runtime.SnapshotCell;
import org.heraldlb.runtime.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The BFD thread and everything it owns. Other threads only {@link #post}. */
public final class BfdEngine implements SessionEffects, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BfdEngine.class);
    private static final long REFRESH_NANOS = 1_000_000_000L;
    private static final int REQUIRED_TTL = 255;
    private static final int RECEIVE_BUFFER = 256;
    private static final long JOIN_MILLIS = 1000;
    private static final int FAREWELLS = 3;

    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final SnapshotCell<BfdSnapshot> snapshot = new SnapshotCell<>(BfdSnapshot.EMPTY);
    private final SessionTable table = new SessionTable();
    private final DeadlineHeap deadlines = new DeadlineHeap();
    private final Histogram lag = new Histogram();
    private final long[] discards = new long[Discard.count()];
    private final Map<String, Problem> problems = new HashMap<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(RECEIVE_BUFFER);
    private final ByteBuffer out = ByteBuffer.allocateDirect(ControlPacket.MAX_LENGTH);
    private final ControlPacket packet = new ControlPacket();
    private final UdpArrival arrival = new UdpArrival();
    private final Ticker ticker;
    private final RandomGenerator random;
    private final SessionSockets sockets;
    private final UdpPoller poller;
    private final Thread thread = new Thread(this::run, "bfd");
    private long refreshNanos;
    private long worstLagNanos;
    private boolean dirty;
    private volatile boolean closing;

    /** {@code random} makes the discriminators, which must not be guessed: give it a strong source. */
    public BfdEngine(Ticker ticker, RandomGenerator random, SessionSockets sockets) throws IOException {
        this.ticker = ticker;
        this.random = random;
        this.sockets = sockets;
        this.poller = sockets.openPoller();
        this.refreshNanos = ticker.nanos();
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
    }

    public void start() {
        thread.start();
    }

    /** All sessions, for display. */
    public SnapshotSource<BfdSnapshot> view() {
        return snapshot;
    }

    private void post(Runnable task) {
        posted.add(task);
        poller.wakeUp();
    }

    /** Starts or joins the session that {@code request} wants. Any thread. */
    public void add(BfdSessionRequest request) {
        post(() -> join(request));
    }

    /** Takes new timing from the request. Any thread. */
    public void changed(BfdSessionRequest request) {
        post(() -> retime(request));
    }

    /** Leaves the session; the last one to leave ends it. Any thread. */
    public void remove(BfdSessionRequest request) {
        post(() -> leave(request));
    }

    private void run() {
        while (!closing) {
            try {
                step();
            } catch (RuntimeException | Error fault) {
                LOG.error("bfd: a step failed; the loop goes on", fault);
            }
        }
    }

    private void step() {
        poller.await(Math.max(0, nextDeadline() - ticker.nanos()));
        runPosted();
        sockets.forEachListener(this::readDry);
        serveDeadlines(ticker.nanos());
        refreshIfDue(ticker.nanos());
    }

    private long nextDeadline() {
        if (deadlines.first() < 0 || refreshNanos - deadlines.firstDeadline() < 0) {
            return refreshNanos;
        }
        return deadlines.firstDeadline();
    }

    private void runPosted() {
        for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
            task.run();
        }
    }

    private void readDry(UdpSocket socket, boolean multihop) {
        try {
            while (socket.receive(in, arrival)) {
                receive(socket, multihop, ticker.nanos());
            }
        } catch (IOException broken) {
            raise("listener", "bfdListenerBroken", broken.getMessage());
            sockets.drop(socket, poller);
        }
    }

    private void receive(UdpSocket socket, boolean multihop, long nowNanos) {
        Discard malformed = !multihop && arrival.hopLimit != REQUIRED_TTL
                ? Discard.TTL
                : packet.on(in).malformed();
        if (malformed != null) {
            discards[malformed.ordinal()]++;
            return;
        }
        LiveSession session = packet.yourDiscriminator() != 0
                ? table.byDiscriminator(packet.yourDiscriminator())
                : table.bySource(arrival, socket.spec().family(), multihop);
        Discard refused = session == null ? Discard.NO_SESSION : take(session, multihop, nowNanos);
        if (refused != null) {
            discards[refused.ordinal()]++;
        }
    }

    private Discard take(LiveSession session, boolean multihop, long nowNanos) {
        if (session.key.multihop() != multihop || !fromPeer(session.key.peer())) {
            return Discard.NO_SESSION;
        }
        if (multihop && arrival.hopLimit < session.machine.minimumTtl()) {
            return Discard.TTL;
        }
        if (!session.authenticator.accept(packet)) {
            return Discard.AUTHENTICATION;
        }
        session.onReceived(nowNanos);
        Discard refused = session.machine.receive(packet, nowNanos);
        arm(session);
        return refused;
    }

    private boolean fromPeer(IpAddress peer) {
        return arrival.sourceHigh == peer.high() && arrival.sourceLow == peer.low();
    }

    /** One deadline for each session: whatever comes first, its next packet or its expiry. */
    private void arm(LiveSession session) {
        long next = session.machine.nextTransmitNanos();
        if (session.machine.heard() && session.machine.detectionNanos() - next < 0) {
            next = session.machine.detectionNanos();
        }
        deadlines.set(session.slot, next);
    }

    private void serveDeadlines(long nowNanos) {
        while (deadlines.first() >= 0 && deadlines.firstDeadline() - nowNanos <= 0) {
            long late = nowNanos - deadlines.firstDeadline();
            lag.add(late);
            worstLagNanos = Math.max(worstLagNanos, late);
            LiveSession session = table.at(deadlines.first());
            session.machine.expireIfDue(nowNanos);
            if (!session.machine.heard()) {
                session.authenticator.forgetSequence();
            }
            session.machine.transmitIfDue(nowNanos);
            arm(session);
        }
    }

    @Override
    public void send(BfdSession machine, int flag) {
        LiveSession session = table.byDiscriminator(machine.localDiscriminator());
        out.clear();
        int section = session.authenticator.length();
        int flags = section > 0 ? flag | ControlPacket.AUTHENTICATION : flag;
        machine.write(out, flags, ControlPacket.LENGTH + section);
        session.authenticator.sign(out);
        out.flip();
        try {
            session.socket.send(out, session.key.peer(), session.scope, Ports.destination(session.key.multihop()));
            session.sent++;
        } catch (IOException unreachable) {
            LOG.debug("bfd {}: not sent: {}", session.key.peer(), unreachable.getMessage());
        }
    }

    @Override
    public void stateChanged(BfdSession machine, BfdState from, BfdState to) {
        LiveSession session = table.byDiscriminator(machine.localDiscriminator());
        session.onChange(from, to, ticker.wallClock());
        LOG.info("bfd {}: {} -> {} (diagnostic {})", session.key.peer(), from, to, machine.diagnostic());
        session.clients.forEach(client -> client.stateChanged(session.state()));
        dirty = true;
    }

    private void join(BfdSessionRequest request) {
        try {
            LiveSession session = table.get(request.key());
            if (session == null) {
                session = open(request);
            }
            session.clients.add(request);
            session.machine.retime(session.timing(), ticker.nanos());
            problems.remove(request.client());
            request.stateChanged(session.state());
            arm(session);
        } catch (IOException | IllegalArgumentException cannot) {
            raise(request.client(), "bfdSession", cannot.getMessage());
        }
        dirty = true;
    }

    private LiveSession open(BfdSessionRequest request) throws IOException {
        BfdSessionKey key = request.key();
        sockets.listen(key, poller);
        Authenticator authenticator = request.authentication()
                .map(wanted -> Authenticators.create(wanted, random))
                .orElse(Authenticator.NONE);
        UdpSocket socket = sockets.openSender(key, random);
        BfdSession machine = new BfdSession(discriminator(), request.timing(), random, this, ticker.nanos());
        LiveSession session = new LiveSession(table.freeSlot(), key, machine, ticker.wallClock(), ticker.nanos());
        session.authenticator = authenticator;
        session.socket = socket;
        session.scope = sockets.scope(key);
        table.add(session);
        return session;
    }

    private int discriminator() {
        int candidate = random.nextInt();
        while (candidate == 0 || table.byDiscriminator(candidate) != null) {
            candidate = random.nextInt();
        }
        return candidate;
    }

    private void retime(BfdSessionRequest request) {
        LiveSession session = table.get(request.key());
        if (session != null && session.clients.contains(request)) {
            session.machine.retime(session.timing(), ticker.nanos());
            arm(session);
        }
    }

    private void leave(BfdSessionRequest request) {
        LiveSession session = table.get(request.key());
        problems.remove(request.client());
        if (session != null && session.clients.remove(request) && session.clients.isEmpty()) {
            end(session);
        }
        dirty = true;
    }

    /**
     * AdminDown first, so that the peer does not take a farewell for a failure (RFC 5880 section 6.8.16): thrice, because
     * nobody stays to repeat it for a detection time.
     */
    private void end(LiveSession session) {
        session.machine.adminDown(ticker.nanos());
        for (int copy = 1; copy < FAREWELLS; copy++) {
            send(session.machine, 0);
        }
        deadlines.remove(session.slot);
        table.remove(session);
        session.socket.close();
    }

    private void raise(String subject, String code, String text) {
        problems.put(subject, Problem.error(code, subject, text));
        LOG.warn("bfd {}: {}", subject, text);
        dirty = true;
    }

    private void refreshIfDue(long nowNanos) {
        boolean second = refreshNanos - nowNanos <= 0;
        if (second) {
            refreshNanos = nowNanos + REFRESH_NANOS;
            table.all().forEach(session -> guard(session, nowNanos));
            worstLagNanos = 0;
        }
        if (dirty || second) {
            dirty = false;
            snapshot.set(takeSnapshot());
        }
    }

    private void guard(LiveSession session, long nowNanos) {
        if (!session.guard.observe(worstLagNanos, session.machine.peersDetectionNanos(), nowNanos)) {
            return;
        }
        session.machine.retime(session.timing(), nowNanos);
        arm(session);
        String subject = "timers of " + session.key.peer();
        if (session.guard.stretched()) {
            raise(
                    subject,
                    "bfdTimerLag",
                    "this host fires timers " + worstLagNanos / 1_000_000
                            + " ms late: the session runs slower than its profile until that ends");
        } else {
            problems.remove(subject);
        }
    }

    private BfdSnapshot takeSnapshot() {
        Map<String, Long> reasons = new HashMap<>();
        for (Discard reason : Discard.values()) {
            if (discards[reason.ordinal()] > 0) {
                reasons.put(reason.name(), discards[reason.ordinal()]);
            }
        }
        List<BfdSnapshot.SessionView> views = new ArrayList<>();
        table.all().forEach(session -> views.add(session.view()));
        views.sort(Comparator.comparing(view -> view.key().peer()));
        return new BfdSnapshot(
                views,
                reasons,
                new TimerLag(lag.count(), lag.percentile(99), lag.max()),
                List.copyOf(problems.values()));
    }

    /** Ends all sessions administratively and the thread. */
    @Override
    public void close() {
        post(() -> {
            List.copyOf(table.all()).forEach(this::end);
            closing = true;
        });
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
        sockets.close();
        poller.close();
    }
}
