package org.heraldlb.api.intent;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether the process behind a {@link Backing.Host} service answers on this node.
 *
 * @param type what is tried
 * @param host name or address to try, {@code 127.0.0.1} unless given
 * @param port 1 to 65535
 * @param httpPath path of the GET request, present for {@link Type#HTTP}; 2xx and 3xx answers pass
 * @param schedule when, and how many results change the verdict
 */
public record HealthCheck(Type type, String host, int port, Optional<String> httpPath, Schedule schedule) {

    /** What is tried. */
    public enum Type {
        TCP,
        HTTP
    }

    /**
     * @param interval between the starts of two tries, at least 10 ms
     * @param timeout of one try, at most {@code interval}
     * @param rise successes in a row that make it healthy, at least 1
     * @param fall failures in a row that make it unhealthy, at least 1
     */
    public record Schedule(Duration interval, Duration timeout, int rise, int fall) {
        public static final Schedule DEFAULT = new Schedule(Duration.ofSeconds(2), Duration.ofSeconds(1), 2, 3);
    }
}
