package org.heraldlb.ipam;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.ipam.alloc.Allocator;
import org.heraldlb.ipam.alloc.Change;
import org.heraldlb.ipam.alloc.Outcome;
import org.heraldlb.runtime.PersistentMap;

/**
 * An allocator and what it was last told, so that the next request is told as its difference. Good for requests with one
 * set of rules: pools, reservations, quotas, namespaces and class.
 */
final class Memory {

    private final Intent.Addressing addressing;
    private final SortedMap<String, Namespace> namespaces;
    private final Optional<String> loadBalancerClass;
    private final Allocator allocator;
    private final List<Problem> problems;
    private final Instant reservationsEnd;

    private Instant now;
    private Map<IpAddress, AllocationRequest.Released> released = Map.of();
    private Instant gracesEnd = Instant.MAX;
    private PersistentMap<NamespacedName, ServiceIntent> services = PersistentMap.empty();
    private PersistentMap<NamespacedName, List<IpAddress>> held = PersistentMap.empty();
    private PersistentMap<NamespacedName, Allocation> allocations = PersistentMap.empty();
    private PersistentMap<NamespacedName, Problem> failures = PersistentMap.empty();
    /** Services that had something else than what they were given in the last result. */
    private SortedSet<NamespacedName> drifting = new TreeSet<>();

    Memory(AllocationRequest request) {
        addressing = request.addressing();
        namespaces = request.namespaces();
        loadBalancerClass = request.loadBalancerClass();
        now = request.now();
        allocator = new Allocator(addressing, namespaces.values(), now);
        problems = allocator.problems();
        reservationsEnd = addressing.reservations().stream()
                .flatMap(reservation -> reservation.expires().stream())
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** True when the rules of {@code request} are the rules that this one knows. */
    boolean canContinue(AllocationRequest request) {
        return !request.now().isBefore(now)
                && request.now().isBefore(reservationsEnd)
                && loadBalancerClass.equals(request.loadBalancerClass())
                && (addressing == request.addressing() || addressing.equals(request.addressing()))
                && (namespaces == request.namespaces() || namespaces.equals(request.namespaces()));
    }

    AllocationResult allocate(AllocationRequest request) {
        PersistentMap<NamespacedName, ServiceIntent> newServices = PersistentMap.of(request.services());
        PersistentMap<NamespacedName, List<IpAddress>> newHeld = PersistentMap.of(request.held());
        SortedSet<NamespacedName> concerned = graces(request);
        boolean first = services.isEmpty();
        List<Change> changes = first
                ? everything(request, newServices, newHeld)
                : differences(request, newServices, newHeld, concerned);
        services = newServices;
        held = newHeld;
        now = request.now();
        List<Outcome> outcomes = allocator.apply(changes);
        if (first) {
            learnAll(outcomes);
        } else {
            learn(outcomes);
        }
        return new AllocationResult(allocations, failures, allocator.usage(), problems);
    }

    AllocationTrace trace(NamespacedName service) {
        return allocator.trace(service);
    }

    private SortedSet<NamespacedName> graces(AllocationRequest request) {
        SortedSet<NamespacedName> concerned = new TreeSet<>();
        if (request.released() == released && request.now().isBefore(gracesEnd)) {
            return concerned;
        }
        Map<IpAddress, NamespacedName> current = new HashMap<>();
        gracesEnd = Instant.MAX;
        request.released().forEach((address, grace) -> {
            if (request.now().isBefore(grace.until())) {
                current.put(address, grace.by());
                gracesEnd = grace.until().isBefore(gracesEnd) ? grace.until() : gracesEnd;
            }
        });
        released = request.released();
        concerned.addAll(allocator.graces(current));
        return concerned;
    }

    private static List<Change> everything(
            AllocationRequest request,
            PersistentMap<NamespacedName, ServiceIntent> services,
            PersistentMap<NamespacedName, List<IpAddress>> held) {
        List<Change> changes = new ArrayList<>(services.size());
        services.forEach((name, service) -> {
            if (request.isOurs(service)) {
                List<IpAddress> has = held.isEmpty() ? null : held.get(name);
                changes.add(new Change(name, Optional.of(service), has == null ? List.of() : has));
            }
        });
        return changes;
    }

    private List<Change> differences(
            AllocationRequest request,
            PersistentMap<NamespacedName, ServiceIntent> newServices,
            PersistentMap<NamespacedName, List<IpAddress>> newHeld,
            SortedSet<NamespacedName> concerned) {
        SortedSet<NamespacedName> changed = new TreeSet<>(concerned);
        PersistentMap.diff(services, newServices, (name, was, is) -> {
            if (was == null || !was.equals(is)) {
                changed.add(name);
            }
        });
        PersistentMap.diff(held, newHeld, (name, was, is) -> drifting.add(name));
        for (NamespacedName name : drifting) {
            if (newServices.containsKey(name) && !agrees(name, newHeld)) {
                changed.add(name);
            }
        }
        List<Change> changes = new ArrayList<>(changed.size());
        for (NamespacedName name : changed) {
            Optional<ServiceIntent> ours =
                    Optional.ofNullable(newServices.get(name)).filter(request::isOurs);
            changes.add(new Change(name, ours, newHeld.getOrDefault(name, List.of())));
        }
        return changes;
    }

    /** True when a service has what it was given, which may be nothing. */
    private boolean agrees(NamespacedName name, Map<NamespacedName, List<IpAddress>> has) {
        Allocation allocation = allocations.get(name);
        List<IpAddress> given = allocation == null ? List.of() : allocation.addresses();
        List<IpAddress> had = has.getOrDefault(name, List.of());
        return had.size() == given.size() && (had.equals(given) || had.containsAll(given));
    }

    private void learnAll(List<Outcome> outcomes) {
        List<Map.Entry<NamespacedName, Allocation>> given = new ArrayList<>(outcomes.size());
        List<Map.Entry<NamespacedName, Problem>> refused = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            outcome.allocation().ifPresent(allocation -> given.add(Map.entry(outcome.name(), allocation)));
            outcome.problem().ifPresent(problem -> refused.add(Map.entry(outcome.name(), problem)));
        }
        allocations = PersistentMap.ofSorted(given);
        failures = PersistentMap.ofSorted(refused);
        for (Outcome outcome : outcomes) {
            if (!agrees(outcome.name(), held)) {
                drifting.add(outcome.name());
            }
        }
    }

    private void learn(List<Outcome> outcomes) {
        SortedSet<NamespacedName> suspects = drifting;
        for (Outcome outcome : outcomes) {
            allocations = updated(allocations, outcome.name(), outcome.allocation());
            failures = updated(failures, outcome.name(), outcome.problem());
            suspects.add(outcome.name());
        }
        drifting = new TreeSet<>();
        for (NamespacedName name : suspects) {
            if (!agrees(name, held) && services.containsKey(name)) {
                drifting.add(name);
            }
        }
    }

    private static <V> PersistentMap<NamespacedName, V> updated(
            PersistentMap<NamespacedName, V> map, NamespacedName name, Optional<V> value) {
        if (value.isEmpty()) {
            return map.without(name);
        }
        return value.get().equals(map.get(name)) ? map : map.with(name, value.get());
    }
}
