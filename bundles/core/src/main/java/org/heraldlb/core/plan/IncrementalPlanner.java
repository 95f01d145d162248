package org.heraldlb.core.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.core.election.Placement;
import org.heraldlb.core.sorted.SortedArrayMap;
import org.heraldlb.runtime.PersistentMap;

/**
 * A planner that remembers its last plan and decides again only what changed. Gives the same plan as
 * {@link ClusterPlanner}. Not thread-safe; its plans are.
 */
public final class IncrementalPlanner {

    /** The parts of an input that are about single services. */
    private record Inputs(
            PersistentMap<NamespacedName, ServiceIntent> services,
            PersistentMap<NamespacedName, List<EndpointSlice>> endpoints,
            PersistentMap<NamespacedName, Allocation> allocations,
            PersistentMap<NamespacedName, Integer> weights) {

        static final Inputs NONE =
                new Inputs(PersistentMap.empty(), PersistentMap.empty(), PersistentMap.empty(), PersistentMap.empty());

        static Inputs of(PlanInput input) {
            return new Inputs(
                    PersistentMap.of(input.intent().services()),
                    PersistentMap.of(input.intent().endpoints()),
                    PersistentMap.of(input.allocation().allocations()),
                    PersistentMap.of(input.weights()));
        }
    }

    private final String node;
    private final NavigableMap<NamespacedName, Problem> problems = new TreeMap<>();
    private final NavigableSet<NamespacedName> special = new TreeSet<>();
    private final HostNames hosts = new HostNames();
    private Inputs inputs = Inputs.NONE;
    private Self self;
    private Topology topology;
    private NodeShare share;
    private SortedArrayMap<NamespacedName, ServiceDecision> decisions = SortedArrayMap.empty();
    private SortedArrayMap<IpAddress, AddressUse> uses = SortedArrayMap.empty();
    private SortedArrayMap<IpAddress, Placement.Choice> placed = SortedArrayMap.empty();
    private Seating seating;
    private Liveness seated;
    /** Uses under the topology before, while everything is decided again: they remember hashes. */
    private SortedArrayMap<IpAddress, AddressUse> earlier = SortedArrayMap.empty();

    /** @param node whose plans are kept ready */
    public IncrementalPlanner(String node) {
        this.node = node;
    }

    /** The plan for {@code input}, whatever the inputs before were. */
    public ClusterPlan plan(PlanInput input) {
        Inputs next = Inputs.of(input);
        Set<NamespacedName> changed = changes(next);
        boolean sameHealth = self != null && self.health().equals(input.self().health());
        if (!sameHealth) {
            changed.addAll(hosts.checked());
        }
        inputs = next;
        self = input.self();
        SortedSet<String> listed = hosts.listed();
        if (topology == null || !topology.serves(input, listed)) {
            restart(input, listed);
            applyAll(input);
            earlier = SortedArrayMap.empty();
        } else {
            apply(changed, input);
        }
        ClusterPlan.Parts parts = new ClusterPlan.Parts(topology, decisions, uses, placed);
        return new ClusterPlan(input, parts, NodePlans.of(share, input), allProblems(input));
    }

    private Set<NamespacedName> changes(Inputs next) {
        Set<NamespacedName> changed = new HashSet<>();
        if (topology == null) {
            // The first plan decides about all of them anyway.
            next.services().values().forEach(service -> hosts.change(null, service));
            return changed;
        }
        PersistentMap.diff(inputs.services(), next.services(), (name, before, after) -> {
            hosts.change(before, after);
            if (!Objects.equals(before, after)) {
                changed.add(name);
            }
        });
        PersistentMap.diff(inputs.endpoints(), next.endpoints(), (name, before, after) -> {
            if (!Objects.equals(before, after)) {
                changed.add(name);
            }
        });
        PersistentMap.diff(inputs.allocations(), next.allocations(), (name, before, after) -> {
            if (!Objects.equals(before, after)) {
                changed.add(name);
            }
        });
        PersistentMap.diff(inputs.weights(), next.weights(), (name, before, after) -> {
            if (!Objects.equals(before, after)) {
                changed.add(name);
            }
        });
        return changed;
    }

    private void restart(PlanInput input, SortedSet<String> listed) {
        Topology next = new Topology(input, listed);
        boolean sameNodes = topology != null && topology.nodes.names.equals(next.nodes.names);
        earlier = sameNodes ? uses : SortedArrayMap.empty();
        topology = next;
        share = new NodeShare(topology, topology.attributes, node);
        seating = null;
        problems.clear();
        special.clear();
        decisions = SortedArrayMap.empty();
        uses = SortedArrayMap.empty();
        placed = SortedArrayMap.empty();
    }

