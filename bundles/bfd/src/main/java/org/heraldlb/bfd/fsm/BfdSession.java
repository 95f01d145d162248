package org.heraldlb.bfd.fsm;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.bfd.packet.ControlPacket;
import org.heraldlb.bfd.packet.Discard;

/**
 * One BFD session in asynchronous mode (RFC 5880 section 6.8). Its owner calls {@link #receive} for each packet that is
 * meant for it, {@link #transmitIfDue} and {@link #expireIfDue} when {@link #nextTransmitNanos} and
 * {@link #detectionNanos} are reached. An owner that comes late to {@code expireIfDue} must have read its socket dry
 * first: what lies there unread is proof of life.
 */
public final class BfdSession {

    private static final long MICRO = 1_000;

    private final int localDiscriminator;
    private final SessionEffects effects;
    private final Intervals intervals;
    private final Pace pace;
    private final Remote remote = new Remote();
    private final Agreement agreed;
    private final EchoFunction echo;
    private boolean echoPossible;
    private boolean loopsEchoes;
    private int silenceDiagnostic = Diagnostic.DETECTION_TIME_EXPIRED;

    private BfdState state = BfdState.DOWN;
    private int diagnostic = Diagnostic.NONE;
    private long lastReceiveNanos;
    private long adminDownUntilNanos;
    private boolean heard;

    /** {@code localDiscriminator} is not 0 and unique among the owner's sessions. */
    public BfdSession(
            int localDiscriminator,
            BfdSessionTiming timing,
            RandomGenerator random,
            SessionEffects effects,
            long nowNanos) {
        if (localDiscriminator == 0) {
            throw new IllegalArgumentException("a discriminator is not 0");
        }
        this.localDiscriminator = localDiscriminator;
        this.effects = effects;
        this.intervals = new Intervals(timing);
        this.agreed = new Agreement(intervals, remote);
        this.echo = new EchoFunction(random);
        this.pace = new Pace(random, intervals.effectiveTxMicros() * MICRO, nowNanos);
    }

    /** Goes on with a session that another system than this object brought Up: the peer is told our timing by a poll. */
    public void resume(Remote known, long nowNanos) {
        remote.be(known);
        state = BfdState.UP;
        heard = true;
        lastReceiveNanos = nowNanos;
        intervals.settle(true);
        rephase(nowNanos);
    }

    /** Asks the peer for patience: from its next packet on it waits for {@code multiplier} times the interval. */
    public void beSlow(int intervalMicros, int multiplier, long nowNanos) {
        BfdSessionTiming now = intervals.wanted();
        retime(
                new BfdSessionTiming(
                        Math.max(intervalMicros, now.desiredMinTxMicros()),
                        now.requiredMinRxMicros(),
                        Math.max(multiplier, now.detectMultiplier()),
                        0,
                        now.passive(),
                        now.minimumTtl()),
                nowNanos);
    }

    /** What the peer last said; not to be kept. */
    public Remote remote() {
        return remote;
    }

    /** RFC 9747 section 2: the packets are our own, so that their absence is a failure of the Echo function. */
    public void unaffiliated() {
        silenceDiagnostic = Diagnostic.ECHO_FAILED;
    }

    /**
     * Takes a packet that passed {@link ControlPacket#malformed()}, its TTL check, demultiplexing and authentication.
     *
     * @return null when it was taken, otherwise why it was thrown away
     */
    public Discard receive(ControlPacket packet, long nowNanos) {
        if (state == BfdState.ADMIN_DOWN) {
            return Discard.ADMIN_DOWN;
        }
        boolean stranger = packet.yourDiscriminator() == 0
                && state == BfdState.UP
                && packet.myDiscriminator() != remote.discriminator;
        if (stranger) {
            return Discard.TAKEOVER;
        }
        accept(packet, nowNanos);
        return null;
    }

    private void accept(ControlPacket packet, long nowNanos) {
        long intervalBefore = agreed.transmitIntervalNanos();
        lastReceiveNanos = nowNanos;
        heard = true;
        remote.learn(packet);
        if (packet.has(ControlPacket.FINAL)) {
            intervals.finalReceived();
        }
        BfdState before = state;
        transition(nowNanos);
        settleEcho(nowNanos);
        if (before == state && agreed.transmitIntervalNanos() < intervalBefore) {
            rephase(nowNanos);
        }
        if (packet.has(ControlPacket.POLL)) {
            effects.send(this, ControlPacket.FINAL);
        }
    }

