package org.heraldlb.hostlinux.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpGetTest {

    private static Optional<ProbeResult> answer(String text, boolean ended) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return HttpGet.answer(bytes, bytes.length, ended);
    }

    private static String request(String host, String path) {
        return new String(HttpGet.request(host, 8080, path), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({"200,true", "204,true", "301,true", "399,true", "400,false", "404,false", "503,false", "100,false"})
    void twoAndThreeHundredsPass(String status, boolean passes) {
        ProbeResult result =
                answer("HTTP/1.1 " + status + " whatever\r\n", false).orElseThrow();
        assertThat(result.success()).isEqualTo(passes);
        assertThat(result.detail()).contains(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "H", "HTTP/1.1", "HTTP/1.1 20"})
    void aShortAnswerIsWaitedForUntilItEnds(String text) {
        assertThat(answer(text, false)).isEmpty();
        assertThat(answer(text, true).orElseThrow().success()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"S", "SSH-2.0-OpenSSH", "HTTP/2.0 200 OK", "HTTP/1.1 2x0 OK", "HTTP/1.1200 OK", "HTTP/1.1 -20"})
    void whatIsNotHttpFails(String text) {
        assertThat(answer(text, false).orElseThrow().success()).isFalse();
    }

    @Test
    void theRequestNamesHostAndPortAndEndsTheConnection() {
        assertThat(request("127.0.0.1", "/health?a=b"))
                .startsWith("GET /health?a=b HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n")
                .contains("\r\nConnection: close\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void anIpv6HostStandsInBrackets() {
        assertThat(request("::1", "/")).contains("\r\nHost: [::1]:8080\r\n");
    }

    @Test
    void aPathCannotSmuggleALine() {
        assertThat(request("h", "/a b\r\nEvil: 1\u00e4"))
                .startsWith("GET /a%20b%0D%0AEvil:%201%C3%A4 HTTP/1.1\r\nHost");
    }
}
