package org.heraldlb.observability.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The page at {@code /}: one file, nothing from elsewhere. */
public final class Console {

    private Console() {}

    public static String page() {
        try (InputStream in = Console.class.getResourceAsStream("console.html")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("the bundle is damaged: console.html", broken);
        }
    }
}
