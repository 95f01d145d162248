package org.heraldlb.view;

import java.util.function.Function;

/**
 * One column of a table.
 *
 * @param header its heading
 * @param right true: numbers, aligned to the right
 * @param cell the text of one row, without line breaks
 * @param <T> what a row is
 */
public record Column<T>(String header, boolean right, Function<T, String> cell) {

    /** A column of texts. */
    public static <T> Column<T> text(String header, Function<T, String> cell) {
        return new Column<>(header, false, cell);
    }

    /** A column of numbers. */
    public static <T> Column<T> number(String header, Function<T, ? extends Number> cell) {
        return new Column<>(header, true, row -> String.valueOf(cell.apply(row)));
    }
}
