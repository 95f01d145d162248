package org.heraldlb.core.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Explainer;
import org.heraldlb.api.system.Explanation;
import org.heraldlb.api.system.Explanation.AddressElection;
import org.heraldlb.api.system.Explanation.Candidate;
import org.heraldlb.api.system.SystemSnapshot.Owner;
import org.heraldlb.core.election.HashOrder;

/** Explains one plan from its inputs and decisions. Any thread. */
final class PlanExplainer implements Explainer {

    private final PlanInput input;
    private final ClusterPlan.Parts parts;
    private final Ipam ipam;
    private final AllocationRequest request;

    PlanExplainer(PlanInput input, ClusterPlan.Parts parts, Ipam ipam, AllocationRequest request) {
        this.input = input;
        this.parts = parts;
        this.ipam = ipam;
        this.request = request;
    }

    @Override
    public Optional<Explanation> explain(NamespacedName name) {
        ServiceIntent service = input.intent().services().get(name);
        if (service == null) {
            return Optional.empty();
        }
        ServiceDecision decision = parts.decisions().get(name);
        return Optional.of(new Explanation(
                name,
                allocation(name),
                problem(name, decision),
                decision == null ? List.of() : elections(decision),
                decision == null ? List.of() : new RouteExplainer(input, parts).explain(decision)));
    }

    private AllocationTrace allocation(NamespacedName name) {
        if (ipam != null && request != null) {
            return ipam.explain(request, name);
        }
        Optional<Allocation> has =
                Optional.ofNullable(input.allocation().allocations().get(name));
        return new AllocationTrace(name, has, "kept while no address management is installed", List.of());
    }

    private Optional<Problem> problem(NamespacedName name, ServiceDecision decision) {
        return Optional.ofNullable(input.allocation().failures().get(name))
                .or(() ->
                        decision == null ? Optional.empty() : decision.problem().or(() -> shadowed(decision)));
    }

    /** Only where somebody asks: what is as it was ordered is no problem otherwise. */
    private static Optional<Problem> shadowed(ServiceDecision decision) {
        String text = "this node is a shadow: what follows is computed and not announced";
        return decision.announced
                ? Optional.empty()
                : Optional.of(
                        Problem.warning(Reasons.SHADOW, decision.service.ref().toString(), text)
                                .withFix("take it over by the annotation " + ServiceIntent.TAKEOVER + ": \"true\""));
    }

    private List<AddressElection> elections(ServiceDecision decision) {
        if (decision.l2 == null) {
            return List.of();
        }
        Map<IpAddress, Owner> owners = parts.owners();
        List<AddressElection> elections = new ArrayList<>();
        for (IpAddress address : decision.allocation.addresses()) {
            Owner owner = owners.get(address);
            elections.add(
                    new AddressElection(address, owner.node(), owner.reason(), candidates(decision, owner.node())));
        }
        return elections;
    }

    private List<Candidate> candidates(ServiceDecision decision, String owner) {
        KnownNodes nodes = parts.topology().nodes;
        HashOrder order = new HashOrder(nodes.hashing);
        Map<Integer, String> exclusions = new LinkedHashMap<>();
        for (int node = 0; node < nodes.count(); node++) {
            exclusions.put(node, exclusion(decision, node));
        }
        int[] byHash = order.sorted(
                exclusions.keySet().stream().mapToInt(Integer::intValue).toArray(), decision.hashText);
        List<Candidate> candidates = new ArrayList<>();
        for (int node : byHash) {
            candidates.add(new Candidate(
                    nodes.names.get(node),
                    exclusions.get(node),
                    decision.l2.score(node),
                    order.hex(node, decision.hashText)));
        }
        // The sort is stable: among equal ones the order of hashes stays.
        candidates.sort(Comparator.comparing(
                        (Candidate candidate) -> !candidate.node().equals(owner))
                .thenComparing(candidate -> !candidate.excluded().isEmpty())
                .thenComparing(Comparator.comparingLong(Candidate::score).reversed()));
        return candidates;
    }

    private String exclusion(ServiceDecision decision, int node) {
        KnownNodes nodes = parts.topology().nodes;
        Electorate electorate = decision.l2.ballot.electorate;
        String general = electorate.alive.get(node) ? nodes.bgpExclusion(node) : Reasons.NOT_ALIVE;
        if (!general.isEmpty()) {
            return general;
        }
        if (!decision.l2.covered.get(node)) {
            return Reasons.NO_MATCHING_ADVERTISEMENT;
        }
        if (!decision.l2.ballot.candidates.get(node)) {
            return electorate.facts(node).canUse(List.of()) ? Reasons.NO_INTERFACE : Reasons.NO_CARRIER;
        }
        if (decision.serving.local() && !decision.serving.counts().has(node)) {
            return notServing(decision, nodes.names.get(node));
        }
        if (electorate.unfit(decision.name).get(node)) {
            return Reasons.UNHEALTHY;
        }
        boolean passedOver = electorate.draining.get(node) && !decision.mayOwn(node);
        return passedOver ? Reasons.DRAINING : decision.l2Refusal;
    }

    private String notServing(ServiceDecision decision, String node) {
        return decision.service.backing() instanceof Backing.Host host
                ? Serving.hostExclusion(host, node, input.self(), input.options())
                : Reasons.NO_LOCAL_ENDPOINTS;
    }
}
