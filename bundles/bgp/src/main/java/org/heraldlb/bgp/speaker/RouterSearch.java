package org.heraldlb.bgp.speaker;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heraldlb.api.host.FrameFilter;
import org.heraldlb.api.host.FrameListener;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bgp.packet.NeighborDiscovery;
import org.heraldlb.runtime.EventLoop;

/**
 * Finds the router at the other end of interfaces, for peers that are named by their interface. Both ends say who they are
 * by router advertisements. On the loop only, but for frames, which come on their sockets' threads and are posted.
 */
final class RouterSearch implements FrameListener, AutoCloseable {

    private static final String TAG = "router search";
    /** RFC 4861 wants 3 s between multicast advertisements. */
    private static final long INTERVAL_NANOS = 3_000_000_000L;

    private final EventLoop loop;
    private final PacketSockets sockets;
    private final LinkMonitor links;
    private final Runnable found;
    private final Map<String, FrameSocket> open = new HashMap<>();
    private final Map<String, IpAddress> routers = new HashMap<>();
    private final Map<String, String> troubles = new HashMap<>();

    /** @param found called on the loop when a router is new or another one */
    RouterSearch(EventLoop loop, PacketSockets sockets, LinkMonitor links, Runnable found) {
        this.loop = loop;
        this.sockets = sockets;
        this.links = links;
        this.found = found;
    }

    /** Searches on exactly these interfaces from now on. */
    void on(Set<String> interfaces) {
        Set.copyOf(open.keySet()).stream()
                .filter(name -> !interfaces.contains(name))
                .forEach(this::forget);
        boolean idle = open.isEmpty();
        interfaces.stream().filter(name -> !open.containsKey(name)).forEach(this::search);
        if (!interfaces.isEmpty() && idle) {
            speakUp(interfaces);
        }
    }

    private void search(String name) {
        Optional<Link> link = links.current().byName(name);
        if (link.isEmpty()) {
            troubles.put(name, "there is no interface " + name);
            return;
        }
        try {
            open.put(name, sockets.open(link.get(), FrameFilter.NEIGHBOR_DISCOVERY, this));
            troubles.remove(name);
        } catch (IOException refused) {
            troubles.put(name, refused.getMessage());
        }
    }

    private void speakUp(Set<String> interfaces) {
        interfaces.forEach(name -> {
            if (!open.containsKey(name)) {
                search(name);
            }
            links.current().byName(name).ifPresent(link -> speakUp(link, open.get(name)));
        });
        loop.reschedule(TAG, loop.ticker().nanos() + INTERVAL_NANOS, () -> speakUp(interfaces));
    }

    private void speakUp(Link link, FrameSocket socket) {
        if (socket == null || link.mac().isEmpty() || link.linkLocalV6().isEmpty()) {
            return;
        }
        IpAddress own = link.linkLocalV6().get();
        try {
            byte[] here = NeighborDiscovery.advertisement(link.mac().get(), own);
            socket.send(here, here.length);
            if (!routers.containsKey(link.name())) {
                byte[] who = NeighborDiscovery.solicitation(link.mac().get(), own);
                socket.send(who, who.length);
            }
        } catch (IOException refused) {
            troubles.put(link.name(), refused.getMessage());
        }
    }

    @Override
    public void frame(FrameSocket socket, byte[] buffer, int length, long nowNanos) {
        NeighborDiscovery.advertiser(buffer, length)
                .ifPresent(router -> loop.execute(() -> heard(socket.link().name(), router)));
    }

    private void heard(String name, IpAddress router) {
        if (open.containsKey(name) && !router.equals(routers.put(name, router))) {
            found.run();
        }
    }

    @Override
    public void broken(FrameSocket socket, String reason) {
        loop.execute(() -> {
            if (open.get(socket.link().name()) == socket) {
                forget(socket.link().name());
                troubles.put(socket.link().name(), reason);
            }
        });
    }

    private void forget(String name) {
        FrameSocket socket = open.remove(name);
        if (socket != null) {
            socket.close();
        }
        routers.remove(name);
        troubles.remove(name);
    }

    /** The router on an interface, once it was heard. */
    Optional<IpAddress> router(String name) {
        return Optional.ofNullable(routers.get(name));
    }

    /** Why there is none, for people. */
    String trouble(String name) {
        return troubles.getOrDefault(name, "no router advertisement was heard on " + name + " yet");
    }

    @Override
    public void close() {
        loop.cancel(TAG);
        Set.copyOf(open.keySet()).forEach(this::forget);
    }
}
