package org.heraldlb.api.host;

import java.util.Map;
import org.heraldlb.api.intent.HealthCheck;

/**
 * What the local health checks say.
 *
 * @param generation grows with each change
 * @param healthy verdict by check; a check that has not passed yet is unhealthy, one that is not here is unknown
 */
public record HealthVerdicts(long generation, Map<HealthCheck, Boolean> healthy) {

    public static final HealthVerdicts NONE = new HealthVerdicts(0, Map.of());

    public HealthVerdicts {
        healthy = Map.copyOf(healthy);
    }

    public boolean isHealthy(HealthCheck check) {
        return healthy.getOrDefault(check, false);
    }
}
