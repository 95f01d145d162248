package org.heraldlb.bgp.speaker;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;

/** Whose connection it is that somebody dialled, if anybody's whom we know. On the loop only. */
final class Callers {

    private final Listeners listeners;
    private final Runnable refusal;
    private final Map<InetAddress, List<PeerSession>> byAddress = new HashMap<>();
    private long refused;

    /**
     * @param changed called when {@link #problems} did
     * @param refusal called when a connection was refused
     */
    Callers(Transport transport, Runnable changed, Runnable refusal) {
        this.refusal = refusal;
        listeners = new Listeners(transport, this::accept, changed);
    }

    /** Listens, from now on in VRFs too. */
    void open(int port) {
        listeners.open(port);
    }

    /** Listens in these VRFs and in no others beside the default one. */
    void serve(Set<String> vrfs) {
        listeners.serve(vrfs);
    }

    boolean isListening() {
        return listeners.isOpen();
    }

    /** True while nobody is known. */
    boolean isEmpty() {
        return byAddress.isEmpty();
    }

    /** Who may dial, instead of who might before. */
    void expect(Collection<PeerSession> sessions) {
        byAddress.clear();
        List<Endpoint> endpoints = new ArrayList<>();
        sessions.forEach(session -> {
            Endpoint endpoint = session.config().endpoint();
            endpoints.add(endpoint);
            byAddress
                    .computeIfAbsent(endpoint.remote().getAddress(), address -> new ArrayList<>())
                    .add(session);
        });
        listeners.expect(endpoints);
    }

    /** Of several peers with one address (and different ports, or addresses of ours) the first that has no session. */
    private Optional<Transport.Accepted> accept(String vrf, Wire wire) {
        List<PeerSession> candidates = candidates(vrf, wire);
        Optional<Transport.Accepted> taken = candidates.stream()
                .filter(session -> candidates.size() == 1 || !session.isEstablished())
                .findFirst()
                .flatMap(session -> session.accept(wire)
                        .map(heard -> new Transport.Accepted(session.config().endpoint(), heard)));
        if (taken.isEmpty()) {
            refused++;
            BgpLog.unknownSource(wire.remote());
            refusal.run();
        }
        return taken;
    }

    /** The kernel holds calls from one address to one key, so only peers of that key can be meant. */
    private List<PeerSession> candidates(String vrf, Wire wire) {
        IpAddress local = IpAddress.of(wire.local().getAddress());
        List<PeerSession> there = byAddress.getOrDefault(wire.remote().getAddress(), List.of()).stream()
                .filter(session -> listeners.serves(vrf, session.config().endpoint()))
                .toList();
        Optional<SecretValue> key = there.stream()
                .flatMap(session -> session.config().endpoint().password().stream())
                .findFirst();
        return there.stream()
                .filter(session -> session.config().endpoint().password().equals(key))
                .filter(session -> session.config()
                        .endpoint()
                        .source()
                        .filter(source -> !source.equals(local))
                        .isEmpty())
                .toList();
    }

    /** How many connections were refused so far. */
    long refused() {
        return refused;
    }

    List<Problem> problems() {
        return listeners.problems();
    }

    /** Listens no longer and knows nobody. */
    void close() {
        listeners.close();
        byAddress.clear();
    }
}
