package org.heraldlb.core.maintenance;

import java.time.Duration;

/**
 * How long the steps of a drain may take.
 *
 * @param handOver the longest wait for other nodes to announce the layer-2 addresses
 * @param gracefulShutdown how long routes carry GRACEFUL_SHUTDOWN before they are withdrawn (RFC 8326 section 4)
 * @param withdraw how long sessions, and the host's addresses, stay after the routes were withdrawn
 * @param stop the longest wait for other nodes when the process ends
 */
public record DrainWaits(Duration handOver, Duration gracefulShutdown, Duration withdraw, Duration stop) {

    public static final DrainWaits DEFAULT = new DrainWaits(
            Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ofSeconds(3));
}
