package org.heraldlb.core.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.member.MemberSnapshot.Agreement;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.core.election.HashOrder;

/**
 * The nodes that may announce, by index in name order, and what disqualifies some. Known are: the Node objects, the
 * alive members, the nodes that a host-backed service lists, and this node when there is no Node object at all.
 */
final class KnownNodes {

    final List<String> names;
    final HashOrder.Nodes hashing;
    final BitSet networkUnavailable = new BitSet();
    final BitSet excluded = new BitSet();
    /** Decides about addresses of mode AVAILABLE. */
    final Electorate available;
    /** Decides about addresses of mode QUORUM. */
    final Electorate agreed;
    /** Decided about them before, while somebody may still act by it; null when nobody does. */
    final Electorate before;

    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<Map<String, String>> labels = new ArrayList<>();

    KnownNodes(PlanInput input, SortedSet<String> listedHosts) {
        names = List.copyOf(names(input, listedHosts));
        hashing = HashOrder.Nodes.of(names);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Node node = input.intent().cluster().nodes().get(name);
            indexes.put(name, i);
            labels.add(node != null ? node.labels() : ownLabels(name, input.self()));
            networkUnavailable.set(i, node != null && node.networkUnavailable());
            excluded.set(
                    i, !input.options().ignoreExcludeLabel() && labels.get(i).containsKey(Node.EXCLUDE_LABEL));
        }
        Liveness liveness = input.liveness();
        available = new Electorate(
                names,
                name -> liveness.alive().map(alive -> alive.contains(name)).orElse(true),
                liveness.facts());
        agreed = liveness.agreement()
                .map(agreement -> electorate(agreement.members()))
                .orElse(available);
        before = liveness.agreement()
                .flatMap(Agreement::before)
                .map(this::electorate)
                .orElse(null);
    }

    private Electorate electorate(SortedMap<String, Member> members) {
        return new Electorate(names, members::containsKey, Liveness.factsOf(members));
    }

    private static SortedSet<String> names(PlanInput input, SortedSet<String> listedHosts) {
        SortedSet<String> names = new TreeSet<>(input.intent().cluster().nodes().keySet());
        if (names.isEmpty()) {
            names.add(input.self().node());
        }
        input.liveness().alive().ifPresent(names::addAll);
        input.liveness().agreement().ifPresent(agreement -> {
            names.addAll(agreement.members().keySet());
            agreement.before().ifPresent(before -> names.addAll(before.keySet()));
        });
        names.addAll(listedHosts);
        return names;
    }

    private static Map<String, String> ownLabels(String name, Self self) {
        return name.equals(self.node()) ? self.labels() : Map.of();
    }

    /** Index of the node, -1 when it is not known. */
    int index(String name) {
        return indexes.getOrDefault(name, -1);
    }

    int count() {
        return names.size();
    }

    boolean matches(int node, List<LabelSelector> selectors) {
        return LabelSelector.anyMatches(selectors, labels.get(node));
    }

    BitSet matching(List<LabelSelector> selectors) {
        return where(nodeLabels -> LabelSelector.anyMatches(selectors, nodeLabels));
    }

    BitSet where(Predicate<Map<String, String>> condition) {
        BitSet matching = new BitSet(names.size());
        for (int i = 0; i < names.size(); i++) {
            matching.set(i, condition.test(labels.get(i)));
        }
        return matching;
    }

    /** Why the node may announce nothing by BGP, empty when it may. */
    String bgpExclusion(int node) {
        if (networkUnavailable.get(node)) {
            return Reasons.NETWORK_UNAVAILABLE;
        }
        return excluded.get(node) ? Reasons.EXCLUDED : "";
    }
}
