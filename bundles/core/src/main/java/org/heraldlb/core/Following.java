package org.heraldlb.core;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.runtime.PersistentMap;

/**
 * Allocation on a node that does not allocate ({@code AllocationRole.FOLLOW}), or only for some services: what a source
 * says a service has, it has, where the rules allow; nothing else is given out. The loop's; costs what changed.
 */
final class Following {

    static final String WAITING = "waitingForAllocator";

    private final Predicate<ServiceIntent> exempt;
    private PersistentMap<NamespacedName, ServiceIntent> all = PersistentMap.empty();
    private PersistentMap<NamespacedName, ServiceIntent> holders = PersistentMap.empty();
    private PersistentMap<NamespacedName, List<IpAddress>> held = PersistentMap.empty();
    private final SortedMap<NamespacedName, ServiceIntent> without = new TreeMap<>();
    private final SortedMap<NamespacedName, ServiceIntent> allocated = new TreeMap<>();

    /** Whose allocation is not what it holds, by {@code answered} and {@code compared}, but for {@code touched}. */
    private final SortedSet<NamespacedName> differing = new TreeSet<>();

    private final Set<NamespacedName> touched = new HashSet<>();
    private PersistentMap<NamespacedName, Allocation> answered = PersistentMap.empty();
    private PersistentMap<NamespacedName, List<IpAddress>> compared = PersistentMap.empty();
    private boolean news;

    /** @param exempt services that this node allocates for all the same */
    Following(Predicate<ServiceIntent> exempt) {
        this.exempt = exempt;
    }

    /** The question about those that have something, and those that are exempt. */
    AllocationRequest ask(AllocationRequest request) {
        PersistentMap<NamespacedName, ServiceIntent> next = PersistentMap.of(request.services());
        PersistentMap.diff(all, next, (name, before, after) -> {
            if (!Objects.equals(before, after)) {
                change(name, after);
            }
        });
        all = next;
        allocated.keySet().forEach(name -> keep(name, request.held().get(name)));
        return new AllocationRequest(
                request.addressing(),
                request.namespaces(),
                holders,
                held,
                request.released(),
                request.now(),
                request.loadBalancerClass());
    }

    private void keep(NamespacedName name, List<IpAddress> addresses) {
        if (!Objects.equals(addresses, held.get(name))) {
            held = addresses == null ? held.without(name) : held.with(name, addresses);
        }
    }

    private void change(NamespacedName name, ServiceIntent after) {
        touched.add(name);
        if (after != null && exempt.test(after)) {
            allocated.put(name, after);
            holders = holders.with(name, after);
            without.remove(name);
            return;
        }
        allocated.remove(name);
        boolean holds = after != null && !after.held().isEmpty();
        holders = holds ? holders.with(name, after) : holders.without(name);
        held = holds ? held.with(name, after.held()) : held.without(name);
        ServiceIntent before = after == null || holds ? without.remove(name) : without.put(name, after);
        news |= before != without.get(name);
    }

    /** Whether the answer is another one although the question is the same: somebody else waits. */
    boolean hasNews() {
        return news;
    }

    /** The answer without what is new in it. */
    AllocationResult answer(AllocationRequest asked, AllocationResult result) {
        news = false;
        PersistentMap<NamespacedName, Allocation> given = PersistentMap.of(result.allocations());
        Map<NamespacedName, Problem> failures = new TreeMap<>(result.failures());
        compare(given);
        for (NamespacedName name : differing) {
            given = given.without(name);
            failures.put(name, waiting(holders.get(name)));
        }
        without.values().stream()
                .filter(asked::isOurs)
                .forEach(service -> failures.put(service.serviceName(), waiting(service)));
        return new AllocationResult(given, failures, result.usage(), result.problems());
    }

    private void compare(PersistentMap<NamespacedName, Allocation> given) {
        PersistentMap.diff(answered, given, (name, before, after) -> touched.add(name));
        PersistentMap.diff(compared, held, (name, before, after) -> touched.add(name));
        for (NamespacedName name : touched) {
            Allocation allocation = given.get(name);
            boolean agrees = allocation == null
                    || allocated.containsKey(name)
                    || allocation.addresses().equals(held.get(name));
            if (agrees) {
                differing.remove(name);
            } else {
                differing.add(name);
            }
        }
        touched.clear();
        answered = given;
        compared = held;
    }

    private static Problem waiting(ServiceIntent service) {
        return Problem.warning(
                        WAITING,
                        service.ref().toString(),
                        "another node gives out the addresses, and has not given this one any yet")
                .withFix("see vip:explain there; some node has to have the role of allocator");
    }
}
