package org.heraldlb.testkit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.net.IpAddress;

/** Builds a {@link Node}; see {@link Intents#node}. */
public final class NodeBuilder {

    private final String name;
    private final Map<String, String> labels = new TreeMap<>();
    private boolean networkUnavailable;
    private List<IpAddress> addresses = List.of();

    NodeBuilder(String name) {
        this.name = name;
    }

    /** Adds labels. */
    public NodeBuilder labels(String... keyValues) {
        labels.putAll(Intents.labels(keyValues));
        return this;
    }

    public NodeBuilder networkUnavailable() {
        networkUnavailable = true;
        return this;
    }

    /** Adds the label that excludes it from announcing. */
    public NodeBuilder excluded() {
        return labels(Node.EXCLUDE_LABEL);
    }

    public NodeBuilder addresses(String... texts) {
        addresses = Intents.ips(texts);
        return this;
    }

    public Node build() {
        return new Node(ObjectRef.of(Kind.NODE, name), Intents.ORIGIN, labels, networkUnavailable, addresses);
    }
}
