package org.heraldlb.bench.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.AdvertisementPolicy.PoolSelection;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.core.plan.Liveness;
import org.heraldlb.core.plan.PlanInput;
import org.heraldlb.core.plan.PlanOptions;
import org.heraldlb.core.plan.Self;
import org.heraldlb.runtime.PersistentMap;

/**
 * A cluster of the size that the goals name: 500 nodes in 10 racks, 20 pools, 50 advertisements (30 layer 2, 20 BGP), 4
 * peers, and services of which each fifth has policy Local.
 */
final class Cluster {

    static final int NODES = 500;
    private static final int POOLS = 20;
    private static final int RACKS = 10;
    private static final Origin ORIGIN = new Origin("bench", "");

    private final int services;
    private PersistentMap<NamespacedName, List<EndpointSlice>> endpoints;
    private Intent intent;
    private final AllocationResult allocation;
    private long generation;

    Cluster(int services) {
        this.services = services;
        this.endpoints = PersistentMap.of(endpoints());
        this.allocation = new AllocationResult(PersistentMap.of(allocations()), Map.of(), List.of(), List.of());
        this.intent = new Intent(
                new Intent.Addressing(pools(), List.of(), List.of()),
                new Intent.Advertising(l2(), bgp(), peers(), List.of(), new TreeMap<>()),
                new Intent.Cluster(nodes(), new TreeMap<>(), Map.of()),
                PersistentMap.of(services()),
                endpoints);
    }

    private static NamespacedName name(int service) {
        return new NamespacedName("ns" + service % 97, "service-" + service);
    }

    private static LabelSelector rack(int rack) {
        return new LabelSelector(Map.of("rack", "r" + rack), List.of());
    }

    private static String poolName(int pool) {
        return "pool-" + pool;
    }

    private static List<AddressPool> pools() {
        List<AddressPool> pools = new ArrayList<>();
        for (int i = 0; i < POOLS; i++) {
            IpPrefix prefix = IpPrefix.parse("10." + i + ".0.0/16");
            pools.add(new AddressPool(
                    ObjectRef.of(Kind.IP_ADDRESS_POOL, poolName(i)),
                    ORIGIN,
                    Map.of(),
                    List.of(new AddressPool.Entry(prefix.toString(), List.of(prefix))),
                    true,
                    false,
                    Optional.empty(),
                    AddressPool.Rules.METALLB));
        }
        return pools;
    }

    private static PoolSelection pool(int number) {
        return new PoolSelection(List.of(poolName(number % POOLS)), List.of());
    }

