package org.heraldlb.core.maintenance;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;

/** Withdrawn addresses that stay on the host for a while: routers have not moved all traffic yet. One thread at a time. */
public final class Lingering {

    private final SortedMap<IpAddress, Long> sinceNanos = new TreeMap<>();

    /**
     * These are withdrawn from now on, and no others.
     *
     * @param told what routers know until now; null for nothing
     */
    public void withdrawn(Set<IpAddress> addresses, BgpPlan told, long nowNanos) {
        sinceNanos.keySet().retainAll(addresses);
        if (told != null) {
            addresses.stream()
                    .filter(address -> isRouted(IpPrefix.host(address), told))
                    .forEach(address -> sinceNanos.putIfAbsent(address, nowNanos));
        }
    }

    /** An aggregate does not count: it stays, and so does its traffic. */
    private static boolean isRouted(IpPrefix host, BgpPlan told) {
        return told.peers().stream().anyMatch(peer -> peer.routes().stream()
                .anyMatch(route -> route.prefix().equals(host)));
    }

    /** Those that stay, as it is now. */
    public Set<IpAddress> addresses() {
        return Collections.unmodifiableSet(sinceNanos.keySet());
    }

    /** Ends those that stayed for {@code wait}; true when there were any. */
    public boolean expire(Duration wait, long nowNanos) {
        return sinceNanos.values().removeIf(since -> nowNanos - since >= wait.toNanos());
    }

    /** How long until {@link #expire} does something, {@link Long#MAX_VALUE} for ever. */
    public long nanosLeft(Duration wait, long nowNanos) {
        return sinceNanos.values().stream()
                .mapToLong(since -> Math.max(0, wait.toNanos() - (nowNanos - since)))
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
