package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSockets;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/** Which sockets BFD has: listeners that all sessions share, and a sender for each session. Engine's thread only. */
public final class SessionSockets implements AutoCloseable {

    /** RFC 5881 section 5 for single hop; multihop peers derive what they accept from it as well. */
    private static final int HOP_LIMIT = 255;
    /** Class selector 6, network control: what FRR and BIRD send. */
    private static final int TRAFFIC_CLASS = 0xc0;

    private static final int BIND_TRIES = 32;

    private record Listener(IpFamily family, boolean multihop, UdpSocket socket) {}

    /** Called for each listener. */
    @FunctionalInterface
    interface ListenerAction {
        void accept(UdpSocket socket, boolean multihop);
    }

    private final UdpSockets host;
    private final LinkMonitor links;
    private final List<Listener> listeners = new ArrayList<>();
    private final Set<Integer> sourcePorts = new HashSet<>();

    public SessionSockets(UdpSockets host, LinkMonitor links) {
        this.host = host;
        this.links = links;
    }

    UdpPoller openPoller() throws IOException {
        return host.openPoller();
    }

    void forEachListener(ListenerAction action) {
        for (int i = listeners.size() - 1; i >= 0; i--) {
            action.accept(listeners.get(i).socket(), listeners.get(i).multihop());
        }
    }

    /** Makes sure that packets for {@code key} are heard. */
    void listen(BfdSessionKey key, UdpPoller poller) throws IOException {
        IpFamily family = key.peer().family();
        boolean present = listeners.stream().anyMatch(l -> l.family() == family && l.multihop() == key.multihop());
        if (!present) {
            UdpSocket socket =
                    host.open(spec(family, Optional.empty(), Ports.destination(key.multihop()), Optional.empty()));
            listeners.add(new Listener(family, key.multihop(), socket));
            poller.add(socket);
        }
    }

    private static UdpSpec spec(IpFamily family, Optional<IpAddress> local, int port, Optional<String> device) {
        return new UdpSpec(family, local, port, HOP_LIMIT, TRAFFIC_CLASS, device);
    }

    /** A socket with a source port of its own in the range that RFC 5881 section 4 asks for. */
    UdpSocket openSender(BfdSessionKey key, RandomGenerator random) throws IOException {
        IOException last = null;
        for (int i = 0; i < BIND_TRIES; i++) {
            int port = random.nextInt(Ports.FIRST_SOURCE, Ports.LAST_SOURCE + 1);
            if (sourcePorts.contains(port)) {
                continue;
            }
            try {
                UdpSocket socket = host.open(spec(key.peer().family(), key.local(), port, key.linkInterface()));
                sourcePorts.add(port);
                return socket;
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw last != null ? last : new IOException("no free UDP source port for BFD to " + key.peer());
    }

    /** Interface index for link-local peers, 0 where it does not matter. */
    int scope(BfdSessionKey key) {
        return key.linkInterface()
                .flatMap(name -> links.current().byName(name))
                .map(Link::index)
                .orElse(0);
    }

    void drop(UdpSocket socket, UdpPoller poller) {
        poller.remove(socket);
        listeners.removeIf(listener -> listener.socket() == socket);
        socket.close();
    }

    /** Closes the listeners. */
    @Override
    public void close() {
        listeners.forEach(listener -> listener.socket().close());
        listeners.clear();
    }
}
