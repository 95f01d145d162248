package org.heraldlb.api.intent;

import java.util.Map;

/**
 * A Kubernetes Secret that a {@link Peer} may refer to.
 *
 * @param ref kind {@link Kind#SECRET}
 * @param origin where it comes from
 * @param type such as {@code kubernetes.io/basic-auth}
 * @param data decoded values by key
 */
public record Secret(ObjectRef ref, Origin origin, String type, Map<String, SecretValue> data) implements ConfigObject {
    public Secret {
        data = Map.copyOf(data);
    }
}
