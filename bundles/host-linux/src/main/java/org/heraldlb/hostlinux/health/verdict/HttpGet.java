package org.heraldlb.hostlinux.health.verdict;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One GET request (RFC 9112) and as much of its answer as matters: the status line. */
public final class HttpGet {

    /** Length of {@code HTTP/1.1 200}. */
    private static final int ENOUGH = 12;

    private static final String VERSION = "HTTP/1.";

    private HttpGet() {}

    /** The request; characters of {@code path} that may not stand in a request line are percent-encoded. */
    public static byte[] request(String host, int port, String path) {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : encode(host);
        String request = "GET " + encode(path) + " HTTP/1.1\r\nHost: " + name + ":" + port
                + "\r\nUser-Agent: herald-health\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        return request.getBytes(StandardCharsets.US_ASCII);
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f) {
                encoded.append((char) b);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return encoded.toString();
    }

    /**
     * What the first {@code length} bytes of the answer say; empty while more are needed. 2xx and 3xx pass.
     *
     * @param ended true when the server sends no more
     */
    public static Optional<ProbeResult> answer(byte[] bytes, int length, boolean ended) {
        String text = new String(bytes, 0, Math.min(length, ENOUGH), StandardCharsets.ISO_8859_1);
        if (!VERSION.startsWith(text.substring(0, Math.min(text.length(), VERSION.length())))) {
            return Optional.of(ProbeResult.failed("the answer is not HTTP/1"));
        }
        if (text.length() == ENOUGH) {
            return Optional.of(status(text));
        }
        return ended
                ? Optional.of(ProbeResult.failed("the connection was closed without an answer"))
                : Optional.empty();
    }

    private static ProbeResult status(String line) {
        String code = line.substring(ENOUGH - 3);
        boolean number = line.charAt(ENOUGH - 4) == ' ' && code.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            return ProbeResult.failed("the answer has no status");
        }
        String text = "HTTP status " + code;
        return code.charAt(0) == '2' || code.charAt(0) == '3' ? ProbeResult.passed(text) : ProbeResult.failed(text);
    }
}