    /** The state machine of RFC 5880 section 6.2, in the words of section 6.8.6. */
    private void transition(long nowNanos) {
        switch (remote.state) {
            case ADMIN_DOWN -> {
                if (state != BfdState.DOWN) {
                    become(BfdState.DOWN, Diagnostic.NEIGHBOR_SIGNALED_DOWN, nowNanos);
                }
            }
            case DOWN -> onRemoteDown(nowNanos);
            case INIT -> {
                if (state != BfdState.UP) {
                    become(BfdState.UP, Diagnostic.NONE, nowNanos);
                }
            }
            case UP -> {
                if (state == BfdState.INIT) {
                    become(BfdState.UP, Diagnostic.NONE, nowNanos);
                }
            }
            case UNAVAILABLE -> throw new AssertionError("no packet carries this state");
        }
    }

    private void onRemoteDown(long nowNanos) {
        if (state == BfdState.DOWN) {
            become(BfdState.INIT, Diagnostic.NONE, nowNanos);
        } else if (state == BfdState.UP) {
            become(BfdState.DOWN, Diagnostic.NEIGHBOR_SIGNALED_DOWN, nowNanos);
        }
    }

    /** The one door for state changes. Tells the peer at once, which RFC 5880 section 6.8.7 allows. */
    private void become(BfdState next, int why, long nowNanos) {
        BfdState from = state;
        state = next;
        diagnostic = why == Diagnostic.NONE && next == BfdState.INIT ? diagnostic : why;
        intervals.settle(next == BfdState.UP);
        settleEcho(nowNanos);
        if (mayTransmit()) {
            transmit(nowNanos);
        } else {
            rephase(nowNanos);
        }
        effects.stateChanged(this, from, next);
    }

    /** Sends the periodic packet when it is due. */
    public void transmitIfDue(long nowNanos) {
        if (pace.dueNanos() - nowNanos > 0) {
            return;
        }
        boolean adminDownTold = state == BfdState.ADMIN_DOWN && adminDownUntilNanos - nowNanos <= 0;
        if (mayTransmit() && !adminDownTold) {
            transmit(nowNanos);
        } else {
            keepPace(nowNanos);
        }
    }

    private void transmit(long nowNanos) {
        effects.send(this, intervals.polling() ? ControlPacket.POLL : 0);
        keepPace(nowNanos);
    }

    private void keepPace(long nowNanos) {
        pace.sent(agreed.transmitIntervalNanos(), intervals.wanted().detectMultiplier(), nowNanos);
    }

    private void rephase(long nowNanos) {
        pace.rephase(agreed.transmitIntervalNanos(), intervals.wanted().detectMultiplier(), nowNanos);
    }

    /** RFC 5880 section 6.8.7. */
    private boolean mayTransmit() {
        if (remote.minRxMicros == 0 || intervals.wanted().passive() && remote.discriminator == 0) {
            return false;
        }
        boolean quiet = remote.demand && state == BfdState.UP && remote.state == BfdState.UP;
        return !quiet || intervals.polling();
    }

    /** Declares the session down when its detection time is over (RFC 5880 section 6.8.4). */
    public void expireIfDue(long nowNanos) {
        if (state == BfdState.UP && echo.failed(nowNanos)) {
            become(BfdState.DOWN, Diagnostic.ECHO_FAILED, nowNanos);
        }
        if (!heard || detectionNanos() - nowNanos > 0) {
            return;
        }
        if (state == BfdState.INIT || state == BfdState.UP) {
            // The discriminator is kept for one more detection time, so that the peer still recognises our Down.
            lastReceiveNanos = nowNanos;
            become(BfdState.DOWN, silenceDiagnostic, nowNanos);
        } else {
            heard = false;
            remote.forget();
        }
    }

    /** New timing; told to the peer by a poll sequence, never by a flap. */
    public void retime(BfdSessionTiming timing, long nowNanos) {
        intervals.want(timing, state == BfdState.UP);
        settleEcho(nowNanos);
        if (mayTransmit() && state != BfdState.ADMIN_DOWN) {
            rephase(nowNanos);
        }
    }

