package org.heraldlb.ipam;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
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
    private Set<NamespacedName> drifting = new HashSet<>();

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
        Set<NamespacedName> concerned = graces(request);
        boolean first = services.isEmpty();
        List<Change> changes = first
                ? everything(request, newServices, newHeld)
                : differences(request, newServices, newHeld, concerned);
        services = newServices;
        held = newHeld;
        now = request.now();
        List<Outcome> outcomes = allocator.apply(changes);
        if (first) {
            learnAll(changes, outcomes);
        } else {
            learn(changes, outcomes);
        }
        return new AllocationResult(allocations, failures, allocator.usage(), problems);
    }

    AllocationTrace trace(NamespacedName service) {
        return allocator.trace(service);
    }

    private Set<NamespacedName> graces(AllocationRequest request) {
        if (request.released() == released && request.now().isBefore(gracesEnd)) {
            return Set.of();
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
        return allocator.graces(current);
    }

    private static List<Change> everything(
            AllocationRequest request,
            PersistentMap<NamespacedName, ServiceIntent> services,
            PersistentMap<NamespacedName, List<IpAddress>> held) {
        List<Change> changes = new ArrayList<>(services.size());
        services.forEach((name, service) -> {
            if (request.isOurs(service)) {
                changes.add(change(request, name, service, held));
            }
        });
        return changes;
    }

    private List<Change> differences(
            AllocationRequest request,
            PersistentMap<NamespacedName, ServiceIntent> newServices,
            PersistentMap<NamespacedName, List<IpAddress>> newHeld,
            Set<NamespacedName> concerned) {
        List<Change> changes = new ArrayList<>();
        PersistentMap.diff(held, newHeld, (name, was, is) -> drifting.add(name));
        drifting.addAll(concerned);
        PersistentMap.diff(services, newServices, (name, was, is) -> {
            if (was == null || !was.equals(is)) {
                changes.add(change(request, name, is, newHeld));
                drifting.remove(name);
            }
        });
        for (NamespacedName name : drifting) {
            ServiceIntent service = newServices.get(name);
            if (service != null && (concerned.contains(name) || !agrees(name, newHeld))) {
                changes.add(change(request, name, service, newHeld));
            }
        }
        changes.sort(Comparator.comparing(Change::name));
        return changes;
    }

    private static Change change(
            AllocationRequest request,
            NamespacedName name,
            ServiceIntent service,
            PersistentMap<NamespacedName, List<IpAddress>> held) {
        boolean ours = service != null && request.isOurs(service);
        return new Change(name, ours ? Optional.of(service) : Optional.empty(), ours ? heldBy(name, held) : List.of());
    }

    /** What {@code getOrDefault} says, which would look twice for those who have nothing. */
    private static List<IpAddress> heldBy(NamespacedName name, PersistentMap<NamespacedName, List<IpAddress>> held) {
        List<IpAddress> has = held.get(name);
        return has == null ? List.of() : has;
    }

    /** True when a service has what it was given, which may be nothing. */
    private boolean agrees(NamespacedName name, PersistentMap<NamespacedName, List<IpAddress>> has) {
        return same(Optional.ofNullable(allocations.get(name)), heldBy(name, has));
    }

    private static boolean same(Optional<Allocation> allocation, List<IpAddress> had) {
        List<IpAddress> given =
                allocation.isEmpty() ? List.of() : allocation.get().addresses();
        return had == given || had.size() == given.size() && (had.equals(given) || had.containsAll(given));
    }

    /** The first time outcomes come in the order of changes. */
    private void learnAll(List<Change> changes, List<Outcome> outcomes) {
        List<Map.Entry<NamespacedName, Allocation>> given = new ArrayList<>(outcomes.size());
        List<Map.Entry<NamespacedName, Problem>> refused = new ArrayList<>();
        drifting = new HashSet<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            NamespacedName name = outcome.name();
            outcome.allocation().ifPresent(allocation -> given.add(Map.entry(name, allocation)));
            outcome.problem().ifPresent(problem -> refused.add(Map.entry(name, problem)));
            if (!same(outcome.allocation(), changes.get(i).held())) {
                drifting.add(name);
            }
        }
        allocations = PersistentMap.ofSorted(given);
        failures = PersistentMap.ofSorted(refused);
    }

    /** Changes come by name, and each has its outcome; there are outcomes for others too. */
    private void learn(List<Change> changes, List<Outcome> outcomes) {
        outcomes.sort(Comparator.comparing(Outcome::name));
        allocations = updated(allocations, outcomes, Outcome::allocation);
        failures = updated(failures, outcomes, Outcome::problem);
        drifting = new HashSet<>(changes.size() * 2);
        int at = 0;
        for (Outcome outcome : outcomes) {
            NamespacedName name = outcome.name();
            boolean changed = at < changes.size() && changes.get(at).name().equals(name);
            List<IpAddress> has = changed ? changes.get(at++).held() : heldBy(name, held);
            if (!same(outcome.allocation(), has)) {
                drifting.add(name);
            }
        }
    }

    private static <V> PersistentMap<NamespacedName, V> updated(
            PersistentMap<NamespacedName, V> map, List<Outcome> outcomes, Function<Outcome, Optional<V>> part) {
        List<Map.Entry<NamespacedName, V>> present = new ArrayList<>();
        PersistentMap<NamespacedName, V> left = map;
        for (Outcome outcome : outcomes) {
            Optional<V> value = part.apply(outcome);
            if (value.isPresent()) {
                present.add(Map.entry(outcome.name(), value.get()));
            } else if (!left.isEmpty()) {
                left = left.without(outcome.name());
            }
        }
        return left.withAll(present);
    }
}
