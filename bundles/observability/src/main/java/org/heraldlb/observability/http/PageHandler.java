package org.heraldlb.observability.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One exchange: GET and HEAD only, no request body is ever read. */
final class PageHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PageHandler.class);
    private static final int LONGEST_PATH = 1024;
    private static final Response BROKEN = Response.text(500, "this page failed; the log says why\n");

    private final Pages pages;

    PageHandler(Pages pages) {
        this.pages = pages;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            Response response = head || exchange.getRequestMethod().equals("GET")
                    ? answer(exchange.getRequestURI().getPath())
                    : Response.text(405, "only GET and HEAD\n");
            send(exchange, response, head);
        }
    }

    private Response answer(String path) {
        if (path == null || path.length() > LONGEST_PATH) {
            return Response.text(414, "a path has at most " + LONGEST_PATH + " characters\n");
        }
        try {
            return pages.get(path);
        } catch (RuntimeException fault) {
            LOG.error("{} failed", path, fault);
            return BROKEN;
        }
    }

    private static void send(HttpExchange exchange, Response response, boolean head) throws IOException {
        byte[] body = response.bytes();
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.type());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'");
        if (response.status() == 405) {
            headers.set("Allow", "GET, HEAD");
        }
        if (head) {
            headers.set("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(response.status(), head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
