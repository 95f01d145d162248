package org.heraldlb.core.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.member.NodeFacts;

/** Who takes part in an election, by one view of the cluster: alive nodes and what they say. Immutable. */
final class Electorate {

    private static final BitSet NOBODY = new BitSet();

    final BitSet alive = new BitSet();
    final BitSet draining = new BitSet();
    private final List<NodeFacts> facts;
    private final BitSet anyLink = new BitSet();
    private final Map<NamespacedName, BitSet> unfit = new HashMap<>();

    /**
     * @param names of the known nodes, by index
     * @param isAlive by name
     * @param said by name; who is not there said nothing
     */
    Electorate(List<String> names, Predicate<String> isAlive, SortedMap<String, NodeFacts> said) {
        facts = new ArrayList<>(names.size());
        for (int node = 0; node < names.size(); node++) {
            int index = node;
            NodeFacts its = said.getOrDefault(names.get(node), NodeFacts.NONE);
            facts.add(its);
            alive.set(node, isAlive.test(names.get(node)));
            draining.set(node, its.draining());
            anyLink.set(node, its.canUse(List.of()));
            its.unfit().forEach(service -> unfit.computeIfAbsent(service, wanted -> new BitSet())
                    .set(index));
        }
    }

    /** Nodes on which one of {@code interfaces} carries traffic; any interface where none is named. */
    BitSet linked(List<String> interfaces) {
        if (interfaces.isEmpty()) {
            return anyLink;
        }
        BitSet linked = new BitSet(facts.size());
        for (int node = 0; node < facts.size(); node++) {
            linked.set(node, facts.get(node).canUse(interfaces));
        }
        return linked;
    }

    /** Nodes that must not own the service. Not to be changed. */
    BitSet unfit(NamespacedName service) {
        return unfit.isEmpty() ? NOBODY : unfit.getOrDefault(service, NOBODY);
    }

    NodeFacts facts(int node) {
        return facts.get(node);
    }
}
