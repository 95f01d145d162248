package org.heraldlb.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.host.HealthVerdicts;
import org.heraldlb.api.intent.HealthCheck;

/**
 * What the health checks say, across a swap of the checker: a new checker starts with every check failed, which is no
 * news about the service. A verdict that was good stays good until the new checker had the time to find out. The loop's.
 */
final class Verdicts {

    private HealthVerdicts effective = HealthVerdicts.NONE;
    private HealthVerdicts newest = HealthVerdicts.NONE;
    private final Map<HealthCheck, Long> settlingUntil = new HashMap<>();

    /** A checker appeared. */
    void checkerChanged(long nowNanos) {
        newest = HealthVerdicts.NONE;
        effective.healthy().forEach((check, healthy) -> {
            if (healthy) {
                settlingUntil.put(check, nowNanos + timeToDecide(check).toNanos());
            }
        });
    }

    private static Duration timeToDecide(HealthCheck check) {
        HealthCheck.Schedule schedule = check.schedule();
        int tries = Math.max(schedule.rise(), schedule.fall()) + 1;
        return schedule.interval().multipliedBy(tries).plus(schedule.timeout());
    }

    void verdicts(HealthVerdicts next) {
        newest = next;
    }

    /** The verdicts for {@code watched}, the same object while they are the same. */
    HealthVerdicts effective(Set<HealthCheck> watched, long nowNanos) {
        settlingUntil.values().removeIf(until -> until - nowNanos <= 0);
        Map<HealthCheck, Boolean> healthy = new HashMap<>();
        for (HealthCheck check : watched) {
            if (newest.isHealthy(check)) {
                settlingUntil.remove(check);
                healthy.put(check, true);
            } else {
                healthy.put(check, settlingUntil.containsKey(check));
            }
        }
        if (!healthy.equals(effective.healthy())) {
            effective = new HealthVerdicts(effective.generation() + 1, healthy);
        }
        return effective;
    }

    /** Nanoseconds until a verdict is settled by time alone; {@link Long#MAX_VALUE} for never. */
    long nanosToNext(long nowNanos) {
        return settlingUntil.values().stream()
                .mapToLong(until -> until - nowNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
