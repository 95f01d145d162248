package org.heraldlb.l2.speaker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.net.IpAddress;

/**
 * Addresses that some node of ours answered for a moment ago, as this node watched them or had them itself. Whoever had
 * them made sure that nobody else has; a move must not wait for that again. The loop owns it.
 */
final class Heritage {

    private static final long REMEMBERED = Duration.ofMinutes(1).toNanos();

    private final Map<IpAddress, Long> until = new HashMap<>();

    /** {@code before} is null for the first plan. */
    void succeed(L2Plan before, L2Plan after, long nowNanos) {
        until.values().removeIf(end -> end - nowNanos < 0);
        if (before != null) {
            before.watches().forEach(watch -> until.put(watch.address(), nowNanos + REMEMBERED));
            before.announcements().forEach(ours -> until.put(ours.address(), nowNanos + REMEMBERED));
        }
        after.watches().forEach(watch -> until.put(watch.address(), nowNanos + REMEMBERED));
    }

    boolean has(IpAddress address, long nowNanos) {
        Long end = until.get(address);
        return end != null && end - nowNanos >= 0;
    }
}
