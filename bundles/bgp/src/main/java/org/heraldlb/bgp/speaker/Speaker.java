package org.heraldlb.bgp.speaker;

import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.HandOver;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bgp.BgpAnnouncer;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.rib.BatchCache;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;
import org.heraldlb.runtime.Ticker;

/**
 * Carries BGP plans out: one session for each peer of the plan, and on each the routes of the plan.
 *
 * <p>A plan that changes a peer's routes never touches a session; one that changes the peer's own parameters resets that
 * session alone. Closing the speaker is a pause, not a farewell: peers that do graceful restart are told nothing.
 */
public final class Speaker implements BgpAnnouncer, HandOver, AutoCloseable {

    /** Value of the service property {@code announcer.name}. */
    public static final String NAME = "native";

    private final Surroundings around;
    private final StatusDesk desk;
    private final Sessions sessions;
    private final LatestWins<BgpPlan> plans;
    private final BgpControl control;
    private boolean lettingGo;
    private boolean closed;
    private volatile boolean ended;

    /**
     * @param transport closed with the speaker
     * @param random for jitter
     */
    public Speaker(Transport transport, SpeakerSettings settings, RandomGenerator random, BfdPort bfd) {
        this(new Surroundings(transport, settings, LocalAddresses.SYSTEM, new BatchCache(), random, ""), bfd);
        BgpLog.started(transport.describe(), settings.listenPort());
    }

    Speaker(Surroundings around, BfdPort bfd) {
        this.around = around;
        EventLoop loop = around.transport().loop();
        desk = new StatusDesk(NAME, loop.ticker());
        sessions = new Sessions(around, bfd, desk);
        plans = new LatestWins<>(loop, this::begin);
        control = new SpeakerControl(this, loop);
    }

    /** Gets ready for the first session as fast as for later ones; see {@link Rehearsal}. Returns at once. */
    public static void rehearse() {
        new Rehearsal().begin(Ticker.SYSTEM);
    }

    /** Starts to listen where that is wanted. Call once. */
    public void start() {
        around.transport().loop().execute(this::listenWhereWanted);
    }

    private void listenWhereWanted() {
        int port = around.settings().listenPort();
        if (port != 0 && !closed) {
            sessions.listen(port);
        }
    }

    @Override
    public void apply(BgpPlan newest) {
        plans.offer(newest);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return desk.status();
    }

    /** A plan from outside; after {@link #letGo} it means to begin again. */
    private void begin(BgpPlan newest) {
        if (closed) {
            return;
        }
        if (lettingGo) {
            lettingGo = false;
            listenWhereWanted();
        }
        sessions.carryOut(newest);
    }

    /** What unnumbered peers need. Any thread; again when it is replaced. */
    public void host(PacketSockets sockets, LinkMonitor links) {
        around.transport().loop().execute(() -> {
            if (!closed) {
                sessions.addresses().host(sockets, links);
                sessions.carryOutAgain();
            }
        });
    }

    /** The host's sockets are gone; sessions that stand go on. Any thread. */
    public void hostGone() {
        around.transport().loop().execute(sessions.addresses()::hostGone);
    }

    // Verbs of the operator

    /** RFC 8326 on all sessions, on or off. Any thread. */
    public void drain(boolean wanted) {
        around.transport().loop().execute(() -> sessions.drain(wanted));
    }

    /** Tells one peer everything again ({@code soft}), or resets its session. Any thread; unknown names are ignored. */
    public void clear(String peer, boolean soft, String reason) {
        around.transport().loop().execute(() -> sessions.session(peer).ifPresent(session -> {
            if (soft) {
                session.resend();
            } else {
                session.reset(Notification.withText(BgpError.RESET, reason));
            }
        }));
    }

    /** The same for whoever has no speaker in hand. */
    public BgpControl control() {
        return control;
    }

    Optional<PeerSession> session(String peer) {
        return sessions.session(peer);
    }

    Trace trace(String peer) {
        return sessions.trace(peer);
    }

    /** Who is to have no session, and what it is told. On the loop. */
    void disable(Map<String, String> reasonByPeer) {
        if (!closed) {
            sessions.disable(reasonByPeer);
        }
    }

    Optional<BgpPeerDetail> detail(String peer) {
        return sessions.detail(peer);
    }

    @Override
    public void letGo(Runnable done) {
        if (ended) {
            done.run();
            return;
        }
        around.transport().loop().execute(() -> {
            lettingGo = true;
            sessions.suspend();
            sessions.board().changed();
            done.run();
        });
    }

    /** A pause: sessions end without a word where the peer keeps our routes meanwhile. Blocks for a moment. */
    @Override
    public void close() {
        ended = true;
        around.transport().loop().execute(() -> {
            closed = true;
            sessions.board().stop();
            sessions.addresses().hostGone();
            sessions.suspend();
        });
        around.transport().close();
        desk.close();
    }
}
