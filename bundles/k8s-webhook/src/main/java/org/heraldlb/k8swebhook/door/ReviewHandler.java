package org.heraldlb.k8swebhook.door;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import org.heraldlb.k8swebhook.door.Desk.Reply;

/** One exchange: a POST of a bounded size. */
final class ReviewHandler implements HttpHandler {

    /** What the API server takes itself (1.5 MiB of etcd, twice). */
    static final int LARGEST = 3 * 1024 * 1024;

    private final Desk desk;

    ReviewHandler(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, reply(exchange));
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return Reply.text(405, "only POST");
        }
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(LARGEST + 1);
        }
        if (body.length > LARGEST) {
            return Reply.text(413, "a review has at most " + LARGEST + " bytes");
        }
        return desk.answer(String.valueOf(exchange.getRequestURI().getPath()), body);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", reply.type());
        headers.set("X-Content-Type-Options", "nosniff");
        if (reply.status() == 405) {
            headers.set("Allow", "POST");
        }
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
    }
}
