package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.net.BindException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSockets;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/**
 * Which sockets BFD has: listeners that all sessions share, and a sender for each session. Engine's thread only, but for
 * what says otherwise.
 */
public final class SessionSockets implements AutoCloseable {

    /** RFC 5881 section 5 for single hop; multihop peers derive what they accept from it as well. */
    private static final int HOP_LIMIT = 255;
    /** Class selector 6, network control: what FRR and BIRD send. */
    private static final int TRAFFIC_CLASS = 0xc0;

    private static final int BIND_TRIES = 32;

    private static final String ECHO = "echo of ";

    /** Called for each open listener. */
    @FunctionalInterface
    interface ListenerAction {
        void accept(Listener listener);
    }

    private final UdpSockets host;
    private final LinkMonitor links;
    private final Map<String, Listener> listeners = new TreeMap<>();
    private final Set<Integer> sourcePorts = new HashSet<>();

    public SessionSockets(UdpSockets host, LinkMonitor links) {
        this.host = host;
        this.links = links;
    }

    /** Calls {@code changed} whenever interfaces or addresses change, on some thread. Any thread. */
    Registration observeLinks(Runnable changed) {
        return links.observe(snapshot -> changed.run());
    }

    UdpPoller openPoller() throws IOException {
        return host.openPoller();
    }

    /** Makes the calling thread wake up on time. */
    void makePunctual(int realTimePriority) throws IOException {
        host.makePunctual(realTimePriority);
    }

    void forEachListener(ListenerAction action) {
        for (Listener listener : listeners.values()) {
            if (listener.socket() != null) {
                action.accept(listener);
            }
        }
    }

    Legacy legacy() {
        return new Legacy(host);
    }

    /** Uses a socket that was opened before instead of the session's own. */
    void adopt(LiveSession session, UdpSocket socket) {
        closeSender(session);
        session.socket = socket;
        session.sourcePort = socket.spec().port();
        sourcePorts.add(session.sourcePort);
    }

    /** Makes sure that packets for {@code key} are heard, or that another try is made. */
    private void listen(BfdSessionKey key, UdpPoller poller, RandomGenerator random, long nowNanos) throws IOException {
        Ear ear = Ear.of(key.multihop());
        IpFamily family = key.peer().family();
        // The one without a VRF comes first, and tells whether another program has the port.
        Ear extra = key.vrf().isPresent() ? ear : ear.other();
        listener(family, Optional.empty(), extra, random).openIfDue(host, poller, nowNanos);
        Listener listener = listener(family, key.vrf(), ear, random);
        listener.need();
        if (!listener.openIfDue(host, poller, nowNanos)) {
            throw new IOException("nothing can be heard: " + listener.trouble());
        }
    }

    private Listener listener(IpFamily family, Optional<String> vrf, Ear ear, RandomGenerator random) {
        String name =
                family + " " + ear.text() + vrf.map(device -> " in " + device).orElse("");
        UdpSpec spec = new UdpSpec(family, Optional.empty(), ear.port(), HOP_LIMIT, TRAFFIC_CLASS, vrf, true);
        return listeners.computeIfAbsent(name, unused -> new Listener(spec, ear, random));
    }

    /**
     * The socket for echoes to our own address.
     *
     * @throws IOException with one line that says what to do
     */
    UdpSocket loop(IpAddress self, UdpPoller poller, RandomGenerator random, long nowNanos) throws IOException {
        Listener listener = listeners.computeIfAbsent(
                ECHO + self,
                unused -> new Listener(
                        spec(self.family(), Optional.of(self), Ports.ECHO, Optional.empty()), Ear.ECHO, random));
        if (!listener.openIfDue(host, poller, nowNanos)) {
            throw new IOException(listener.trouble());
        }
        return listener.socket();
    }

    /** Closes the sockets for echoes that nobody uses: each makes the kernel look at every packet. */
    void closeUnusedLoops(Set<IpAddress> used, UdpPoller poller) {
        listeners.values().removeIf(listener -> {
            boolean unused = listener.ear() == Ear.ECHO
                    && !used.contains(listener.spec().local().orElseThrow());
            if (unused) {
                listener.close(poller);
            }
            return unused;
        });
    }

