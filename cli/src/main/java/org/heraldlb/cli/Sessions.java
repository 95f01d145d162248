package org.heraldlb.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.cli.Changes.Change;
import org.heraldlb.frr.render.FrrSettings;
import org.heraldlb.frr.render.Resets;
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
        Stream<Change> frr = frr(nodes, before, after).entrySet().stream()
                .map(entry -> new Change(
                        "session",
                        entry.getKey() + " on " + String.join(",", entry.getValue()),
                        "resets with frr",
                        Optional.empty(),
                        Optional.of("where the backend is frr")));
        Stream<Change> all =
                where.entrySet().stream().map(entry -> change(entry.getKey(), String.join(",", entry.getValue())));
        return Stream.concat(all, frr).sorted(Change.ORDER).toList();
    }

    /** Peers and nodes where FRR resets a session and the native speaker does not. */
    private static Map<String, List<String>> frr(TreeSet<String> nodes, State before, State after) {
        Map<String, List<String>> where = new LinkedHashMap<>();
        for (String node : nodes) {
            BgpPlan old = plan(before, node);
            BgpPlan now = plan(after, node);
            Set<String> told = SessionChange.between(old, now).stream()
                    .filter(change -> change.effect() == SessionChange.Effect.RESETS)
                    .map(SessionChange::peer)
                    .collect(Collectors.toSet());
            Resets.between(old, now, FrrSettings.DEFAULT).stream()
                    .filter(peer -> !told.contains(peer))
                    .forEach(peer -> where.computeIfAbsent(peer, same -> new ArrayList<>())
                            .add(node));
        }
        return where;
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
