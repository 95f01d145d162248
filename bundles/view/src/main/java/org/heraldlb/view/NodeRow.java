package org.heraldlb.view;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * One node.
 *
 * @param name of the node
 * @param self true: the one that answers
 * @param owns how many addresses it answers for on the link
 * @param usable false: it announces nothing; {@code note} says why
 * @param note why it is not usable
 * @param addresses its own
 * @param labels for node selectors
 */
public record NodeRow(
        String name,
        boolean self,
        long owns,
        boolean usable,
        String note,
        List<String> addresses,
        SortedMap<String, String> labels) {

    /** How tables show it. */
    public static final List<Column<NodeRow>> COLUMNS = List.of(
            Column.text("NODE", row -> row.self() ? row.name() + " (this)" : row.name()),
            Column.number("OWNS", NodeRow::owns),
            Column.text("USABLE", row -> row.usable() ? "yes" : "no"),
            Column.text("ADDRESSES", row -> String.join(",", row.addresses())),
            Column.text("LABELS", NodeRow::labelText),
            Column.text("NOTE", NodeRow::note));

    /** All known nodes, by name. */
    public static List<NodeRow> of(SystemSnapshot snapshot) {
        Map<String, Node> known = snapshot.intent().cluster().nodes();
        SortedMap<String, NodeRow> rows = new TreeMap<>();
        rows.put(snapshot.node(), bare(snapshot, snapshot.node()));
        snapshot.owners().values().stream()
                .map(SystemSnapshot.Owner::node)
                .filter(name -> !name.isEmpty())
                .forEach(name -> rows.put(name, bare(snapshot, name)));
        known.values().forEach(node -> rows.put(node.name(), row(snapshot, node)));
        return List.copyOf(rows.values());
    }

    private static NodeRow bare(SystemSnapshot snapshot, String name) {
        return new NodeRow(
                name, name.equals(snapshot.node()), owns(snapshot, name), true, "", List.of(), new TreeMap<>());
    }

    private static NodeRow row(SystemSnapshot snapshot, Node node) {
        String note = node.networkUnavailable() ? "network unavailable" : node.excluded() ? "excluded by label" : "";
        return new NodeRow(
                node.name(),
                node.name().equals(snapshot.node()),
                owns(snapshot, node.name()),
                note.isEmpty(),
                note,
                node.addresses().stream().map(IpAddress::toString).toList(),
                new TreeMap<>(node.labels()));
    }

    private static long owns(SystemSnapshot snapshot, String name) {
        return snapshot.owners().values().stream()
                .filter(owner -> owner.node().equals(name))
                .count();
    }

    private String labelText() {
        return String.join(",", labels.entrySet().stream().map(Object::toString).toList());
    }
}
