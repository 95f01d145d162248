package org.heraldlb.manifest.check;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.Node;

/** Which nodes selectors select. Without any known node, every question is answered as the rule at hand demands. */
final class Nodes {

    private final Map<String, Map<String, String>> labels = new HashMap<>();
    private final Map<List<LabelSelector>, Set<String>> selected = new HashMap<>();

    Nodes(Collection<Node> nodes) {
        nodes.forEach(node -> labels.put(node.name(), node.labels()));
    }

    boolean known() {
        return !labels.isEmpty();
    }

    Set<String> select(List<LabelSelector> selectors) {
        return selected.computeIfAbsent(selectors, this::compute);
    }

    private Set<String> compute(List<LabelSelector> selectors) {
        Set<String> names = new HashSet<>();
        labels.forEach((name, of) -> {
            if (LabelSelector.anyMatches(selectors, of)) {
                names.add(name);
            }
        });
        return names;
    }

    /** True when a known node is in both. */
    boolean share(List<LabelSelector> a, List<LabelSelector> b) {
        Set<String> of = select(b);
        return select(a).stream().anyMatch(of::contains);
    }
}
