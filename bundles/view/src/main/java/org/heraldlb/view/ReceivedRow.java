package org.heraldlb.view;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.heraldlb.api.bgp.ReceivedRoute;

/**
 * One route that a peer told this node; it goes nowhere.
 *
 * @param prefix what
 * @param nextHop over whom
 * @param asPath as routers show it
 * @param origin {@code IGP}, {@code EGP} or {@code incomplete}
 * @param localPref from peers inside the AS
 * @param med MULTI_EXIT_DISC
 * @param communities of every kind
 */
public record ReceivedRow(
        String prefix,
        Optional<String> nextHop,
        String asPath,
        String origin,
        OptionalLong localPref,
        OptionalLong med,
        List<String> communities) {

    /** How tables show it. */
    public static final List<Column<ReceivedRow>> COLUMNS = List.of(
            Column.text("PREFIX", ReceivedRow::prefix),
            Column.text("NEXT HOP", row -> row.nextHop().orElse("")),
            Column.text("LOCALPREF", row -> number(row.localPref())),
            Column.text("MED", row -> number(row.med())),
            Column.text("PATH", ReceivedRow::asPath),
            Column.text("ORIGIN", ReceivedRow::origin),
            Column.text("COMMUNITIES", row -> String.join(",", row.communities())));

    private static String number(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "";
    }

    public static Listing<ReceivedRow> listing(List<ReceivedRoute> routes) {
        return new Listing<>("received", routes.stream().map(ReceivedRow::of).toList(), COLUMNS, "no routes received");
    }

    private static ReceivedRow of(ReceivedRoute route) {
        return new ReceivedRow(
                route.prefix().toString(),
                route.nextHop().map(Object::toString),
                route.asPath(),
                route.origin(),
                route.localPref(),
                route.med(),
                route.communities());
    }
}
