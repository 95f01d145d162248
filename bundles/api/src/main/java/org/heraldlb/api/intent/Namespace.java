package org.heraldlb.api.intent;

import java.util.Map;

/**
 * A Kubernetes Namespace, for the namespace selectors of pools.
 *
 * @param ref kind {@link Kind#NAMESPACE}
 * @param origin where it comes from
 * @param labels its labels
 */
public record Namespace(ObjectRef ref, Origin origin, Map<String, String> labels) implements ConfigObject {
    public Namespace {
        labels = Map.copyOf(labels);
    }
}
