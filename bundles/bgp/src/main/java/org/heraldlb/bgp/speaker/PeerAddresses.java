package org.heraldlb.bgp.speaker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.runtime.EventLoop;

/** Where each peer is: at its address, or, unnumbered, at that of the router on its interface. On the loop only. */
final class PeerAddresses {

    private final EventLoop loop;
    private final Map<String, PeerSession> sessions;
    private final Runnable changed;
    private RouterSearch search;

    /**
     * @param sessions those that stand, by peer
     * @param changed called when a router was found or lost
     */
    PeerAddresses(EventLoop loop, Map<String, PeerSession> sessions, Runnable changed) {
        this.loop = loop;
        this.sessions = sessions;
        this.changed = changed;
    }

    /** What searching routers needs, instead of what was before. */
    void host(PacketSockets sockets, LinkMonitor links) {
        hostGone();
        search = new RouterSearch(loop, sockets, links, changed);
    }

    /** Nothing is searched any more; sessions that stand go on. */
    void hostGone() {
        if (search != null) {
            search.close();
            search = null;
        }
    }

    /** Searches on the interfaces of these peers and on no others. */
    void searchFor(List<PeerPlan> peers) {
        if (search != null) {
            search.on(peers.stream()
                    .flatMap(peer -> peer.peer().endpoint().linkInterface().stream())
                    .collect(Collectors.toSet()));
        }
    }

    /** @param found takes a problem when the answer is empty */
    Optional<IpAddress> of(PeerPlan peer, List<Problem> found) {
        return peer.peer().endpoint().address().or(() -> router(peer, found));
    }

    private Optional<IpAddress> router(PeerPlan peer, List<Problem> found) {
        String name = peer.peer().endpoint().linkInterface().orElse("");
        Optional<IpAddress> router = search == null ? Optional.empty() : search.router(name);
        router = router.or(() -> served(peer.name(), name));
        if (router.isEmpty()) {
            String why = search == null ? "searching routers needs the bundle host-linux" : search.trouble(name);
            found.add(Problem.warning("unnumberedPeer", peer.peer().ref().toString(), "spec.interface: " + why)
                    .withFix("let the router send router advertisements on the link, or give peerAddress"));
        }
        return router;
    }

    /** Whom a standing session of this peer on this interface serves, though nobody searches any more. */
    private Optional<IpAddress> served(String peer, String name) {
        return Optional.ofNullable(sessions.get(peer))
                .map(session -> session.config().endpoint())
                .filter(endpoint -> endpoint.device().filter(name::equals).isPresent())
                .map(endpoint -> IpAddress.of(endpoint.remote().getAddress()));
    }
}
