package org.heraldlb.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.core.election.HashOrder;
import org.heraldlb.core.election.Placement;

/**
 * What one node checks of the others' announcements: an address is watched by the node that would own it next. Costs a
 * few hashes for each address, so it is asked for when nothing is urgent.
 */
final class Watching {

    private final ClusterPlan.Parts parts;
    private final KnownNodes nodes;
    private final HashOrder order;
    private final int self;

    Watching(ClusterPlan.Parts parts, String node) {
        this.parts = parts;
        this.nodes = parts.topology().nodes;
        this.order = new HashOrder(nodes.hashing);
        this.self = nodes.index(node);
    }

    /** By address. Empty when the members do not say with which MACs they answer. */
    List<L2Watch> watches() {
        List<L2Watch> watches = new ArrayList<>();
        if (self >= 0 && parts.topology().knowsMembers()) {
            for (AddressUse use : parts.uses().valueList()) {
                ServiceDecision decider = use.decider();
                int owner =
                        decider.tier.length == 0 || !decider.announced ? Seating.NOBODY : watchedOwner(use, decider);
                if (owner != Seating.NOBODY) {
                    add(use, decider, owner, watches);
                }
            }
        }
        return List.copyOf(watches);
    }

    /** The owner when this node is to watch it. */
    private int watchedOwner(AddressUse use, ServiceDecision decider) {
        Placement.Choice placed = parts.placed().get(use.address);
        int[] pool = pool(decider);
        if (placed == null && pool == decider.tier) {
            return decider.mayOwn(self) ? ownerBefore(decider) : Seating.NOBODY;
        }
        int owner = placed != null ? placed.node() : onlyOne(decider);
        return owner != Seating.NOBODY && owner != self && isNext(pool, owner, decider) ? owner : Seating.NOBODY;
    }

    private int onlyOne(ServiceDecision decider) {
        boolean before = decider.tierBefore == null || owned(decider.tier[0], decider);
        return before ? decider.tier[0] : Seating.NOBODY;
    }

    private boolean owned(int node, ServiceDecision decider) {
        return decider.mightOwn(node) && order.isFirst(node, decider.tierBefore, decider.hashText);
    }

    /** Where only one may own, another that could at least ask. */
    private static int[] pool(ServiceDecision decider) {
        return decider.tier.length > 1
                ? decider.tier
                : decider.l2.ballot.candidates.stream().toArray();
    }

    /** The winner when this node comes second, by plain hashing. */
    private int ownerBefore(ServiceDecision decider) {
        int owner = order.onlyBetter(self, decider.tier, decider.hashText);
        boolean contested = owner >= 0 && decider.tierBefore != null && !owned(owner, decider);
        return owner < 0 || contested ? Seating.NOBODY : owner;
    }

    private boolean isNext(int[] pool, int owner, ServiceDecision decider) {
        boolean asks = false;
        int count = 0;
        int[] others = new int[pool.length];
        for (int node : pool) {
            if (node != owner) {
                others[count++] = node;
                asks |= node == self;
            }
        }
        return asks && order.isFirst(self, Arrays.copyOf(others, count), decider.hashText);
    }

    private void add(AddressUse use, ServiceDecision decider, int owner, List<L2Watch> watches) {
        NodeFacts facts = decider.l2.ballot.electorate.facts(owner);
        InterfaceSelection there = decider.l2.interfacesOn(owner);
        SortedSet<MacAddress> expected = new TreeSet<>();
        facts.links().forEach((link, mac) -> {
            if (!link.equals(NodeFacts.NO_LINK) && there.selects(link)) {
                expected.add(mac);
            }
        });
        if (!expected.isEmpty() && decider.l2.covered.get(self)) {
            watches.add(new L2Watch(use.address, decider.l2.interfacesOn(self), nodes.names.get(owner), expected));
        }
    }
}
