package org.heraldlb.api.intent;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The merged intent of all sources: one object of each identity, cross-checked, in canonical order. All lists are sorted
 * by name.
 *
 * @param addressing what addresses there are
 * @param advertising how they are announced
 * @param cluster where
 * @param services whom for; ordered by name, safe to share
 * @param endpoints slices by service
 */
public record Intent(
        Addressing addressing,
        Advertising advertising,
        Cluster cluster,
        Map<NamespacedName, ServiceIntent> services,
        Map<NamespacedName, List<EndpointSlice>> endpoints) {

    public static final Intent EMPTY = new Intent(
            new Addressing(List.of(), List.of(), List.of()),
            new Advertising(List.of(), List.of(), List.of(), List.of(), new TreeMap<>()),
            new Cluster(new TreeMap<>(), new TreeMap<>(), Map.of()),
            Map.of(),
            Map.of());

    /** Pools and what restricts them. */
    public record Addressing(List<AddressPool> pools, List<Reservation> reservations, List<NamespaceQuota> quotas) {
        public Addressing {
            pools = List.copyOf(pools);
            reservations = List.copyOf(reservations);
            quotas = List.copyOf(quotas);
        }
    }

    /** Advertisements and whom they go to. {@code communities}: literal by alias, of all {@link CommunityAliases}. */
    public record Advertising(
            List<L2Advertisement> l2,
            List<BgpAdvertisement> bgp,
            List<Peer> peers,
            List<BfdProfile> bfdProfiles,
            SortedMap<String, String> communities) {
        public Advertising {
            l2 = List.copyOf(l2);
            bgp = List.copyOf(bgp);
            peers = List.copyOf(peers);
            bfdProfiles = List.copyOf(bfdProfiles);
            communities = Collections.unmodifiableSortedMap(new TreeMap<>(communities));
        }
    }

    /** Nodes and namespaces by name, secrets by namespaced name. */
    public record Cluster(
            SortedMap<String, Node> nodes,
            SortedMap<String, Namespace> namespaces,
            Map<NamespacedName, Secret> secrets) {
        public Cluster {
            nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
            namespaces = Collections.unmodifiableSortedMap(new TreeMap<>(namespaces));
            secrets = Map.copyOf(secrets);
        }
    }
}
