package org.heraldlb.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * One node.
 *
 * @param name of the node
 * @param self true: the one that answers
 * @param state {@code alive}, {@code draining}, {@code lost}, or {@code unknown} where nobody watches
 * @param owns how many addresses it answers for on the link
 * @param usable false: it announces nothing; {@code note} says why
 * @param note why it is not usable, or what is special about it
 * @param addresses its own
 * @param links interfaces that carry layer 2, as far as it says
 * @param labels for node selectors
 */
public record NodeRow(
        String name,
        boolean self,
        String state,
        long owns,
        boolean usable,
        String note,
        List<String> addresses,
        List<String> links,
        SortedMap<String, String> labels) {

    /** How tables show it. */
    public static final List<Column<NodeRow>> COLUMNS = List.of(
            Column.text("NODE", row -> row.self() ? row.name() + " (this)" : row.name()),
            Column.text("STATE", NodeRow::state),
            Column.number("OWNS", NodeRow::owns),
            Column.text("USABLE", row -> row.usable() ? "yes" : "no"),
            Column.text("ADDRESSES", row -> String.join(",", row.addresses())),
            Column.text("LINKS", row -> String.join(",", row.links())),
            Column.text("LABELS", NodeRow::labelText),
            Column.text("NOTE", NodeRow::note));

    /** All known nodes, by name. */
    public static List<NodeRow> of(SystemSnapshot snapshot) {
        Map<String, Long> owned = owned(snapshot);
        SortedSet<String> names = new TreeSet<>(owned.keySet());
        names.addAll(snapshot.intent().cluster().nodes().keySet());
        names.add(snapshot.node());
        snapshot.cluster().members().ifPresent(members -> {
            names.addAll(members.members().keySet());
            names.addAll(members.suspects().keySet());
        });
        return names.stream()
                .map(name -> row(snapshot, name, owned.getOrDefault(name, 0L)))
                .toList();
    }

    private static Map<String, Long> owned(SystemSnapshot snapshot) {
        Map<String, Long> owned = new HashMap<>();
        snapshot.owners().values().stream()
                .map(SystemSnapshot.Owner::node)
                .filter(name -> !name.isEmpty())
                .forEach(name -> owned.merge(name, 1L, Long::sum));
        return owned;
    }

    private static NodeRow row(SystemSnapshot snapshot, String name, long owns) {
        Optional<Node> node =
                Optional.ofNullable(snapshot.intent().cluster().nodes().get(name));
        Optional<MemberSnapshot> members = snapshot.cluster().members();
        Optional<NodeFacts> facts = members.map(all -> all.members().get(name)).map(MemberSnapshot.Member::facts);
        String obstacle = obstacle(node, members, name);
        return new NodeRow(
                name,
                name.equals(snapshot.node()),
                state(members, facts),
                owns,
                obstacle.isEmpty(),
                obstacle.isEmpty() ? facts.map(NodeRow::remark).orElse("") : obstacle,
                node.map(Node::addresses).orElse(List.of()).stream()
                        .map(IpAddress::toString)
                        .toList(),
                facts.map(NodeRow::links).orElse(List.of()),
                new TreeMap<>(node.map(Node::labels).orElse(Map.of())));
    }

    private static String state(Optional<MemberSnapshot> members, Optional<NodeFacts> facts) {
        if (members.isEmpty()) {
            return "unknown";
        }
        return facts.map(said -> said.draining() ? "draining" : "alive").orElse("lost");
    }

    private static String obstacle(Optional<Node> node, Optional<MemberSnapshot> members, String name) {
        if (members.isPresent() && !members.get().members().containsKey(name)) {
            return Optional.ofNullable(members.get().suspects().get(name)).orElse("no member");
        }
        if (node.filter(Node::networkUnavailable).isPresent()) {
            return "network unavailable";
        }
        return node.filter(Node::excluded).isPresent() ? "excluded by label" : "";
    }

    private static String remark(NodeFacts facts) {
        if (!facts.canUse(List.of())) {
            return "no interface is up";
        }
        int unfit = facts.unfit().size();
        return unfit == 0 ? "" : unfit + (unfit == 1 ? " service is" : " services are") + " not well here";
    }

    private static List<String> links(NodeFacts facts) {
        return facts.links().keySet().stream()
                .filter(name -> !name.equals(NodeFacts.NO_LINK))
                .toList();
    }

    private String labelText() {
        return String.join(",", labels.entrySet().stream().map(Object::toString).toList());
    }
}
