package org.heraldlb.bgp.speaker;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;

/** One of two ends of a wire that lies inside this process, each with a loop of its own. */
final class RehearsalTransport implements Transport {

    private static final int PORT = 179;

    private final ThreadEventLoop loop;
    private final InetSocketAddress own;
    private RehearsalTransport other;
    private Acceptor acceptor;

    private RehearsalTransport(String address, Ticker ticker) {
        own = new InetSocketAddress(IpAddress.parse(address).toInetAddress(), PORT);
        loop = ThreadEventLoop.start("herald-bgp-rehearsal", ticker);
    }

    /** One end, whose {@link #other} is at the other address. */
    static RehearsalTransport pair(String address, String otherAddress, Ticker ticker) {
        RehearsalTransport one = new RehearsalTransport(address, ticker);
        one.other = new RehearsalTransport(otherAddress, ticker);
        one.other.other = one;
        return one;
    }

    RehearsalTransport other() {
        return other;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public String describe() {
        return "rehearsal";
    }

    @Override
    public Set<Feature> missing() {
        return Set.of();
    }

    @Override
    public Wire dial(Endpoint endpoint, WireListener listener) {
        Half near = new Half(loop, own, other.own);
        Half far = new Half(other.loop, other.own, own);
        near.peer = far;
        far.peer = near;
        near.listener = listener;
        other.loop.execute(() -> other.called(far));
        return near;
    }

    private void called(Half wire) {
        Optional<Accepted> accepted = acceptor == null ? Optional.empty() : acceptor.accept(wire);
        if (accepted.isEmpty()) {
            wire.peer.loop.execute(wire.peer::hangUp);
            return;
        }
        wire.peer.loop.execute(wire.peer::connect);
        wire.listener = accepted.get().listener();
        wire.connect();
    }

    @Override
    public Listener listen(int port, Optional<String> device, Acceptor newAcceptor, Consumer<String> failed) {
        acceptor = newAcceptor;
        return new Listener() {
            @Override
            public void expect(Collection<Endpoint> peers) {
                // Nobody has a key here.
            }

            @Override
            public void close() {
                acceptor = null;
            }
        };
    }

    @Override
    public void close() {
        loop.close();
    }

    /** One end of a connection. */
    private static final class Half implements Wire {
        private final EventLoop loop;
        private final InetSocketAddress local;
        private final InetSocketAddress remote;
        private Half peer;
        private WireListener listener;

        private Half(EventLoop loop, InetSocketAddress local, InetSocketAddress remote) {
            this.loop = loop;
            this.local = local;
            this.remote = remote;
        }

        @Override
        public InetSocketAddress local() {
            return local;
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void write(ByteBuffer bytes) {
            peer.loop.execute(() -> peer.hear(bytes));
        }

        @Override
        public void flush() {
            // What is written is on its way already.
        }

        @Override
        public void close(boolean abort) {
            listener = null;
            peer.loop.execute(peer::hangUp);
        }

        private void connect() {
            if (listener != null) {
                listener.connected(this);
            }
        }

        private void hear(ByteBuffer bytes) {
            if (listener != null) {
                listener.received(bytes);
            }
        }

        private void hangUp() {
            WireListener last = listener;
            listener = null;
            if (last != null) {
                last.failed("the peer closed the connection");
            }
        }
    }
}
