package org.heraldlb.manifest.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.EndpointSlice.Endpoint;
import org.heraldlb.api.intent.NamespacedName;

/** {@code EndpointSlice}, and the older {@code Endpoints} as one. */
final class EndpointsReader {

    private static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final String HOSTNAME = "kubernetes.io/hostname";

    private EndpointsReader() {}

    /** Nothing when the slice belongs to no service. */
    static ConfigObject slice(Source source) {
        String service = source.meta().labels().get(SERVICE_LABEL);
        if (service == null || service.isEmpty()) {
            return null;
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (Fields endpoint : source.root().objects("endpoints")) {
            endpoints.add(endpoint(endpoint));
        }
        NamespacedName name = new NamespacedName(source.ref().namespace(), service);
        return new EndpointSlice(source.ref(), source.origin(), name, endpoints);
    }

    private static Endpoint endpoint(Fields endpoint) {
        Fields conditions = endpoint.child("conditions");
        Optional<String> node = endpoint.word("nodeName")
                .or(() -> Optional.ofNullable(endpoint.strings("topology").get(HOSTNAME)));
        return new Endpoint(endpoint.texts("addresses"), node, conditions.bool("ready"), conditions.bool("serving"));
    }

    static ConfigObject endpoints(Source source) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Fields subset : source.root().objects("subsets")) {
            subset.objects("addresses").forEach(address -> endpoints.add(subsetAddress(address, true)));
            subset.objects("notReadyAddresses").forEach(address -> endpoints.add(subsetAddress(address, false)));
        }
        NamespacedName name = source.ref().namespacedName();
        return new EndpointSlice(source.ref(), source.origin(), name, endpoints);
    }

    private static Endpoint subsetAddress(Fields address, boolean ready) {
        List<String> addresses = address.word("ip").map(List::of).orElse(List.of());
        return new Endpoint(addresses, address.word("nodeName"), Optional.of(ready), Optional.empty());
    }
}
