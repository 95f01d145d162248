package org.heraldlb.bgp.speaker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.heraldlb.bgp.packet.Hex;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.testkit.ManualLoop;

/** A transport without sockets: the test is the other end. */
final class FakeTransport implements Transport {

    private final ManualLoop loop = new ManualLoop();
    private final List<FakeWire> dialled = new ArrayList<>();
    private final Set<Feature> missing = EnumSet.noneOf(Feature.class);
    private final Map<String, Acceptor> acceptors = new TreeMap<>();
    private final Map<String, Collection<Endpoint>> expected = new TreeMap<>();
    private final Set<String> absent = new TreeSet<>();

    /** A wire whose bytes are kept. */
    final class FakeWire implements Wire {
        private final StringBuilder sent = new StringBuilder();
        private WireListener listener;
        private boolean writable = true;
        private boolean closed;
        private int writes;

        @Override
        public InetSocketAddress local() {
            return new InetSocketAddress(address(1), 40_000);
        }

        @Override
        public InetSocketAddress remote() {
            return new InetSocketAddress(address(2), 179);
        }

        private InetAddress address(int last) {
            return org.heraldlb.api.net.IpAddress.v4(0x0a00_0000 + last).toInetAddress();
        }

        @Override
        public boolean isWritable() {
            return writable && !closed;
        }

        @Override
        public void write(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            if (sent.length() < 100_000) {
                sent.append(Hex.of(copy));
            }
            writes++;
        }

        @Override
        public void flush() {
            // Everything was kept already.
        }

        @Override
        public void close(boolean abort) {
            closed = true;
            listener = null;
        }

        void connect() {
            if (listener != null) {
                listener.connected(this);
            }
        }

        void receive(byte... bytes) {
            if (listener != null) {
                listener.received(ByteBuffer.wrap(bytes));
            }
        }

        void fail() {
            fail("reset by the test");
        }

        void fail(String reason) {
            if (listener != null) {
                listener.failed(reason);
            }
        }

        void writable(boolean now) {
            writable = now;
            if (now && listener != null) {
                listener.writable();
            }
        }

        boolean isClosed() {
            return closed;
        }

        String sent() {
            return sent.toString();
        }

        int writes() {
            return writes;
        }
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    ManualLoop manual() {
        return loop;
    }

    @Override
    public String describe() {
        return "fake";
    }

    @Override
    public Set<Feature> missing() {
        return missing;
    }

    FakeTransport without(Feature feature) {
        missing.add(feature);
        return this;
    }

    @Override
    public Wire dial(Endpoint endpoint, WireListener listener) {
        FakeWire wire = new FakeWire();
        wire.listener = listener;
        dialled.add(wire);
        return wire;
    }

    /** The last wire that was dialled. */
    FakeWire lastDialled() {
        return dialled.get(dialled.size() - 1);
    }

    int timesDialled() {
        return dialled.size();
    }

    /** The peer dials. */
    Optional<FakeWire> call() {
        return call("");
    }

    /** The peer dials from a VRF. */
    Optional<FakeWire> call(String device) {
        FakeWire wire = new FakeWire();
        return acceptors.get(device).accept(wire).map(accepted -> {
            wire.listener = accepted.listener();
            return wire;
        });
    }

    @Override
    public Listener listen(int port, Optional<String> device, Acceptor acceptor, Consumer<String> failed) {
        String name = device.orElse("");
        if (absent.contains(name)) {
            loop.execute(() -> failed.accept("No such device"));
        } else {
            acceptors.put(name, acceptor);
        }
        return new Listener() {
            @Override
            public void expect(Collection<Endpoint> peers) {
                expected.put(name, List.copyOf(peers));
            }

            @Override
            public void close() {
                acceptors.remove(name);
            }
        };
    }

    /** A device that is there, or not. */
    void present(String device, boolean wanted) {
        if (wanted) {
            absent.remove(device);
        } else {
            absent.add(device);
        }
    }

    /** Devices that are listened on, empty: any. */
    Set<String> listening() {
        return acceptors.keySet();
    }

    /** Whose keys the socket on a device holds. */
    Collection<Endpoint> expected(String device) {
        return expected.getOrDefault(device, List.of());
    }

    @Override
    public void close() {
        loop.close();
    }
}
