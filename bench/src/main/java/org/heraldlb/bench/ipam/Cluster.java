package org.heraldlb.bench.ipam;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.AddressPool.Rules;
import org.heraldlb.api.intent.AddressPool.Strategy;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.net.IpRange;
import org.heraldlb.runtime.PersistentMap;

/** Requests of any size with one pool and services that are as small as they can be. */
record Cluster(
        Intent.Addressing addressing,
        PersistentMap<NamespacedName, ServiceIntent> services,
        PersistentMap<NamespacedName, List<IpAddress>> held) {

    private static final Origin ORIGIN = new Origin("bench", "");
    private static final TreeMap<String, Namespace> NO_NAMESPACES = new TreeMap<>();
    private static final Instant NOW = Instant.EPOCH;

    private static final ServiceIntent.Traffic TRAFFIC = new ServiceIntent.Traffic(
            ServiceIntent.TrafficPolicy.CLUSTER,
            Set.of(new ServiceIntent.Port(ServiceIntent.Protocol.TCP, 80)),
            Map.of());

    static Cluster empty(List<IpPrefix> prefixes, Strategy strategy) {
        AddressPool pool = new AddressPool(
                ObjectRef.of(Kind.IP_ADDRESS_POOL, "pool"),
                ORIGIN,
                Map.of(),
                List.of(new AddressPool.Entry("", prefixes)),
                true,
                false,
                Optional.empty(),
                new Rules(List.of(), strategy, Duration.ZERO));
        return new Cluster(
                new Intent.Addressing(List.of(pool), List.of(), List.of()),
                PersistentMap.empty(),
                PersistentMap.empty());
    }

    static List<IpPrefix> range(String first, int size) {
        IpAddress start = IpAddress.parse(first);
        return new IpRange(start, start.plus(size - 1)).toPrefixes();
    }

    private IpFamily family() {
        return addressing.pools().get(0).entries().get(0).prefixes().get(0).family();
    }

    static ServiceIntent service(String name, IpFamily family, Map<String, String> labels) {
        return new ServiceIntent(
                new ObjectRef(Kind.SERVICE, "default", name),
                ORIGIN,
                labels,
                ServiceIntent.Type.LOAD_BALANCER,
                Optional.empty(),
                new ServiceIntent.Families(List.of(family), Optional.empty(), Optional.empty()),
                ServiceIntent.AddressRequest.NONE,
                TRAFFIC,
                List.of(),
                Backing.SLICES);
    }

    /** The same with {@code count} services, whose names begin with {@code prefix}. */
    Cluster plus(String prefix, int count) {
        List<Map.Entry<NamespacedName, ServiceIntent>> all = new ArrayList<>(count);
        for (ServiceIntent service : make(prefix, count)) {
            all.add(Map.entry(service.serviceName(), service));
        }
        return new Cluster(addressing, PersistentMap.ofSorted(all), held);
    }

    /** The same with {@code count} more services, sharing everything else. */
    Cluster with(String prefix, int count) {
        Cluster grown = this;
        for (ServiceIntent service : make(prefix, count)) {
            grown = grown.with(service);
        }
        return grown;
    }

    private List<ServiceIntent> make(String prefix, int count) {
        List<ServiceIntent> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            made.add(service(String.format("%s-%07d", prefix, i), family(), Map.of()));
        }
        return made;
    }

    /** The same with a few services more or in another version, sharing everything else. */
    Cluster with(ServiceIntent service) {
        return new Cluster(addressing, services.with(service.serviceName(), service), held);
    }

    Cluster without(ServiceIntent service) {
        return new Cluster(addressing, services.without(service.serviceName()), held);
    }

    /** The same where every service holds an address at random among {@code size} neighbours from {@code first}. */
    Cluster heldAtRandom(String first, int size) {
        List<Integer> places = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            places.add(i);
        }
        Collections.shuffle(places, new Random(1));
        IpAddress start = IpAddress.parse(first);
        List<Map.Entry<NamespacedName, List<IpAddress>>> all = new ArrayList<>(services.size());
        for (NamespacedName name : services.keySet()) {
            all.add(Map.entry(name, List.of(start.plus(places.get(all.size())))));
        }
        return new Cluster(addressing, services, PersistentMap.ofSorted(all));
    }

    /** The same where every service holds what it was given. */
    Cluster holding(AllocationResult result) {
        List<Map.Entry<NamespacedName, List<IpAddress>>> all = new ArrayList<>(services.size());
        result.allocations().forEach((name, allocation) -> all.add(Map.entry(name, allocation.addresses())));
        return new Cluster(addressing, services, PersistentMap.ofSorted(all));
    }

    AllocationRequest request() {
        return new AllocationRequest(addressing, NO_NAMESPACES, services, held, Map.of(), NOW, Optional.empty());
    }
}
