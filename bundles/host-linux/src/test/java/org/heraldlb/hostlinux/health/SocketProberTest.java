package org.heraldlb.hostlinux.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.Registration;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.HealthCheck.Schedule;
import org.heraldlb.hostlinux.health.verdict.ProbeResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SocketProberTest {

    private final BlockingQueue<ProbeResult> results = new LinkedBlockingQueue<>();
    private SocketProber prober;
    private ServerSocket server;

    @BeforeEach
    void open() throws IOException {
        prober = SocketProber.open();
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        server.setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        prober.close();
        server.close();
    }

    private HealthCheck check(HealthCheck.Type type, String host) {
        Optional<String> path = type == HealthCheck.Type.HTTP ? Optional.of("/health") : Optional.empty();
        return new HealthCheck(type, host, server.getLocalPort(), path, Schedule.DEFAULT);
    }

    private Registration probe(HealthCheck.Type type, String host) {
        return prober.probe(check(type, host), results::add);
    }

    private ProbeResult result() throws InterruptedException {
        ProbeResult result = results.poll(10, TimeUnit.SECONDS);
        assertThat(result).as("a result").isNotNull();
        return result;
    }

    /** Takes one connection, reads the whole request, answers the parts one by one and closes. */
    private CompletableFuture<String> serve(String... parts) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                String request = readRequest(socket.getInputStream());
                for (String part : parts) {
                    socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();
                }
                return request;
            } catch (IOException fault) {
                throw new java.io.UncheckedIOException(fault);
            }
        });
    }

    private static String readRequest(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            request.append((char) next);
        }
        return request.toString();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "localhost"})
    void aListeningPortPasses(String host) throws InterruptedException {
        probe(HealthCheck.Type.TCP, host);
        assertThat(result().success()).isTrue();
    }

    @Test
    void aPortThatNobodyListensOnFails() throws IOException, InterruptedException {
        server.close();
        probe(HealthCheck.Type.TCP, "127.0.0.1");
        ProbeResult result = result();
        assertThat(result.success()).isFalse();
        assertThat(result.detail()).isNotEmpty();
    }

    @Test
    void anUnknownHostFails() throws InterruptedException {
        probe(HealthCheck.Type.TCP, "no-such-host.invalid");
        assertThat(result()).isEqualTo(ProbeResult.failed("unknown host no-such-host.invalid"));
    }

    @ParameterizedTest
    @CsvSource({"200,true", "302,true", "500,false"})
    void anHttpAnswerIsJudgedByItsStatus(int status, boolean passes) throws Exception {
        CompletableFuture<String> request = serve("HTTP/1.1 " + status + " x\r\n\r\n");
        probe(HealthCheck.Type.HTTP, "127.0.0.1");
        assertThat(result()).isEqualTo(new ProbeResult(passes, "HTTP status " + status));
        assertThat(request.get(10, TimeUnit.SECONDS)).startsWith("GET /health HTTP/1.1\r\nHost: 127.0.0.1:");
    }

    @Test
    void anHttpAnswerMayComeInPieces() throws InterruptedException {
        serve("HT", "TP/1", ".0 2", "00 OK\r\n\r\n");
        probe(HealthCheck.Type.HTTP, "127.0.0.1");
        assertThat(result().success()).isTrue();
    }

    @Test
    void aServerThatClosesWithoutAnAnswerFails() throws InterruptedException {
        serve();
        probe(HealthCheck.Type.HTTP, "127.0.0.1");
        assertThat(result().success()).isFalse();
    }

    @Test
    void aServerThatSpeaksSomethingElseFails() throws InterruptedException {
        serve("220 mail ready\r\n");
        probe(HealthCheck.Type.HTTP, "127.0.0.1");
        assertThat(result().detail()).isEqualTo("the answer is not HTTP/1");
    }

    @Test
    void aTryThatWasGivenUpClosesItsConnection() throws IOException {
        Registration probe = probe(HealthCheck.Type.HTTP, "127.0.0.1");
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(10_000);
            readRequest(socket.getInputStream());
            probe.close();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(results).isEmpty();
    }

    @Test
    void aTryAfterCloseIsSilent() {
        prober.close();
        probe(HealthCheck.Type.TCP, "127.0.0.1");
        probe(HealthCheck.Type.TCP, "localhost");
        assertThat(results).isEmpty();
    }
}
