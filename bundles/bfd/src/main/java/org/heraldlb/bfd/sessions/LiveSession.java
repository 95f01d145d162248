package org.heraldlb.bfd.sessions;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdSnapshot.AgreedTiming;
import org.heraldlb.api.bfd.BfdSnapshot.PacketStatistics;
import org.heraldlb.api.bfd.BfdSnapshot.SessionView;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.bfd.auth.Authenticator;
import org.heraldlb.bfd.fsm.BfdSession;
import org.heraldlb.bfd.fsm.Diagnostic;
import org.heraldlb.bfd.fsm.Histogram;
import org.heraldlb.bfd.fsm.LagGuard;

/** A session with its socket, its clients and its statistics. The engine's thread owns it. */
final class LiveSession {

    private static final int REMEMBERED_TRANSITIONS = 20;

    final int slot;
    final BfdSessionKey key;
    final BfdSession machine;
    final Set<BfdSessionRequest> clients = new LinkedHashSet<>();
    final Histogram gaps = new Histogram();
    final LagGuard guard;
    private final Deque<String> transitions = new ArrayDeque<>();

    Authenticator authenticator = Authenticator.NONE;
    UdpSocket socket;
    int scope;
    long received;
    long sent;
    long lastReceiveNanos;
    private Instant since;

    LiveSession(int slot, BfdSessionKey key, BfdSession machine, Instant since, long nowNanos) {
        this.guard = new LagGuard(nowNanos);
        this.slot = slot;
        this.key = key;
        this.machine = machine;
        this.since = since;
    }

    /** The fastest of what the clients want: all of them are served by one session. */
    BfdSessionTiming timing() {
        return clients.stream()
                .map(BfdSessionRequest::timing)
                .reduce(LiveSession::faster)
                .orElseThrow();
    }

    private static BfdSessionTiming faster(BfdSessionTiming a, BfdSessionTiming b) {
        return new BfdSessionTiming(
                Math.min(a.desiredMinTxMicros(), b.desiredMinTxMicros()),
                Math.min(a.requiredMinRxMicros(), b.requiredMinRxMicros()),
                Math.min(a.detectMultiplier(), b.detectMultiplier()),
                Math.min(a.requiredMinEchoRxMicros(), b.requiredMinEchoRxMicros()),
                a.passive() && b.passive(),
                Math.max(a.minimumTtl(), b.minimumTtl()));
    }

    void onReceived(long nowNanos) {
        if (received++ > 0 && machine.state() == BfdState.UP) {
            gaps.add(nowNanos - lastReceiveNanos);
        }
        lastReceiveNanos = nowNanos;
    }

    void onChange(BfdState from, BfdState to, Instant when) {
        since = when;
        if (transitions.size() == REMEMBERED_TRANSITIONS) {
            transitions.removeFirst();
        }
        transitions.addLast(when + " " + from + " -> " + to + ": " + Diagnostic.text(machine.diagnostic()));
        if (to == BfdState.UP) {
            gaps.clear();
        }
    }

    BfdSessionState state() {
        boolean remoteAdminDown = machine.remoteState() == BfdState.ADMIN_DOWN && machine.state() != BfdState.UP;
        return new BfdSessionState(machine.state(), machine.diagnostic(), remoteAdminDown);
    }

    SessionView view() {
        return new SessionView(
                key,
                clients.stream().map(BfdSessionRequest::client).sorted().toList(),
                state(),
                machine.remoteState().name(),
                since,
                machine.localDiscriminator(),
                machine.remoteDiscriminator(),
                agreed(),
                new PacketStatistics(received, sent, gaps.percentile(50), gaps.percentile(99), gaps.max()),
                List.copyOf(new ArrayList<>(transitions)));
    }

    private AgreedTiming agreed() {
        long detection = machine.detectionTimeNanos() / 1000;
        return new AgreedTiming(machine.transmitIntervalNanos() / 1000, machine.receiveIntervalMicros(), detection);
    }
}
