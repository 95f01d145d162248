package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.FrameFilter;
import org.heraldlb.api.host.FrameListener;
import org.heraldlb.api.host.FrameSocket;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.bgp.packet.NeighborDiscovery;
import org.heraldlb.testkit.ManualLoop;
import org.junit.jupiter.api.Test;

class RouterSearchTest {

    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final IpAddress ROUTER = IpAddress.parse("fe80::99");

    private final ManualLoop loop = new ManualLoop();
    private final List<Socket> sockets = new ArrayList<>();
    private int found;
    private boolean refuse;
    private final RouterSearch search = new RouterSearch(loop, this::open, new Links(), () -> found++);

    /** One interface, eth0. */
    private static final class Links implements LinkMonitor {
        private final LinkSnapshot snapshot = new LinkSnapshot(
                1,
                List.of(new Link(
                        2,
                        "eth0",
                        Optional.of(MAC),
                        Set.of(Link.Flag.UP),
                        Optional.empty(),
                        List.of(new Link.LinkAddress(IpAddress.parse("fe80::1"), 64)))),
                List.of());

        @Override
        public LinkSnapshot current() {
            return snapshot;
        }

        @Override
        public Registration observe(Consumer<? super LinkSnapshot> observer) {
            return () -> {};
        }
    }

    /** Counts what is sent. */
    private static final class Socket implements FrameSocket {
        private final Link link;
        private final FrameListener listener;
        private int sent;
        private boolean closed;

        private Socket(Link link, FrameListener listener) {
            this.link = link;
            this.listener = listener;
        }

        @Override
        public Link link() {
            return link;
        }

        @Override
        public void send(byte[] frame, int length) {
            sent++;
        }

        @Override
        public void joinGroup(IpAddress address) {
            throw new AssertionError("not needed");
        }

        @Override
        public void leaveGroup(IpAddress address) {
            throw new AssertionError("not needed");
        }

        @Override
        public void close() {
            closed = true;
        }

        private void hear(IpAddress router) {
            byte[] frame = NeighborDiscovery.advertisement(MAC, router);
            listener.frame(this, frame, frame.length, 0);
        }
    }

    private FrameSocket open(Link link, FrameFilter filter, FrameListener listener) throws IOException {
        if (refuse) {
            throw new IOException("needs CAP_NET_RAW");
        }
        Socket socket = new Socket(link, listener);
        sockets.add(socket);
        return socket;
    }

    @Test
    void a_router_that_speaks_is_found_once() {
        search.on(Set.of("eth0"));
        assertThat(sockets.get(0).sent).as("an advertisement and a question").isEqualTo(2);
        sockets.get(0).hear(ROUTER);
        sockets.get(0).hear(ROUTER);
        loop.runPosted();
        assertThat(search.router("eth0")).contains(ROUTER);
        assertThat(found).isEqualTo(1);
        loop.advance(Duration.ofSeconds(10));
        assertThat(sockets.get(0).sent)
                .as("it is told every three seconds, and asked no more")
                .isEqualTo(5);
    }

    @Test
    void an_interface_that_nobody_names_any_more_is_let_go() {
        search.on(Set.of("eth0"));
        sockets.get(0).hear(ROUTER);
        loop.runPosted();
        search.on(Set.of());
        assertThat(sockets.get(0).closed).isTrue();
        assertThat(search.router("eth0")).isEmpty();
    }

    @Test
    void why_nothing_is_found_is_said() {
        search.on(Set.of("eth7"));
        assertThat(search.trouble("eth7")).isEqualTo("there is no interface eth7");
        refuse = true;
        search.on(Set.of("eth0"));
        assertThat(search.trouble("eth0")).isEqualTo("needs CAP_NET_RAW");
    }

    @Test
    void a_socket_that_breaks_is_opened_again() {
        search.on(Set.of("eth0"));
        sockets.get(0).listener.broken(sockets.get(0), "the interface is down");
        loop.advance(Duration.ofSeconds(4));
        assertThat(sockets).hasSize(2);
        search.close();
        assertThat(sockets.get(1).closed).isTrue();
        assertThat(loop.isIdle()).isTrue();
    }
}
