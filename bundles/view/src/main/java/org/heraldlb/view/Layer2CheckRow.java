package org.heraldlb.view;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.heraldlb.api.l2.L2Check;
import org.heraldlb.api.l2.L2Check.State;
import org.heraldlb.api.net.MacAddress;

/**
 * Whether one address is answered by whom it should on one interface.
 *
 * @param address which
 * @param link where
 * @param state {@code probing}, {@code held}, {@code suspect}, {@code conflict} or {@code yielded} for addresses of this
 *     node, {@code unknown}, {@code expected}, {@code silent} or {@code other} for those that it watches
 * @param owner the node that should answer, empty for this one
 * @param expected the MACs that it may answer with
 * @param other who else claimed it last, empty for nobody
 * @param since when that began, empty when it never did
 * @param last when he claimed it last
 * @param sightings how often
 */
public record Layer2CheckRow(
        String address,
        String link,
        String state,
        String owner,
        List<String> expected,
        String other,
        String since,
        String last,
        long sightings) {

    /** How tables show it. */
    public static final List<Column<Layer2CheckRow>> COLUMNS = List.of(
            Column.text("ADDRESS", Layer2CheckRow::address),
            Column.text("INTERFACE", Layer2CheckRow::link),
            Column.text("CHECK", Layer2CheckRow::state),
            Column.text("OWNER", row -> row.owner().isEmpty() ? "this node" : row.owner()),
            Column.text("ANSWERED BY", Layer2CheckRow::other),
            Column.text("SINCE", Layer2CheckRow::since),
            Column.text("LAST", Layer2CheckRow::last),
            Column.number("TIMES", Layer2CheckRow::sightings));

    private static final Set<State> FINE = EnumSet.of(State.HELD, State.EXPECTED, State.UNKNOWN);

    /** In their order; {@code all} or only those that are not as they should be. */
    public static List<Layer2CheckRow> of(List<L2Check> checks, boolean all) {
        return checks.stream()
                .filter(check -> all || !FINE.contains(check.state()))
                .map(Layer2CheckRow::of)
                .toList();
    }

    private static Layer2CheckRow of(L2Check check) {
        return new Layer2CheckRow(
                check.address().toString(),
                check.link(),
                check.state().name().toLowerCase(Locale.ROOT),
                check.owner(),
                check.expected().stream().map(MacAddress::toString).toList(),
                check.other().map(MacAddress::toString).orElse(""),
                check.since().map(Layer2CheckRow::time).orElse(""),
                check.last().map(Layer2CheckRow::time).orElse(""),
                check.sightings());
    }

    private static String time(Instant when) {
        return when.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** For people; empty when there is nothing to say. */
    public static String table(List<Layer2CheckRow> rows, Paper paper) {
        return rows.isEmpty() ? "" : Table.of(COLUMNS, rows, "", paper);
    }
}
