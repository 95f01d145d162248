package org.heraldlb.view;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.system.Move;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * One move of an address to or from this node.
 *
 * @param address which
 * @param from node that had it, empty for none
 * @param to node that has it, empty for none
 * @param at when this node knew
 * @param reason what happened
 * @param detectMillis how long {@code from} had proved no life when this node knew that it was lost
 * @param electMillis from the news to the plan
 * @param announceMillis from the plan to the first announcement, on the node that took over
 */
public record MoveRow(
        String address,
        String from,
        String to,
        String at,
        String reason,
        Optional<Double> detectMillis,
        double electMillis,
        Optional<Double> announceMillis) {

    static final List<Column<MoveRow>> COLUMNS = List.of(
            Column.text("TIME", MoveRow::at),
            Column.text("ADDRESS", MoveRow::address),
            Column.text("FROM", row -> row.from().isEmpty() ? "-" : row.from()),
            Column.text("TO", row -> row.to().isEmpty() ? "-" : row.to()),
            Column.text("DETECT ms", row -> orNothing(row.detectMillis())),
            Column.number("ELECT ms", MoveRow::electMillis),
            Column.text("ANNOUNCE ms", row -> orNothing(row.announceMillis())),
            Column.text("REASON", MoveRow::reason));

    /** The last ones, newest first; only those of {@code address} when one is named. */
    public static Listing<MoveRow> listing(SystemSnapshot snapshot, Optional<String> address) {
        List<MoveRow> rows = snapshot.cluster().moves().stream()
                .map(MoveRow::of)
                .filter(row -> address.isEmpty() || row.address().equals(address.get()))
                .toList();
        return new Listing<>("moves", rows, COLUMNS, "no address has come to or left this node since its start");
    }

    private static MoveRow of(Move move) {
        return new MoveRow(
                move.address().toString(),
                move.from(),
                move.to(),
                move.at().toString(),
                move.reason(),
                move.detect().map(MoveRow::millis),
                millis(move.elect()),
                move.announce().map(MoveRow::millis));
    }

    private static String orNothing(Optional<Double> millis) {
        return millis.map(String::valueOf).orElse("");
    }

    private static double millis(Duration time) {
        return Math.round(time.toNanos() / 1e4) / 100.0;
    }
}
