package org.heraldlb.testkit.ipam;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationRequest.Released;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.testkit.IntentBuilder;
import org.heraldlb.testkit.Intents;

/**
 * What surrounds an {@link Ipam}: the intent that changes, and the memory of who holds what. Each {@link #settle} is one
 * turn of core: allocate, and take the result for the truth.
 */
public final class AllocationWorld {

    private final Ipam ipam;
    private final IntentBuilder intent = Intents.intent();
    private final Map<NamespacedName, List<IpAddress>> held = new TreeMap<>();
    private final Map<IpAddress, Released> released = new HashMap<>();
    private Optional<String> loadBalancerClass = Optional.empty();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private AllocationResult result = AllocationResult.EMPTY;

    public AllocationWorld(Ipam ipam) {
        this.ipam = ipam;
    }

    /** Adds objects or replaces them, and settles. */
    public AllocationWorld with(ConfigObject... objects) {
        intent.with(objects);
        return settle();
    }

    /** Removes objects and settles. */
    public AllocationWorld without(ObjectRef... refs) {
        for (ObjectRef ref : refs) {
            intent.without(ref);
        }
        return settle();
    }

    public AllocationWorld withoutService(String name) {
        return without(ObjectRef.of(Kind.SERVICE, NamespacedName.parse(name)));
    }

    public AllocationWorld withoutPool(String name) {
        return without(ObjectRef.of(Kind.IP_ADDRESS_POOL, name));
    }

    /** Says what a service has, before the next turn. */
    public AllocationWorld holding(String name, String... addresses) {
        held.put(NamespacedName.parse(name), Intents.ips(addresses));
        return this;
    }

    /** Says that an address was released a moment ago, before the next turn. */
    public AllocationWorld released(String address, String by, Duration grace) {
        released.put(Intents.ip(address), new Released(NamespacedName.parse(by), now.plus(grace)));
        return this;
    }

    public AllocationWorld ours(String newClass) {
        loadBalancerClass = Optional.of(newClass);
        return this;
    }

    /** Lets time pass and settles. */
    public AllocationWorld after(Duration time) {
        now = now.plus(time);
        return settle();
    }

    /** One turn: what comes out is what the services have. */
    public AllocationWorld settle() {
        result = ipam.allocate(request());
        held.clear();
        result.allocations().forEach((name, allocation) -> held.put(name, allocation.addresses()));
        return this;
    }

    public AllocationRequest request() {
        Intent built = intent.build();
        return new AllocationRequest(
                built.addressing(),
                built.cluster().namespaces(),
                built.services(),
                Collections.unmodifiableMap(new TreeMap<>(held)),
                Map.copyOf(released),
                now,
                loadBalancerClass);
    }

    public AllocationResult result() {
        return result;
    }

    /** Addresses of a service as text, joined with blanks; empty when it has none. */
    public String addresses(String name) {
        Allocation allocation = result.allocations().get(NamespacedName.parse(name));
        return allocation == null
                ? ""
                : String.join(
                        " ",
                        allocation.addresses().stream().map(IpAddress::toString).toList());
    }

    /** Pool of a service; empty when it has no addresses. */
    public String pool(String name) {
        Allocation allocation = result.allocations().get(NamespacedName.parse(name));
        return allocation == null ? "" : allocation.pool();
    }

    /** Text of a service's problem; empty when it has none. */
    public String problem(String name) {
        Problem problem = result.failures().get(NamespacedName.parse(name));
        return problem == null ? "" : problem.text();
    }

    /** Code of a service's problem; empty when it has none. */
    public String problemCode(String name) {
        Problem problem = result.failures().get(NamespacedName.parse(name));
        return problem == null ? "" : problem.code();
    }
}
