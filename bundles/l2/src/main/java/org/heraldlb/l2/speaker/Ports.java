package org.heraldlb.l2.speaker;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.heraldlb.api.host.FrameFilter;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.host.PacketSockets;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.l2.responder.ArpResponder;
import org.heraldlb.l2.responder.EchoResponder;
import org.heraldlb.l2.responder.FlightRecorder;
import org.heraldlb.l2.responder.NeighborResponder;
import org.heraldlb.l2.responder.OwnMacs;
import org.heraldlb.l2.responder.Responder;
import org.heraldlb.l2.selection.Port;
import org.heraldlb.runtime.Backoff;
import org.heraldlb.runtime.EventLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and closes stations, and tries again where one was refused or broke. The loop owns it. */
final class Ports {

    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);
    private static final String RETRY = "retry";
    private static final int RECORDED_IN = 512;
    private static final int RECORDED_OUT = 256;
    private static final Backoff.Policy RETRIES =
            new Backoff.Policy(Duration.ofMillis(500), Duration.ofSeconds(10), 2, 0.2);

    /** Whom the ports tell, on the loop. */
    interface Superior {

        /** A port is to be tried again. */
        void retry();

        /** A station closed by itself. */
        void broken(Station station);

        /** A station was closed. */
        void closed(Station station);

        /** A station heard of others who claim addresses. */
        void heard(Station station);
    }

    private final EventLoop loop;
    private final PacketSockets sockets;
    private final Permit permit;
    private final Counters counters;
    private final int pings;
    private final Superior superior;
    private final OwnMacs own = new OwnMacs(List.of());
    private final Map<Port, Station> stations = new LinkedHashMap<>();
    private final Map<Port, String> refused = new LinkedHashMap<>();
    /** The same stations, for readers on other threads. */
    private final List<Station> visible = new CopyOnWriteArrayList<>();

    private Backoff retries = newRetries();

    Ports(EventLoop loop, PacketSockets sockets, Permit permit, Counters counters, int pings, Superior superior) {
        this.loop = loop;
        this.sockets = sockets;
        this.permit = permit;
        this.counters = counters;
        this.pings = pings;
        this.superior = superior;
    }

    private static Backoff newRetries() {
        return RETRIES.start(new SplittableRandom());
    }

    /** Has exactly these open, as far as the kernel lets it. */
    void open(Set<Port> wanted, LinkSnapshot links) {
        own.become(links.links().stream().flatMap(link -> link.mac().stream()).toList());
        List.copyOf(stations.values()).stream()
                .filter(station -> !wanted.contains(station.port()))
                .forEach(this::close);
        refused.keySet().retainAll(wanted);
        wanted.stream()
                .filter(port -> !stations.containsKey(port))
                .forEach(port -> open(port, links.byName(port.name()).orElseThrow()));
        if (refused.isEmpty()) {
            retries = newRetries();
            loop.cancel(RETRY);
        } else {
            retryLater();
        }
    }

    private void retryLater() {
        loop.schedule(RETRY, loop.ticker().nanos() + retries.nextNanos(), superior::retry);
    }

    private void open(Port port, Link link) {
        boolean v4 = port.family() == IpFamily.IPV4;
        long mac = port.mac().bits();
        Responder responder = v4 ? new ArpResponder(mac, own) : new NeighborResponder(mac, own);
        Listener listener = listener(port, responder);
        try {
            FrameSocket socket = sockets.open(link, v4 ? FrameFilter.ARP : FrameFilter.NEIGHBOR_DISCOVERY, listener);
            Voice voice =
                    new Voice(socket, mac, permit, counters.spoken(), new FlightRecorder(RECORDED_OUT), loop.ticker());
            Station station = new Station(port, socket, listener, voice);
            stations.put(port, station);
            visible.add(station);
            refused.remove(port);
            LOG.info("{}: open", describe(port));
            if (pings > 0) {
                openEcho(station, link, v4);
            }
        } catch (IOException refusal) {
            refuse(port, refusal.getMessage());
        }
    }

    private void openEcho(Station station, Link link, boolean v4) {
        Port port = station.port();
        Listener listener = listener(port, new EchoResponder(v4, port.mac().bits(), pings));
        try {
            station.echo(sockets.open(link, v4 ? FrameFilter.ICMP_ECHO : FrameFilter.ICMPV6_ECHO, listener), listener);
        } catch (IOException refusal) {
            LOG.warn("{}: pings are not answered: {}", describe(port), refusal.getMessage());
        }
    }

    private Listener listener(Port port, Responder responder) {
        Listener.Superior relay = new Listener.Superior() {
            @Override
            public void news(Listener from) {
                loop.execute(() -> Ports.this.news(port));
            }

            @Override
            public void broken(Listener from, String reason) {
                loop.execute(() -> Ports.this.broken(port, from, reason));
            }
        };
        return new Listener(responder, permit, new FlightRecorder(RECORDED_IN), relay);
    }

    private void news(Port port) {
        Station station = stations.get(port);
        if (station != null) {
            superior.heard(station);
        }
    }

    private void refuse(Port port, String reason) {
        if (!reason.equals(refused.put(port, reason))) {
            LOG.warn("{}: {}; trying again", describe(port), reason);
        }
    }

    private void broken(Port port, Listener from, String reason) {
        Station station = stations.get(port);
        if (station != null && station.listeners().contains(from)) {
            close(station);
            refuse(port, reason);
            retryLater();
            superior.broken(station);
        }
    }

    private void close(Station station) {
        stations.remove(station.port());
        visible.remove(station);
        counters.closed(station);
        station.close();
        LOG.info("{}: closed", describe(station.port()));
        superior.closed(station);
    }

    /** True when an interface of this host has it. */
    boolean isOwn(long mac) {
        return own.contains(mac);
    }

    void closeAll() {
        List.copyOf(stations.values()).forEach(this::close);
    }

    Map<Port, Station> stations() {
        return Collections.unmodifiableMap(stations);
    }

    /** For any thread. */
    Collection<Station> visible() {
        return visible;
    }

    /** Ports that could not be opened, with the reason. */
    Map<Port, String> refused() {
        return Collections.unmodifiableMap(refused);
    }

    /** For people. */
    static String describe(Port port) {
        return (port.family() == IpFamily.IPV4 ? "ARP on " : "NDP on ") + port.name();
    }
}
