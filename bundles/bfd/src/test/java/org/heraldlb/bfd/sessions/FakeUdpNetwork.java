package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSockets;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.host.UdpWill;
import org.heraldlb.api.net.IpAddress;

/** Hosts with one address each on one wire that can be cut; packets arrive at once with the TTL of their sender. */
final class FakeUdpNetwork {

    /** Index of the interface that everything comes in on. */
    static final int LINK = 2;

    private record Datagram(byte[] bytes, IpAddress from, int fromPort, IpAddress to, int hopLimit) {}

    private final List<Socket> open = new CopyOnWriteArrayList<>();
    volatile boolean cut;
    /** What was left to successors; none of it expires. */
    final Map<String, UdpWill> wills = new ConcurrentHashMap<>();
    /** Somebody else has the well-known ports. */
    volatile boolean portsTaken;
    /** The kernel knows no way. */
    volatile boolean unreachable;
    /** Hosts send back what is addressed to its sender. */
    volatile boolean forwarding = true;
    /** The host may have packet sockets. */
    volatile boolean echoSockets = true;
    /** What listeners throw when they are read. */
    volatile boolean broken;

    UdpSockets host(IpAddress address) {
        Semaphore bell = new Semaphore(0);
        return new UdpSockets() {
            @Override
            public UdpSocket open(UdpSpec spec) throws IOException {
                boolean taken = open.stream()
                        .anyMatch(s -> s.address.equals(address)
                                && s.spec.port() == spec.port()
                                && s.spec.device().equals(spec.device()));
                if (taken || portsTaken && spec.port() < Ports.FIRST_SOURCE) {
                    throw new BindException("the port is in use");
                }
                Socket socket = new Socket(spec, address, bell);
                open.add(socket);
                return socket;
            }

            @Override
            public UdpSocket openLoop(UdpSpec spec) throws IOException {
                if (!echoSockets) {
                    throw new IOException("no packet socket");
                }
                return open(spec);
            }

            @Override
            public boolean leave(UdpWill will, long nanos) {
                wills.put(address + will.name(), will);
                return true;
            }

            @Override
            public Optional<UdpWill> inherit(String name) {
                return Optional.ofNullable(wills.remove(address + name));
            }

            @Override
            public boolean forwards(int linkIndex) {
                return forwarding;
            }

            @Override
            public UdpPoller openPoller() {
                return new Poller(bell);
            }
        };
    }

    /** What the sockets with a port are bound to. */
    List<Optional<String>> devices(IpAddress address, int port) {
        return open.stream()
                .filter(s -> s.address.equals(address) && s.spec.port() == port)
                .map(s -> s.spec.device())
                .toList();
    }

    /** Whether every socket is closed, or is within a minute: closing an engine gives its thread one second only. */
    boolean isQuiet() throws InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        synchronized (open) {
            while (!open.isEmpty() && endNanos - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(open, endNanos - System.nanoTime());
            }
        }
        return open.isEmpty();
    }

    private final class Socket implements UdpSocket {
        private final UdpSpec spec;
        private final IpAddress address;
        private final Semaphore bell;
        private final BlockingQueue<Datagram> queue = new LinkedBlockingQueue<>();

        Socket(UdpSpec spec, IpAddress address, Semaphore bell) {
            this.spec = spec;
            this.address = address;
            this.bell = bell;
        }

        @Override
        public UdpSpec spec() {
            return spec;
        }

        @Override
        public void send(ByteBuffer packet, IpAddress to, int scope, int port) throws IOException {
            if (unreachable) {
                throw new IOException("no route");
            }
            byte[] bytes = new byte[packet.remaining()];
            packet.duplicate().get(bytes);
            boolean loop = spec.port() == Ports.ECHO;
            IpAddress target = loop ? address : to;
            Datagram datagram = new Datagram(bytes, address, spec.port(), target, spec.hopLimit() - (loop ? 1 : 0));
            if (!cut && (!loop || forwarding)) {
                open.stream()
                        .filter(s -> s.address.equals(target) && s.spec.port() == port)
                        .forEach(s -> s.deliver(datagram));
            }
        }

        private void deliver(Datagram datagram) {
            queue.add(datagram);
            bell.release();
        }

        @Override
        public boolean receive(ByteBuffer into, UdpArrival arrival) throws IOException {
            if (broken) {
                throw new IOException("broken for good");
            }
            Datagram datagram = queue.poll();
            if (datagram == null) {
                return false;
            }
            into.clear()
                    .put(datagram.bytes, 0, Math.min(datagram.bytes.length, into.capacity()))
                    .flip();
            arrival.sourceHigh = datagram.from.high();
            arrival.sourceLow = datagram.from.low();
            arrival.sourcePort = datagram.fromPort;
            arrival.destinationHigh = datagram.to.high();
            arrival.destinationLow = datagram.to.low();
            arrival.hopLimit = datagram.hopLimit;
            arrival.linkIndex = LINK;
            return true;
        }

        @Override
        public void close() {
            open.remove(this);
            synchronized (open) {
                open.notifyAll();
            }
        }
    }

    private record Poller(Semaphore bell) implements UdpPoller {
        @Override
        public void add(UdpSocket socket) {}

        @Override
        public void remove(UdpSocket socket) {}

        @Override
        public void await(long nanos) {
            try {
                if (bell.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                    bell.drainPermits();
                }
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void wakeUp() {
            bell.release();
        }

        @Override
        public void close() {}
    }
}
