package org.heraldlb.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.EndpointSlice.Endpoint;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ObjectRef;

/** Builds an {@link EndpointSlice}; see {@link Intents#slice}. */
public final class SliceBuilder {

    private final NamespacedName service;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private String suffix = "";

    SliceBuilder(NamespacedName service) {
        this.service = service;
    }

    /** Makes it another slice of the same service: its name is the service's with {@code -suffix}. */
    public SliceBuilder suffix(String value) {
        suffix = "-" + value;
        return this;
    }

    /** Adds a ready endpoint on {@code node}. */
    public SliceBuilder ready(String node, String... addresses) {
        return endpoint(node, Optional.of(true), Optional.of(true), addresses);
    }

    /** Adds an endpoint on {@code node} that is neither ready nor serving. */
    public SliceBuilder notReady(String node, String... addresses) {
        return endpoint(node, Optional.of(false), Optional.of(false), addresses);
    }

    /** Adds an endpoint; an empty {@code node} means that nobody knows where it runs. */
    public SliceBuilder endpoint(String node, Optional<Boolean> ready, Optional<Boolean> serving, String... addresses) {
        Optional<String> where = node.isEmpty() ? Optional.empty() : Optional.of(node);
        endpoints.add(new Endpoint(List.of(addresses), where, ready, serving));
        return this;
    }

    public EndpointSlice build() {
        NamespacedName name = new NamespacedName(service.namespace(), service.name() + suffix);
        return new EndpointSlice(ObjectRef.of(Kind.ENDPOINT_SLICE, name), Intents.ORIGIN, service, endpoints);
    }
}
