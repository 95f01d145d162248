package org.heraldlb.bfd.sessions;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bfd.auth.Keyring;
import org.heraldlb.bfd.fsm.BfdSession;
import org.heraldlb.bfd.fsm.Diagnostic;
import org.heraldlb.bfd.fsm.Histogram;
import org.heraldlb.bfd.fsm.LagGuard;
import org.heraldlb.runtime.Backoff;

/** A session with its socket, its clients and its statistics. The engine's thread owns it. */
final class LiveSession {

    private static final int REMEMBERED_TRANSITIONS = 20;

    final int slot;
    final BfdSessionKey key;
    final Keyring keyring;
    final BfdSession machine;
    final LagGuard guard;
    /** Whose authentication counts. */
    private BfdSessionRequest leader;
    /** The last good timing of each client. Empty: the session is on its way out. */
    final Map<BfdSessionRequest, BfdSessionTiming> clients = new IdentityHashMap<>();

    final Histogram gaps = new Histogram();
    private final Deque<String> transitions = new ArrayDeque<>();

    /** Null while it cannot be opened. */
    UdpSocket socket;

    int scope;
    /** What the peer sends to, null before its first packet. */
    IpAddress self;
    /** The interface that the peer's packets come in on. */
    int linkIndex;
    /** Shared with other sessions of the same address; null while no echoes can be sent. */
    UdpSocket echoSocket;
    /** Why no echoes can be sent, empty when they can. */
    String echoTrouble = "";
    /** The peer was heard on the port of the other hop mode, and not on ours since. */
    boolean otherHopMode;

    final Histogram roundTrips = new Histogram();
    /** 0 before the first socket. */
    int sourcePort;
    /** Why nothing can be sent, empty when it can. */
    String trouble = "";

    Backoff pauses;
    long retryNanos;
    /** When the peer is told that nobody wants the session any more. */
    long farewellNanos;

    long leavingUntilNanos;
    /** The next one in the table's bucket. */
    LiveSession neighbour;

    long received;
    long sent;
    long unsent;
    long ups;
    long downs;
    private long lastReceiveNanos;
    private Instant since;

    LiveSession(int slot, BfdSessionRequest first, Keyring keyring, BfdSession machine, LagGuard guard) {
        this.slot = slot;
        this.key = first.key();
        this.leader = first;
        this.keyring = keyring;
        this.machine = machine;
        this.guard = guard;
    }

    void beginAt(Instant when) {
        since = when;
    }

    boolean leaving() {
        return clients.isEmpty();
    }

    /** The fastest of what the clients want, because one session serves them all; only while there are clients. */
    BfdSessionTiming wanted() {
        return clients.values().stream().reduce(LiveSession::faster).orElseThrow();
    }

    private static BfdSessionTiming faster(BfdSessionTiming a, BfdSessionTiming b) {
        return new BfdSessionTiming(
                Math.min(a.desiredMinTxMicros(), b.desiredMinTxMicros()),
                Math.min(a.requiredMinRxMicros(), b.requiredMinRxMicros()),
                Math.min(a.detectMultiplier(), b.detectMultiplier()),
                fasterEcho(a.requiredMinEchoRxMicros(), b.requiredMinEchoRxMicros()),
                a.passive() && b.passive(),
                Math.max(a.minimumTtl(), b.minimumTtl()));
    }

    private static int fasterEcho(int a, int b) {
        return a == 0 || b == 0 ? Math.max(a, b) : Math.min(a, b);
    }

    /** Runs what the clients want, as far as the host keeps up with it. */
    void retime(long nowNanos) {
        if (!leaving()) {
            machine.retime(guard.stretch(wanted()), nowNanos);
        }
    }

    /** The first client's authentication counts as long as it stays; a change of it does not disturb the session. */
    void rekey(long nowNanos) {
        if (!leaving()) {
            if (!clients.containsKey(leader)) {
                leader = clients.keySet().stream()
                        .min(Comparator.comparing(BfdSessionRequest::client))
                        .orElseThrow();
            }
            keyring.change(leader.authentication(), machine.state() == BfdState.UP, nowNanos);
        }
    }

    /** True when the client does not get the authentication that it wants. */
    boolean overrules(BfdSessionRequest client) {
        return client != leader && !client.authentication().equals(keyring.wanted());
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
            roundTrips.clear();
            ups++;
        } else if (from == BfdState.UP) {
            downs++;
        }
    }

    void resumed(Instant when) {
        since = when;
        transitions.addLast(when + " UP: taken over from the bundle before");
    }

    BfdSessionState state() {
        boolean remoteAdminDown = machine.remoteState() == BfdState.ADMIN_DOWN && machine.state() != BfdState.UP;
        return new BfdSessionState(machine.state(), machine.diagnostic(), remoteAdminDown);
    }

    Instant since() {
        return since;
    }

    List<String> transitions() {
        return List.copyOf(transitions);
    }

    /** For people: the peer, and what else tells this session from others. */
    String name() {
        return key.peer()
                + key.linkInterface().map(each -> "%" + each).orElse("")
                + key.local().map(each -> " from " + each).orElse("")
                + key.vrf().map(each -> " in " + each).orElse("")
                + (key.multihop() ? " multihop" : "")
                + (key.unaffiliated() ? " echo only" : "");
    }

    /** Where the peer's packets come in: what echoes to it need to know. Allocates only when that changes. */
    void onPath(UdpArrival arrival) {
        linkIndex = arrival.linkIndex;
        if (self == null || self.low() != arrival.destinationLow || self.high() != arrival.destinationHigh) {
            self = new IpAddress(key.peer().family(), arrival.destinationHigh, arrival.destinationLow);
        }
    }

    /** RFC 5881 and 5883: single hop; what the kernel of the other end does not send back is left out. */
    boolean wantsEcho() {
        return !leaving()
                && !key.multihop()
                && !key.unaffiliated()
                && key.peer().isV4()
                && wanted().requiredMinEchoRxMicros() > 0;
    }
}
