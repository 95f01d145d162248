package org.heraldlb.core.plan;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Explainer;
import org.heraldlb.api.system.SystemSnapshot.Owner;
import org.heraldlb.core.election.Placement;
import org.heraldlb.core.sorted.SortedArrayMap;

/** What every node announces. Immutable; the plans of other nodes than the planning one are computed when asked for. */
public final class ClusterPlan {

    /** The parts that an incremental planner shares between its plans; all immutable. */
    record Parts(
            Topology topology,
            SortedArrayMap<NamespacedName, ServiceDecision> decisions,
            SortedArrayMap<IpAddress, AddressUse> uses,
            SortedArrayMap<IpAddress, Placement.Choice> placed) {

        Owners owners() {
            return new Owners(uses, placed, topology.nodes);
        }
    }

    private final PlanInput input;
    private final Parts parts;
    private final Owners owners;
    private final NodePlans own;
    private final List<Problem> problems;

    ClusterPlan(PlanInput input, Parts parts, NodePlans own, List<Problem> problems) {
        this.input = input;
        this.parts = parts;
        this.owners = parts.owners();
        this.own = own;
        this.problems = List.copyOf(problems);
    }

    public long generation() {
        return input.generation();
    }

    /**
     * Who answers for each layer-2 address, in address order. Owners are computed when they are first read; reading all
     * of them costs one hash for each node and address.
     */
    public Map<IpAddress, Owner> owners() {
        return owners;
    }

    /** All known nodes, by name. */
    public List<String> nodes() {
        return parts.topology().nodes.names;
    }

    /** Addresses that the planning node answers for and that stay with whoever has them. */
    public SortedSet<IpAddress> sticky() {
        SortedSet<IpAddress> sticky = new TreeSet<>();
        if (parts.topology().hasSticky()) {
            own.l2().announcements().stream()
                    .map(L2Announcement::address)
                    .filter(address ->
                            parts.uses().get(address).decider().l2.ownership.sticky())
                    .forEach(sticky::add);
        }
        return sticky;
    }

    /** What {@code node} is to check of other nodes' announcements, by address. Computed anew; any thread. */
    public List<L2Watch> watches(String node) {
        return new Watching(parts, node).watches();
    }

    public L2Plan l2(String node) {
        return plans(node).l2();
    }

    public BgpPlan bgp(String node) {
        return plans(node).bgp();
    }

    public HostAddressPlan addresses(String node) {
        return plans(node).addresses();
    }

    /** All plans of a node; empty ones for a node that nobody knows. Ready for the planning node, computed for others. */
    public NodePlans plans(String node) {
        return node.equals(input.self().node()) ? own : compute(node);
    }

    /** What was decided serves every node; only the node's share is new. */
    private NodePlans compute(String node) {
        // The planner goes on using the topology's attributes, perhaps on another thread: this share has its own.
        NodeShare share = new NodeShare(parts.topology(), new Attributes(), node);
        parts.decisions().valueList().forEach(decision -> share.change(null, decision));
        TreeMap<IpAddress, AddressUse> uses = new TreeMap<>();
        parts.uses().valueList().forEach(use -> uses.put(use.address, use));
        share.changeOwners(uses, owners);
        share.flush();
        return NodePlans.of(share, input);
    }

    /** What is wrong, by subject. */
    public List<Problem> problems() {
        return problems;
    }

    /** Answers for this plan. {@code request} is the one that the allocation came from. */
    public Explainer explainer(Ipam ipam, AllocationRequest request) {
        return new PlanExplainer(input, parts, ipam, request);
    }
}
