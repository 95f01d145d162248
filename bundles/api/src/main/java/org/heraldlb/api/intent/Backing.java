package org.heraldlb.api.intent;

import java.util.List;
import java.util.Optional;

/** Who serves a service. */
public sealed interface Backing permits Backing.Slices, Backing.Host {

    /** The {@link EndpointSlice}s of its name: a Kubernetes service. */
    Slices SLICES = new Slices();

    /** See {@link #SLICES}. */
    record Slices() implements Backing {}

    /**
     * The nodes themselves ({@code heraldlb.org/v1} Service): a process on the host listens on the address.
     *
     * @param nodes names of the nodes that serve it; empty means every node
     * @param healthCheck a node serves only while this passes there; empty means always
     * @param assignTo interface that gets the address while this node announces it, such as {@code lo}
     */
    record Host(List<String> nodes, Optional<HealthCheck> healthCheck, Optional<String> assignTo) implements Backing {
        public Host {
            nodes = List.copyOf(nodes);
        }
    }
}
