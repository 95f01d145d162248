package org.heraldlb.core;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.runtime.PersistentMap;

/**
 * Allocation on a node that does not allocate ({@code AllocationRole.FOLLOW}): what a source says a service has, it has,
 * where the rules allow; nothing else is given out. The loop's; costs what changed.
 */
final class Following {

    static final String WAITING = "waitingForAllocator";

    private PersistentMap<NamespacedName, ServiceIntent> all = PersistentMap.empty();
    private PersistentMap<NamespacedName, ServiceIntent> holders = PersistentMap.empty();
    private PersistentMap<NamespacedName, List<IpAddress>> held = PersistentMap.empty();
    private final SortedMap<NamespacedName, ServiceIntent> without = new TreeMap<>();

    /** The question about those that have something. */
    AllocationRequest ask(AllocationRequest request) {
        PersistentMap<NamespacedName, ServiceIntent> next = PersistentMap.of(request.services());
        PersistentMap.diff(all, next, (name, before, after) -> {
            if (!Objects.equals(before, after)) {
                change(name, after);
            }
        });
        all = next;
        return new AllocationRequest(
                request.addressing(),
                request.namespaces(),
                holders,
                held,
                request.released(),
                request.now(),
                request.loadBalancerClass());
    }

    private void change(NamespacedName name, ServiceIntent after) {
        boolean holds = after != null && !after.held().isEmpty();
        holders = holds ? holders.with(name, after) : holders.without(name);
        held = holds ? held.with(name, after.held()) : held.without(name);
        if (after == null || holds) {
            without.remove(name);
        } else {
            without.put(name, after);
        }
    }

    /** The answer without what is new in it. */
    AllocationResult answer(AllocationRequest asked, AllocationResult result) {
        PersistentMap<NamespacedName, Allocation> given = PersistentMap.of(result.allocations());
        Map<NamespacedName, Problem> failures = new TreeMap<>(result.failures());
        for (Map.Entry<NamespacedName, Allocation> entry : result.allocations().entrySet()) {
            if (!entry.getValue().addresses().equals(held.get(entry.getKey()))) {
                given = given.without(entry.getKey());
                failures.put(entry.getKey(), waiting(holders.get(entry.getKey())));
            }
        }
        without.values().stream()
                .filter(asked::isOurs)
                .forEach(service -> failures.put(service.serviceName(), waiting(service)));
        return new AllocationResult(given, failures, result.usage(), result.problems());
    }

    private static Problem waiting(ServiceIntent service) {
        return Problem.warning(
                        WAITING,
                        service.ref().toString(),
                        "another node gives out the addresses, and has not given this one any yet")
                .withFix("see vip:explain there; some node has to have the role of allocator");
    }
}
