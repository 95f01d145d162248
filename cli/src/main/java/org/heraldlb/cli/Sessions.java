package org.heraldlb.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.cli.Changes.Change;
import org.heraldlb.view.SessionChange;

/** What a change of plans does to BGP sessions, nodes to which the same happens in one line. */
final class Sessions {

    private Sessions() {}

    static List<Change> between(State before, State after) {
        TreeSet<String> nodes = new TreeSet<>(before.nodes());
        nodes.addAll(after.nodes());
        Map<SessionChange, List<String>> where = new LinkedHashMap<>();
        for (String node : nodes) {
            for (SessionChange change : SessionChange.between(plan(before, node), plan(after, node))) {
                where.computeIfAbsent(change, same -> new ArrayList<>()).add(node);
            }
        }
        return where.entrySet().stream()
                .map(entry -> change(entry.getKey(), String.join(",", entry.getValue())))
                .sorted(Change.ORDER)
                .toList();
    }

    private static BgpPlan plan(State state, String node) {
        return state.nodes().contains(node)
                ? state.outcome().plan().plans(node).bgp()
                : new BgpPlan(0, node, List.of());
    }

    private static Change change(SessionChange change, String nodes) {
        String what =
                switch (change.effect()) {
                    case BEGINS -> "appears";
                    case ENDS -> "vanishes";
                    case RESETS -> "resets";
                    case GOES_ON -> "goes on";
                };
        Optional<String> why =
                change.causes().isEmpty() ? Optional.empty() : Optional.of(String.join("; ", change.causes()));
        return new Change("session", change.peer() + " on " + nodes, what, Optional.empty(), why);
    }
}
