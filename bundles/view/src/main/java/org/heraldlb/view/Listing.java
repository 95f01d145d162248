package org.heraldlb.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * A list of rows that can be shown as a table and as JSON.
 *
 * @param name what the rows are, the member that holds them in JSON
 * @param rows what is shown
 * @param columns how a table shows it
 * @param empty what stands there when there is nothing
 * @param <T> what a row is
 */
public record Listing<T>(String name, List<T> rows, List<Column<T>> columns, String empty) {

    public static Listing<ServiceRow> services(List<ServiceRow> rows) {
        return new Listing<>("services", rows, ServiceRow.COLUMNS, "no services");
    }

    public static Listing<PoolRow> pools(List<PoolRow> rows) {
        return new Listing<>("pools", rows, PoolRow.COLUMNS, "no pools");
    }

    public static Listing<Layer2Row> layer2(SystemSnapshot snapshot) {
        return new Listing<>(
                "layer2", Layer2Row.of(snapshot), Layer2Row.COLUMNS, "no address is announced on the link");
    }

    public static Listing<PeerRow> peers(SystemSnapshot snapshot) {
        return new Listing<>("peers", PeerRow.of(snapshot), PeerRow.COLUMNS, "no BGP peers");
    }

    public static Listing<RouteRow> routes(SystemSnapshot snapshot) {
        return new Listing<>("routes", RouteRow.of(snapshot), RouteRow.COLUMNS, "no routes");
    }

    public static Listing<NodeRow> nodes(SystemSnapshot snapshot) {
        return new Listing<>("nodes", NodeRow.of(snapshot), NodeRow.COLUMNS, "no nodes");
    }

    public static Listing<ProblemRow> problems(SystemSnapshot snapshot) {
        return new Listing<>("problems", ProblemRow.of(snapshot.problems()), ProblemRow.COLUMNS, "no problems");
    }

    /** For people. */
    public String table(Paper paper) {
        return Table.of(columns, rows, empty, paper);
    }

    /** For programs: the generation, the node that answers, and the rows. */
    public Map<String, Object> tree(SystemSnapshot snapshot) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("generation", snapshot.generation());
        tree.put("node", snapshot.node());
        tree.put(name, rows);
        return tree;
    }
}