    /** Whether a neighbour's echoes that come in on this interface go back to it. */
    boolean forwards(int linkIndex) {
        return host.forwards(linkIndex);
    }

    /** Tries the listeners again whose time has come; true when one came open. */
    boolean retryListeners(UdpPoller poller, long nowNanos) {
        return listeners.values().stream()
                        .filter(listener -> listener.socket() == null)
                        .filter(listener -> listener.openIfDue(host, poller, nowNanos) && listener.needed())
                        .count()
                > 0;
    }

    /**
     * Opens what a session needs: first the ear, then the mouth.
     *
     * @throws IOException with one line that says what to do
     */
    void open(LiveSession session, UdpPoller poller, RandomGenerator random, long nowNanos) throws IOException {
        BfdSessionKey key = session.key;
        session.scope = scope(key);
        if (key.unaffiliated()) {
            session.socket = loop(key.local().orElseThrow(), poller, random, nowNanos);
            return;
        }
        listen(key, poller, random, nowNanos);
        session.socket = openSender(key, session.sourcePort, random);
        session.sourcePort = session.socket.spec().port();
        session.socket.sendOnly();
    }

    private static UdpSpec spec(IpFamily family, Optional<IpAddress> local, int port, Optional<String> device) {
        return new UdpSpec(family, local, port, HOP_LIMIT, TRAFFIC_CLASS, device);
    }

    /**
     * A socket with a source port of its own in the range that RFC 5881 section 4 asks for: the one that the session had
     * before, when it is still free.
     */
    private UdpSocket openSender(BfdSessionKey key, int before, RandomGenerator random) throws IOException {
        BindException last = new BindException("no free UDP source port for BFD to " + key.peer());
        for (int i = 0; i < BIND_TRIES; i++) {
            boolean same = i == 0 && before != 0;
            int port = same ? before : random.nextInt(Ports.FIRST_SOURCE, Ports.LAST_SOURCE + 1);
            try {
                if (!sourcePorts.contains(port)) {
                    UdpSocket socket = host.open(spec(
                            key.peer().family(),
                            key.local(),
                            port,
                            key.linkInterface().or(key::vrf)));
                    sourcePorts.add(port);
                    return socket;
                }
            } catch (BindException taken) {
                last = taken;
            }
        }
        throw last;
    }

    void closeSender(LiveSession session) {
        if (session.socket != null && !session.key.unaffiliated()) {
            sourcePorts.remove(session.socket.spec().port());
            session.socket.close();
        }
        session.socket = null;
    }

    /** Index of the interface that the key names, 0 where it names none. */
    private int scope(BfdSessionKey key) throws IOException {
        return key.linkInterface().isPresent() ? index(key.linkInterface().get()) : 0;
    }

    private int index(String name) throws IOException {
        return currentIndex(name).orElseThrow(() -> new IOException("there is no interface " + name));
    }

    private Optional<Integer> currentIndex(String name) {
        return links.current().byName(name).map(Link::index);
    }

    /** True when the session's interface is gone or another one has its name: its socket is of no use any more. */
    boolean isStale(LiveSession session) {
        return session.socket != null && (isElsewhere(session) || isClosedLoop(session));
    }

    private boolean isClosedLoop(LiveSession session) {
        return session.key.unaffiliated()
                && listeners.values().stream().noneMatch(listener -> listener.socket() == session.socket);
    }

    private boolean isElsewhere(LiveSession session) {
        return session.socket != null
                && session.key
                        .linkInterface()
                        .filter(name -> currentIndex(name).orElse(0) != session.scope)
                        .isPresent();
    }

    /** One for each listener that is not open. */
    List<Problem> problems() {
        return listeners.entrySet().stream()
                .filter(each ->
                        each.getValue().socket() == null && each.getValue().needed())
                .map(each -> Problem.error(
                        "bfdListener", "BFD " + each.getKey(), each.getValue().trouble()))
                .toList();
    }

    /** Closes the listeners. */
    @Override
    public void close() {
        listeners.values().forEach(Listener::close);
        listeners.clear();
    }
}