    /** Takes the session down on purpose; the peer is told for one detection time. */
    public void adminDown(long nowNanos) {
        if (state != BfdState.ADMIN_DOWN) {
            adminDownUntilNanos = nowNanos + agreed.peersDetectionNanos();
            become(BfdState.ADMIN_DOWN, Diagnostic.ADMINISTRATIVELY_DOWN, nowNanos);
        }
    }

    /** Lets a session come up again that was taken down on purpose. */
    public void adminUp(long nowNanos) {
        if (state == BfdState.ADMIN_DOWN) {
            become(BfdState.DOWN, Diagnostic.NONE, nowNanos);
        }
    }

    /**
     * Where the Echo function is wanted: what this host can do for it.
     *
     * @param possible echoes can be sent to the peer
     * @param loops the peer's echoes are forwarded back to it
     */
    public void offerEcho(boolean possible, boolean loops, long nowNanos) {
        echoPossible = possible;
        loopsEchoes = loops;
        settleEcho(nowNanos);
    }

    /** RFC 5880 section 6.8.9: only while Up, only where the peer allows it, no faster than it allows. */
    private void settleEcho(long nowNanos) {
        long wanted = intervals.wanted().requiredMinEchoRxMicros();
        boolean send = echoPossible && state == BfdState.UP && wanted > 0 && remote.minEchoRxMicros > 0;
        long interval = send ? Math.max(wanted, remote.minEchoRxMicros) * MICRO : 0;
        echo.settle(interval, intervals.wanted().detectMultiplier(), nowNanos);
        slowControl();
    }

    private void slowControl() {
        intervals.slowControl(echo.active());
        intervals.settle(state == BfdState.UP);
    }

    /** Sends an echo when one is due. */
    public void echoIfDue(long nowNanos) {
        if (echo.takeDue(nowNanos)) {
            effects.sendEcho(this);
        }
    }

    /**
     * Takes an echo that came back.
     *
     * @return false when it is none of ours, or came back before
     */
    public boolean echoReturned(ByteBuffer packet, long nowNanos) {
        boolean taken = echo.back(packet, nowNanos);
        if (taken) {
            slowControl();
        }
        return taken;
    }

    public EchoFunction echo() {
        return echo;
    }

    /** What both ends agree upon. */
    public Agreement agreed() {
        return agreed;
    }

    /** When the detection time is over; meaningless before the first packet. */
    public long detectionNanos() {
        return lastReceiveNanos + agreed.detectionTimeNanos();
    }

    /** True once a packet was taken and its sender has not been forgotten since. */
    public boolean heard() {
        return heard;
    }

    /** Nothing came for at least twice the detection time: RFC 5880 section 6.8.1, bfd.AuthSeqKnown. */
    public boolean forgotten(long nowNanos) {
        return !heard && nowNanos - lastReceiveNanos >= 2 * agreed.detectionTimeNanos();
    }

    /** The earliest time at which anything is to be done. */
    public long nextNanos() {
        long next = pace.dueNanos();
        if (heard && detectionNanos() - next < 0) {
            next = detectionNanos();
        }
        return echo.running() && echo.nextNanos() - next < 0 ? echo.nextNanos() : next;
    }

    /** When {@link #transmitIfDue} wants to be called. */
    public long nextTransmitNanos() {
        return pace.dueNanos();
    }

    /** Writes the current control packet without authentication: 24 octets at the buffer's position. */
    public void write(ByteBuffer out, int flags, int length) {
        ControlPacket.putHead(out, state, diagnostic, flags, intervals.wanted().detectMultiplier(), length);
        out.putInt(localDiscriminator).putInt(remote.discriminator);
        out.putInt((int) intervals.advertisedTxMicros());
        out.putInt((int) intervals.advertisedRxMicros());
        out.putInt(loopsEchoes ? intervals.wanted().requiredMinEchoRxMicros() : 0);
    }

    public BfdState state() {
        return state;
    }

    /** Why the state last changed: RFC 5880 section 4.1. */
    public int diagnostic() {
        return diagnostic;
    }

    public int localDiscriminator() {
        return localDiscriminator;
    }

    /** 0 while the peer is not known. */
    public int remoteDiscriminator() {
        return remote.discriminator;
    }

    public BfdState remoteState() {
        return remote.state;
    }

    public int remoteDiagnostic() {
        return remote.diagnostic;
    }

    /** True while a poll sequence is under way. */
    public boolean polling() {
        return intervals.polling();
    }
}
