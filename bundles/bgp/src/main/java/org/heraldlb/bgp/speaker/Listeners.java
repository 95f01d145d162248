package org.heraldlb.bgp.speaker;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.heraldlb.api.Problem;

/**
 * The sockets that peers dial: one for the default VRF and one for each VRF that has peers, bound to its device, because
 * the kernel gives a connection inside a VRF to no other (unless {@code net.ipv4.tcp_l3mdev_accept} is set). On the loop
 * only.
 */
final class Listeners {

    /** Key of the socket that is bound to no device. */
    static final String DEFAULT_VRF = "";

    /** Decides about connections that come from a VRF. */
    interface Acceptor {
        Optional<Transport.Accepted> accept(String vrf, Wire wire);
    }

    private final Transport transport;
    private final Acceptor acceptor;
    private final Runnable changed;
    private final Map<String, Transport.Listener> open = new TreeMap<>();
    private final Map<String, String> reasons = new TreeMap<>();
    private int port;

    /** @param changed called when {@link #problems} did */
    Listeners(Transport transport, Acceptor acceptor, Runnable changed) {
        this.transport = transport;
        this.acceptor = acceptor;
        this.changed = changed;
    }

    /** Listens in the default VRF, and from now on in those of {@link #serve}. */
    void open(int newPort) {
        port = newPort;
        open(DEFAULT_VRF);
    }

    private void open(String vrf) {
        Optional<String> device = vrf.equals(DEFAULT_VRF) ? Optional.empty() : Optional.of(vrf);
        Transport.Listener made =
                transport.listen(port, device, wire -> acceptor.accept(vrf, wire), reason -> failed(vrf, reason));
        open.put(vrf, made);
    }

    private void failed(String vrf, String reason) {
        // A VRF device may appear later: the next plan tries again.
        if (!vrf.equals(DEFAULT_VRF)) {
            open.remove(vrf);
        }
        reasons.put(vrf, reason);
        BgpLog.cannotListen(where(vrf), reason);
        changed.run();
    }

    /** Listens in these VRFs and in no others beside the default one; nowhere before {@link #open(int)}. */
    void serve(Set<String> vrfs) {
        if (!isOpen()) {
            return;
        }
        for (String vrf : List.copyOf(open.keySet())) {
            if (!vrf.equals(DEFAULT_VRF) && !vrfs.contains(vrf)) {
                open.remove(vrf).close();
            }
        }
        reasons.keySet().removeIf(vrf -> !vrf.equals(DEFAULT_VRF));
        vrfs.stream().filter(vrf -> !open.containsKey(vrf)).forEach(this::open);
    }

    boolean isOpen() {
        return open.containsKey(DEFAULT_VRF);
    }

    /** Whether a connection that came from a VRF may be of this peer. */
    boolean serves(String vrf, Endpoint peer) {
        String device = peer.device().orElse(DEFAULT_VRF);
        return vrf.equals(DEFAULT_VRF) ? device.isEmpty() || !open.containsKey(device) : device.equals(vrf);
    }

    /** Tells each socket its peers' keys. */
    void expect(Collection<Endpoint> peers) {
        open.forEach((vrf, listener) ->
                listener.expect(peers.stream().filter(peer -> serves(vrf, peer)).toList()));
    }

    List<Problem> problems() {
        return reasons.entrySet().stream()
                .map(failed -> Problem.error(
                                "cannotListen", "org.heraldlb.bgp", where(failed.getKey()) + ": " + failed.getValue())
                        .withFix(
                                failed.getKey().equals(DEFAULT_VRF)
                                        ? "free the port, choose another, or set listen=false"
                                        : "make the VRF device, or correct spec.vrf; the session is dialled meanwhile"))
                .toList();
    }

    private String where(String vrf) {
        return "port " + port + (vrf.equals(DEFAULT_VRF) ? "" : " in VRF " + vrf);
    }

    void close() {
        open.values().forEach(Transport.Listener::close);
        open.clear();
        reasons.clear();
    }
}
