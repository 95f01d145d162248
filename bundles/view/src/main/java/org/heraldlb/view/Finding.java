package org.heraldlb.view;

import java.util.List;

/**
 * One thing that was looked at.
 *
 * @param check what
 * @param verdict {@code good}, {@code doubtful}, {@code bad}, or {@code unknown}
 * @param text what was found
 * @param next what to do about it, empty when nothing
 */
public record Finding(String check, String verdict, String text, String next) {

    static final List<Column<Finding>> COLUMNS = List.of(
            Column.text("CHECK", Finding::check),
            Column.text("VERDICT", Finding::verdict),
            Column.text("FOUND", Finding::text),
            Column.text("NEXT", Finding::next));

    static Finding good(String check, String text) {
        return new Finding(check, "good", text, "");
    }

    static Finding doubtful(String check, String text, String next) {
        return new Finding(check, "doubtful", text, next);
    }

    static Finding bad(String check, String text, String next) {
        return new Finding(check, "bad", text, next);
    }

    static Finding unknown(String check, String text) {
        return new Finding(check, "unknown", text, "");
    }

    boolean isWorseThan(Finding other) {
        return weight() > other.weight();
    }

    private int weight() {
        return switch (verdict) {
            case "bad" -> 2;
            case "doubtful" -> 1;
            default -> 0;
        };
    }
}
