package org.heraldlb.observability.http;

import java.nio.charset.StandardCharsets;
import org.heraldlb.view.Json;

/**
 * What a client gets.
 *
 * @param status HTTP status
 * @param type content type
 * @param body text
 */
public record Response(int status, String type, String body) {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    static Response json(Object tree) {
        return new Response(200, JSON, Json.pretty(tree) + "\n");
    }

    static Response text(int status, String body) {
        return new Response(status, TEXT, body);
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