    private static List<L2Advertisement> l2() {
        List<L2Advertisement> ads = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ads.add(new L2Advertisement(
                    ObjectRef.of(Kind.L2_ADVERTISEMENT, "l2-" + i),
                    ORIGIN,
                    pool(i),
                    i < POOLS ? List.of() : List.of(rack(i % RACKS)),
                    i < POOLS ? List.of() : List.of("eth1"),
                    List.of(),
                    List.of(),
                    L2Advertisement.Ownership.METALLB));
        }
        return ads;
    }

    private static List<BgpAdvertisement> bgp() {
        List<BgpAdvertisement> ads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ads.add(new BgpAdvertisement(
                    ObjectRef.of(Kind.BGP_ADVERTISEMENT, "bgp-" + i),
                    ORIGIN,
                    pool(i),
                    List.of(),
                    List.of(),
                    List.of(),
                    32,
                    128,
                    new BgpAdvertisement.Attributes(
                            OptionalLong.of(100),
                            List.of("65000:" + i),
                            OptionalLong.empty(),
                            0,
                            BgpAdvertisement.Weighting.NONE)));
        }
        return ads;
    }

    private static List<Peer> peers() {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            peers.add(new Peer(
                    ObjectRef.of(Kind.BGP_PEER, "tor" + i),
                    ORIGIN,
                    List.of(),
                    new Peer.As(64512, OptionalLong.of(64513), Optional.empty(), OptionalLong.empty()),
                    new Peer.Endpoint(
                            Optional.of(IpAddress.parse("192.0.2." + (i + 1))),
                            Optional.empty(),
                            Optional.empty(),
                            179,
                            Optional.empty(),
                            false),
                    Peer.Timers.DEFAULT,
                    Peer.Authentication.NONE,
                    Peer.Options.DEFAULT));
        }
        return peers;
    }

    private static String nodeName(int node) {
        return "node-" + node;
    }

    private static SortedMap<String, Node> nodes() {
        SortedMap<String, Node> nodes = new TreeMap<>();
        for (int i = 0; i < NODES; i++) {
            nodes.put(
                    nodeName(i),
                    new Node(
                            ObjectRef.of(Kind.NODE, nodeName(i)),
                            ORIGIN,
                            Map.of("rack", "r" + i % RACKS),
                            false,
                            List.of()));
        }
        return nodes;
    }

    private Map<NamespacedName, ServiceIntent> services() {
        Map<NamespacedName, ServiceIntent> all = new HashMap<>();
        for (int i = 0; i < services; i++) {
            all.put(name(i), service(i));
        }
        return new TreeMap<>(all);
    }

    private static ServiceIntent service(int number) {
        boolean local = number % 5 == 0;
        return new ServiceIntent(
                ObjectRef.of(Kind.SERVICE, name(number)),
                ORIGIN,
                Map.of("app", "app-" + number),
                ServiceIntent.Type.LOAD_BALANCER,
                Optional.empty(),
                new ServiceIntent.Families(List.of(IpFamily.IPV4), Optional.empty(), Optional.of(IpFamily.IPV4)),
                ServiceIntent.AddressRequest.NONE,
                new ServiceIntent.Traffic(
                        local ? ServiceIntent.TrafficPolicy.LOCAL : ServiceIntent.TrafficPolicy.CLUSTER,
                        Set.of(new ServiceIntent.Port(ServiceIntent.Protocol.TCP, 80)),
                        Map.of()),
                List.of(),
                Backing.SLICES);
    }

    private Map<NamespacedName, List<EndpointSlice>> endpoints() {
        Map<NamespacedName, List<EndpointSlice>> all = new TreeMap<>();
        for (int i = 0; i < services; i++) {
            all.put(name(i), List.of(slice(i, 0)));
        }
        return all;
    }

    private static EndpointSlice slice(int service, int shift) {
        List<EndpointSlice.Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            endpoints.add(new EndpointSlice.Endpoint(
                    List.of("172.16.0." + i),
                    Optional.of(nodeName((service * 7 + i * 31 + shift) % NODES)),
                    Optional.of(true),
                    Optional.of(true)));
        }
        return new EndpointSlice(ObjectRef.of(Kind.ENDPOINT_SLICE, name(service)), ORIGIN, name(service), endpoints);
    }

    private Map<NamespacedName, Allocation> allocations() {
        Map<NamespacedName, Allocation> all = new TreeMap<>();
        for (int i = 0; i < services; i++) {
            int pool = i % POOLS;
            IpAddress address = IpAddress.parse("10." + pool + ".0.0").plus(i / POOLS + 1);
            all.put(name(i), new Allocation(name(i), poolName(pool), List.of(address)));
        }
        return all;
    }

    /** The endpoints of one service of policy Local move, so that its owner and its routes can change. */
    void moveOne(int step) {
        int service = step * 5 % services;
        endpoints = endpoints.with(name(service), List.of(slice(service, step)));
        intent = new Intent(intent.addressing(), intent.advertising(), intent.cluster(), intent.services(), endpoints);
    }

    PlanInput input(Liveness liveness) {
        generation++;
        return new PlanInput(generation, intent, allocation, liveness, Self.named(nodeName(0)), PlanOptions.DEFAULT);
    }

    /** All nodes but one are alive, another one each time: nothing that is about nodes stays as it was. */
    Liveness withoutNode(int node) {
        var alive = new TreeSet<String>();
        for (int i = 0; i < NODES; i++) {
            if (i != node) {
                alive.add(nodeName(i));
            }
        }
        return Liveness.of(alive);
    }
}
