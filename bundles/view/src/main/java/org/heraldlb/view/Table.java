package org.heraldlb.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Aligned columns, two blanks apart, no frame: readable by people and by {@code awk}. */
public final class Table {

    private static final String GAP = "  ";
    private static final String EMPTY_CELL = "-";

    private final List<Boolean> right;
    private final List<List<String>> lines;
    private final List<Integer> widths;
    private final Paper paper;

    private Table(List<Boolean> right, List<List<String>> lines, Paper paper) {
        this.right = right;
        this.lines = lines;
        this.paper = paper;
        this.widths = widths(right.size());
    }

    /** The whole table, each line ended; just {@code empty} when there are no rows. */
    public static <T> String of(List<Column<T>> columns, List<T> rows, String empty, Paper paper) {
        if (rows.isEmpty()) {
            return empty + "\n";
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(Column::header).toList());
        rows.forEach(row -> lines.add(
                columns.stream().map(column -> cell(column.cell().apply(row))).toList()));
        return new Table(columns.stream().map(Column::right).toList(), lines, paper).render();
    }

    private static String cell(String text) {
        String line = line(text);
        return line.isEmpty() ? EMPTY_CELL : line;
    }

    /** Without line breaks and escapes: what a document says must not steer a terminal. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}]+", " ").strip();
    }

    private List<Integer> widths(int columns) {
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            int column = i;
            result.add(lines.stream()
                    .mapToInt(line -> length(line.get(column)))
                    .max()
                    .orElse(0));
        }
        return result;
    }

    private String render() {
        StringBuilder out = new StringBuilder();
        out.append(paper.strong(align(lines.get(0)))).append('\n');
        out.append(lines.stream().skip(1).map(this::align).collect(Collectors.joining("\n", "", "\n")));
        return out.toString();
    }

    private String align(List<String> cells) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String blanks = " ".repeat(widths.get(i) - length(cells.get(i)));
            out.append(i == 0 ? "" : GAP);
            out.append(right.get(i) ? blanks + cells.get(i) : cells.get(i) + blanks);
        }
        return shorten(out.toString().stripTrailing());
    }

    private String shorten(String line) {
        boolean fits = paper.columns() < 2 || length(line) <= paper.columns();
        return fits ? line : line.substring(0, line.offsetByCodePoints(0, paper.columns() - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
