package org.heraldlb.core.plan;

import java.util.Map;
import org.heraldlb.api.host.HealthVerdicts;

/**
 * The node that plans.
 *
 * @param node its name
 * @param labels used when no Node object has this name
 * @param health what its health checks say
 */
public record Self(String node, Map<String, String> labels, HealthVerdicts health) {

    public Self {
        labels = Map.copyOf(labels);
    }

    public static Self named(String node) {
        return new Self(node, Map.of(), HealthVerdicts.NONE);
    }
}
