package org.heraldlb.observability.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private static final Pages PAGES = new Pages(Optional::empty, List::of, "<console>");
    private static final Duration LONG = Duration.ofSeconds(20);
    private final HttpClient client = HttpClient.newHttpClient();

    private static Listener listen(int port) {
        return new Listener(
                ThreadEventLoop.start("test", Ticker.SYSTEM),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                PAGES);
    }

    private static int await(Listener listener) {
        long end = System.nanoTime() + LONG.toNanos();
        while (listener.port() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return listener.port();
    }

    private HttpResponse<String> send(String method, int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void pagesAreServedWithSafeHeaders() throws Exception {
        try (Listener listener = listen(0)) {
            HttpResponse<String> answer = send("GET", await(listener), "/healthz?x=1");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("ok\n");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        }
    }

    @Test
    void onlyGetAndHead() throws Exception {
        try (Listener listener = listen(0)) {
            assertThat(send("HEAD", await(listener), "/healthz").body()).isEmpty();
            HttpResponse<String> refused = send("DELETE", listener.port(), "/healthz");
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
        }
    }

    @Test
    void anEndlessPathIsRefused() throws Exception {
        try (Listener listener = listen(0)) {
            assertThat(send("GET", await(listener), "/" + "a".repeat(2000)).statusCode())
                    .isEqualTo(414);
        }
    }

    @Test
    void itMovesToAnotherAddressAndStaysForTheSame() throws Exception {
        try (Listener listener = listen(0)) {
            int first = await(listener);
            listener.move(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertThat(send("GET", first, "/healthz").statusCode()).isEqualTo(200);
            int free = freePort();
            listener.move(new InetSocketAddress(InetAddress.getLoopbackAddress(), free));
            long end = System.nanoTime() + LONG.toNanos();
            while (listener.port() != free && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(send("GET", free, "/healthz").statusCode()).isEqualTo(200);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aPortInUseIsTakenWhenItBecomesFree() throws Exception {
        ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (Listener listener = listen(holder.getLocalPort())) {
            assertThat(listener.port()).isZero();
            holder.close();
            assertThat(await(listener)).isEqualTo(holder.getLocalPort());
            assertThat(send("GET", listener.port(), "/readyz").statusCode()).isEqualTo(503);
        } finally {
            close(holder);
        }
    }

    private static void close(ServerSocket socket) throws IOException {
        socket.close();
    }
}