    private void apply(Collection<NamespacedName> changed, PlanInput input) {
        Map<NamespacedName, ServiceDecision> decided = new LinkedHashMap<>(2 * changed.size());
        Map<IpAddress, AddressUse> touched = new HashMap<>(2 * changed.size());
        for (NamespacedName name : changed) {
            apply(
                    name,
                    decide(
                            inputs.services().get(name),
                            inputs.endpoints().get(name),
                            inputs.allocations().get(name)),
                    decided,
                    touched);
        }
        settle(decided, touched, input);
    }

    /** As {@link #apply}, for all: the maps are read side by side, since looking names up would cost more than deciding. */
    private void applyAll(PlanInput input) {
        Map<NamespacedName, ServiceDecision> decided =
                new LinkedHashMap<>(2 * inputs.allocations().size());
        Map<IpAddress, AddressUse> touched =
                new HashMap<>(2 * inputs.allocations().size());
        SideBySide<ServiceIntent> services = new SideBySide<>(inputs.services());
        SideBySide<List<EndpointSlice>> endpoints = new SideBySide<>(inputs.endpoints());
        for (Map.Entry<NamespacedName, Allocation> entry : inputs.allocations().entrySet()) {
            NamespacedName name = entry.getKey();
            apply(name, decide(services.at(name), endpoints.at(name), entry.getValue()), decided, touched);
        }
        settle(decided, touched, input);
    }

    private void apply(
            NamespacedName name,
            ServiceDecision after,
            Map<NamespacedName, ServiceDecision> decided,
            Map<IpAddress, AddressUse> touched) {
        ServiceDecision before = decisions.get(name);
        if (before != null || after != null) {
            decided.put(name, after);
            touch(name, before, after, touched);
            share.change(before, after);
            note(name, after);
        }
    }

    private void settle(
            Map<NamespacedName, ServiceDecision> decided, Map<IpAddress, AddressUse> touched, PlanInput input) {
        decisions = decisions.with(decided);
        uses = uses.with(touched);
        place(input, touched);
        share.changeOwners(touched, new Owners(uses, placed, topology.nodes));
        share.flush();
    }

    private ServiceDecision decide(ServiceIntent service, List<EndpointSlice> slices, Allocation allocation) {
        if (service == null || allocation == null || allocation.addresses().isEmpty()) {
            return null;
        }
        return new ServiceDecision(
                service,
                slices == null ? List.of() : slices,
                allocation,
                topology,
                self,
                inputs.weights().get(allocation.service()));
    }

    private void touch(
            NamespacedName name, ServiceDecision before, ServiceDecision after, Map<IpAddress, AddressUse> touched) {
        if (before != null && before.l2 != null) {
            before.allocation.addresses().forEach(address -> touched.put(address, use(address, touched, name, null)));
        }
        if (after != null && after.l2 != null) {
            after.allocation.addresses().forEach(address -> touched.put(address, use(address, touched, name, after)));
        }
    }

    private AddressUse use(
            IpAddress address, Map<IpAddress, AddressUse> touched, NamespacedName name, ServiceDecision decision) {
        AddressUse present = touched.containsKey(address) ? touched.get(address) : uses.get(address);
        if (present == null) {
            return decision == null ? null : new AddressUse(address, decision).remembering(earlier.get(address));
        }
        return present.replace(name, decision);
    }

    private void note(NamespacedName name, ServiceDecision after) {
        problems.remove(name);
        special.remove(name);
        if (after != null) {
            problem(after).ifPresent(problem -> problems.put(name, problem));
            if (after.hasSpecialOwnership()) {
                special.add(name);
            }
        }
    }

    private Optional<Problem> problem(ServiceDecision decision) {
        if (share.conflicts(decision)) {
            return Optional.of(Problem.error(
                    Reasons.CONFLICTING_ADVERTISEMENTS,
                    decision.service.ref().toString(),
                    "BGPAdvertisements with different localPref match this service on this node"));
        }
        return decision.problem();
    }

    /** Owners that depend on each other are placed anew together; those that moved count as touched. */
    private void place(PlanInput input, Map<IpAddress, AddressUse> touched) {
        SortedArrayMap<IpAddress, Placement.Choice> before = placed;
        placed = special.isEmpty()
                ? SortedArrayMap.empty()
                : seating(input.liveness())
                        .place(special.stream().map(decisions::get).toList(), uses::get);
        before.compare(placed, (address, was, is) -> {
            if (!touched.containsKey(address)) {
                touched.put(address, uses.get(address));
            }
        });
    }

    private Seating seating(Liveness liveness) {
        if (seating == null || seated != liveness) {
            seating = new Seating(topology.nodes, liveness);
            seated = liveness;
        }
        return seating;
    }

    private List<Problem> allProblems(PlanInput input) {
        List<Problem> all = new ArrayList<>(problems.values());
        if (!share.isKnown()) {
            all.add(Problem.warning(
                            Reasons.UNKNOWN_NODE,
                            "Node " + node,
                            "there are Node documents, and none is called " + node + ": it announces nothing")
                    .withFix("add a Node document of this name, or set the name of this node"));
        }
        return all;
    }
}
