package org.heraldlb.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.CommunityAliases;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespaceQuota;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.intent.Secret;
import org.heraldlb.api.intent.ServiceIntent;

/**
 * Builds an {@link Intent}, and changes it: an object replaces the one of the same identity. Nothing is checked. See
 * {@link Intents#intent}.
 */
public final class IntentBuilder {

    private final Map<ObjectRef, ConfigObject> objects = new TreeMap<>();

    IntentBuilder() {}

    /** Adds objects or replaces them. */
    public IntentBuilder with(ConfigObject... added) {
        for (ConfigObject object : added) {
            objects.put(object.ref(), object);
        }
        return this;
    }

    public IntentBuilder without(ObjectRef ref) {
        objects.remove(ref);
        return this;
    }

    public Intent build() {
        return new Intent(addressing(), advertising(), cluster(), services(), endpoints());
    }

    private Intent.Addressing addressing() {
        return new Intent.Addressing(all(AddressPool.class), all(Reservation.class), all(NamespaceQuota.class));
    }

    private Intent.Advertising advertising() {
        Map<String, String> communities = new TreeMap<>();
        all(CommunityAliases.class).forEach(aliases -> communities.putAll(aliases.values()));
        return new Intent.Advertising(
                all(L2Advertisement.class),
                all(BgpAdvertisement.class),
                all(Peer.class),
                all(BfdProfile.class),
                new TreeMap<>(communities));
    }

    private Intent.Cluster cluster() {
        Map<String, Node> nodes = new TreeMap<>();
        all(Node.class).forEach(node -> nodes.put(node.name(), node));
        Map<String, Namespace> namespaces = new TreeMap<>();
        all(Namespace.class).forEach(namespace -> namespaces.put(namespace.name(), namespace));
        Map<NamespacedName, Secret> secrets = new TreeMap<>();
        all(Secret.class).forEach(secret -> secrets.put(secret.ref().namespacedName(), secret));
        return new Intent.Cluster(new TreeMap<>(nodes), new TreeMap<>(namespaces), secrets);
    }

    private Map<NamespacedName, ServiceIntent> services() {
        Map<NamespacedName, ServiceIntent> services = new TreeMap<>();
        all(ServiceIntent.class).forEach(service -> services.put(service.serviceName(), service));
        return Collections.unmodifiableMap(services);
    }

    private Map<NamespacedName, List<EndpointSlice>> endpoints() {
        Map<NamespacedName, List<EndpointSlice>> endpoints = new TreeMap<>();
        for (EndpointSlice slice : all(EndpointSlice.class)) {
            endpoints
                    .computeIfAbsent(slice.service(), name -> new ArrayList<>())
                    .add(slice);
        }
        endpoints.replaceAll((name, slices) -> List.copyOf(slices));
        return Collections.unmodifiableMap(endpoints);
    }

    private <T extends ConfigObject> List<T> all(Class<T> type) {
        return objects.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
