package org.heraldlb.view;

import java.util.List;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * How far a cluster is on its way from another announcer to this one.
 *
 * @param mode {@code active} or {@code shadow}
 * @param services each service that has an address, or would have one
 * @param advice what to do next
 */
public record TakeoverPage(String mode, List<Row> services, String advice) {

    /**
     * @param service {@code namespace/name}
     * @param status addresses that its status names
     * @param addresses what Herald computes
     * @param agrees both are the same, in any order
     * @param announced by Herald: {@code true} where the service is taken over, and for all of them when active
     * @param layer2 who answers, or would
     */
    public record Row(
            String service,
            List<String> status,
            List<String> addresses,
            boolean agrees,
            boolean announced,
            List<String> layer2) {

        static final List<Column<Row>> COLUMNS = List.of(
                Column.text("SERVICE", Row::service),
                Column.text("STATUS", row -> String.join(",", row.status())),
                Column.text("HERALD", row -> String.join(",", row.addresses())),
                Column.text("AGREES", row -> row.agrees() ? "yes" : "no"),
                Column.text("LAYER2", row -> String.join(",", row.layer2())),
                Column.text("ANNOUNCED", row -> row.announced() ? "yes" : "no"));

        private static Row of(SystemSnapshot snapshot, NamespacedName name) {
            ServiceRow row = ServiceRow.row(snapshot, name);
            ServiceIntent service = snapshot.intent().services().get(name);
            Allocation has = snapshot.allocation().allocations().get(name);
            List<IpAddress> held = service == null ? List.of() : service.held();
            List<IpAddress> given = has == null ? List.of() : has.addresses();
            return new Row(
                    row.name(),
                    held.stream().map(IpAddress::toString).toList(),
                    row.addresses(),
                    held.size() == given.size() && given.containsAll(held),
                    snapshot.speaksFor(name) && !given.isEmpty(),
                    row.layer2());
        }
    }

    public static TakeoverPage of(SystemSnapshot snapshot) {
        List<Row> rows = ServiceRow.names(snapshot).stream()
                .map(name -> Row.of(snapshot, name))
                .toList();
        boolean shadow = snapshot.cluster().shadow();
        return new TakeoverPage(shadow ? "shadow" : "active", rows, advice(shadow, rows));
    }

    private static String advice(boolean shadow, List<Row> rows) {
        if (!shadow) {
            return "this node is active: it announces all services";
        }
        long differ = rows.stream().filter(row -> !row.agrees()).count();
        long left = rows.stream().filter(row -> !row.announced()).count();
        if (differ > 0) {
            return differ + " would have other addresses than their status says: vip:explain tells why";
        }
        return left > 0
                ? "take one over: kubectl annotate service NAME " + ServiceIntent.TAKEOVER + "=true"
                : "all are taken over: set mode = active in etc/org.heraldlb.core.cfg on every node";
    }

    /** For people. */
    public String text(Paper paper) {
        return "Mode " + paper.strong(mode) + "\n"
                + Table.of(Row.COLUMNS, services, "no services", paper)
                + paper.doubtful("Next: " + advice)
                + "\n";
    }
}
