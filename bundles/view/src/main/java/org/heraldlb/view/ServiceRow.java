package org.heraldlb.view;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * One service that Herald is responsible for.
 *
 * @param name {@code namespace/name}
 * @param addresses what it has, primary family first
 * @param pool where they come from
 * @param layer2 the nodes that answer for them on the link
 * @param bgp the peers that this node tells about them
 * @param problem why it has none, or what is doubtful
 */
public record ServiceRow(
        String name,
        List<String> addresses,
        Optional<String> pool,
        List<String> layer2,
        List<String> bgp,
        Optional<String> problem) {

    private static final String SHADOWED = "shadow: computed, not announced by this node";

    /** How tables show it. */
    public static final List<Column<ServiceRow>> COLUMNS = List.of(
            Column.text("SERVICE", ServiceRow::name),
            Column.text("ADDRESS", row -> String.join(",", row.addresses())),
            Column.text("POOL", row -> row.pool().orElse("")),
            Column.text("LAYER2", row -> String.join(",", row.layer2())),
            Column.text("BGP", row -> String.join(",", row.bgp())),
            Column.text("PROBLEM", row -> row.problem().orElse("")));

    /** All of them, by name. */
    public static List<ServiceRow> of(SystemSnapshot snapshot) {
        return names(snapshot).stream().map(name -> row(snapshot, name)).toList();
    }

    /** Names of all services that Herald is responsible for. */
    static SortedSet<NamespacedName> names(SystemSnapshot snapshot) {
        SortedSet<NamespacedName> names =
                new TreeSet<>(snapshot.allocation().allocations().keySet());
        names.addAll(snapshot.allocation().failures().keySet());
        return names;
    }

    static ServiceRow row(SystemSnapshot snapshot, NamespacedName name) {
        Optional<Allocation> allocation =
                Optional.ofNullable(snapshot.allocation().allocations().get(name));
        List<IpAddress> addresses = allocation.map(Allocation::addresses).orElse(List.of());
        return new ServiceRow(
                name.toString(),
                addresses.stream().map(IpAddress::toString).toList(),
                allocation.map(Allocation::pool),
                owners(snapshot.owners(), addresses),
                RouteRow.peersOf(snapshot, addresses),
                Optional.ofNullable(snapshot.allocation().failures().get(name))
                        .map(Problem::text)
                        .or(() -> snapshot.speaksFor(name) ? Optional.empty() : Optional.of(SHADOWED)));
    }

    private static List<String> owners(Map<IpAddress, SystemSnapshot.Owner> owners, List<IpAddress> addresses) {
        return addresses.stream()
                .map(owners::get)
                .filter(Objects::nonNull)
                .map(SystemSnapshot.Owner::node)
                .filter(node -> !node.isEmpty())
                .distinct()
                .toList();
    }
}
