package org.heraldlb.view;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.l2.L2Neighbor;
import org.heraldlb.api.net.IpAddress;

/**
 * Somebody on the link who asked for an address of ours.
 *
 * @param address his own, empty when he only asked whether anybody has the target
 * @param mac his
 * @param link where he asked
 * @param target what he asked for
 * @param questions how often
 * @param first when first
 * @param last when last
 */
public record Layer2NeighborRow(
        String address, String mac, String link, String target, long questions, String first, String last) {

    /** How tables show it. */
    public static final List<Column<Layer2NeighborRow>> COLUMNS = List.of(
            Column.text("LAST", Layer2NeighborRow::last),
            Column.text("ADDRESS", Layer2NeighborRow::address),
            Column.text("MAC", Layer2NeighborRow::mac),
            Column.text("INTERFACE", Layer2NeighborRow::link),
            Column.text("ASKED FOR", Layer2NeighborRow::target),
            Column.number("TIMES", Layer2NeighborRow::questions),
            Column.text("FIRST", Layer2NeighborRow::first));

    /** Those in which {@code about} is the asker or the target, all when it is absent; in their order. */
    public static List<Layer2NeighborRow> of(List<L2Neighbor> neighbors, Optional<IpAddress> about) {
        return neighbors.stream()
                .filter(each -> about.isEmpty()
                        || about.equals(each.address())
                        || each.target().equals(about.get()))
                .map(Layer2NeighborRow::of)
                .toList();
    }

    private static Layer2NeighborRow of(L2Neighbor neighbor) {
        return new Layer2NeighborRow(
                neighbor.address().map(IpAddress::toString).orElse(""),
                neighbor.mac().toString(),
                neighbor.link(),
                neighbor.target().toString(),
                neighbor.questions(),
                neighbor.first().truncatedTo(ChronoUnit.MILLIS).toString(),
                neighbor.last().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /** For people. */
    public static String table(List<Layer2NeighborRow> rows, Paper paper) {
        return Table.of(
                COLUMNS,
                rows,
                "nobody asked for an address that this node announces; l2:list says what it announces and where",
                paper);
    }

    /** For programs. */
    public static Map<String, Object> tree(List<Layer2NeighborRow> rows) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("neighbors", rows);
        return tree;
    }
}
