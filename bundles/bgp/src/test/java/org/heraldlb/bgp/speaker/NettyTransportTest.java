package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.heraldlb.runtime.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listening sockets that are bound to a device. */
class NettyTransportTest {

    private final NettyTransport transport = NettyTransport.best(Ticker.SYSTEM);
    private final CompletableFuture<String> called = new CompletableFuture<>();
    private final CompletableFuture<String> failed = new CompletableFuture<>();

    @AfterEach
    void close() {
        transport.close();
    }

    private int listen(String device) throws Exception {
        int port = Loopback.freePort();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        transport.loop().execute(() -> {
            transport.listen(port, Optional.of(device), this::accept, failed::complete);
            begun.complete(null);
        });
        begun.get(60, TimeUnit.SECONDS);
        // Binding is posted; this comes after it.
        CompletableFuture<Void> bound = new CompletableFuture<>();
        transport.loop().execute(() -> transport.loop().execute(() -> bound.complete(null)));
        bound.get(60, TimeUnit.SECONDS);
        return port;
    }

    private Optional<Transport.Accepted> accept(Wire wire) {
        called.complete(wire.remote().getAddress().getHostAddress());
        return Optional.empty();
    }

    @Test
    void hears_those_who_come_by_way_of_the_device() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        assumeTrue(transport.missing().isEmpty() && loopback != null, "needs epoll and a loopback interface");
        int port = listen(loopback.getName());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(called.get(60, TimeUnit.SECONDS)).isEqualTo("127.0.0.1");
            assertThat(socket.isConnected()).isTrue();
        }
        assertThat(failed).isNotDone();
    }

    @Test
    void names_a_device_that_is_not_there() throws Exception {
        listen("nowhere0");
        assertThat(failed.get(60, TimeUnit.SECONDS)).isEqualTo("no device nowhere0");
    }
}
