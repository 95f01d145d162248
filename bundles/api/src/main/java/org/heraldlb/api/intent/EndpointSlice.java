package org.heraldlb.api.intent;

import java.util.List;
import java.util.Optional;

/**
 * Some endpoints of a service (Kubernetes {@code EndpointSlice}, or {@code Endpoints} read as one).
 *
 * @param ref kind {@link Kind#ENDPOINT_SLICE}
 * @param origin where it comes from
 * @param service the service that it belongs to
 * @param endpoints in declared order
 */
public record EndpointSlice(ObjectRef ref, Origin origin, NamespacedName service, List<Endpoint> endpoints)
        implements ConfigObject {

    /**
     * @param addresses as written
     * @param node where it runs, when known
     * @param ready absent counts as true
     * @param serving absent counts as false
     */
    public record Endpoint(
            List<String> addresses, Optional<String> node, Optional<Boolean> ready, Optional<Boolean> serving) {
        public Endpoint {
            addresses = List.copyOf(addresses);
        }

        /** MetalLB's rule: ready is absent or true, or serving is true. Terminating is not looked at. */
        public boolean canServe() {
            return ready.orElse(true) || serving.orElse(false);
        }
    }

    public EndpointSlice {
        endpoints = List.copyOf(endpoints);
    }
}
