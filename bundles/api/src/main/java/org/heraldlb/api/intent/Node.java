package org.heraldlb.api.intent;

import java.util.List;
import java.util.Map;
import org.heraldlb.api.net.IpAddress;

/**
 * A node that may announce (Kubernetes {@code Node}).
 *
 * @param ref kind {@link Kind#NODE}
 * @param origin where it comes from
 * @param labels for node selectors
 * @param networkUnavailable condition {@code NetworkUnavailable} is true: must not announce
 * @param addresses of the node itself, those of type {@code InternalIP} first
 */
public record Node(
        ObjectRef ref, Origin origin, Map<String, String> labels, boolean networkUnavailable, List<IpAddress> addresses)
        implements ConfigObject {

    /** A node with this label, whatever its value, announces nothing (unless told to ignore the label). */
    public static final String EXCLUDE_LABEL = "node.kubernetes.io/exclude-from-external-load-balancers";

    public Node {
        labels = Map.copyOf(labels);
        addresses = List.copyOf(addresses);
    }

    public boolean excluded() {
        return labels.containsKey(EXCLUDE_LABEL);
    }
}
