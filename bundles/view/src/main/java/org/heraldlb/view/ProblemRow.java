package org.heraldlb.view;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.heraldlb.api.Problem;

/**
 * One problem.
 *
 * @param severity {@code error} or {@code warning}
 * @param code stable
 * @param subject what it is about
 * @param text one line
 * @param document where the input stands
 * @param path in the document
 * @param value the refused value
 * @param fix what to do
 */
public record ProblemRow(
        String severity,
        String code,
        String subject,
        String text,
        Optional<String> document,
        Optional<String> path,
        Optional<String> value,
        Optional<String> fix) {

    /** How tables show it. */
    public static final List<Column<ProblemRow>> COLUMNS = List.of(
            Column.text("SEVERITY", ProblemRow::severity),
            Column.text("SUBJECT", ProblemRow::subject),
            Column.text("PROBLEM", ProblemRow::line));

    static ProblemRow of(Problem problem) {
        return new ProblemRow(
                problem.severity().name().toLowerCase(Locale.ROOT),
                problem.code(),
                problem.subject(),
                problem.text(),
                given(problem.place().document()),
                given(problem.place().path()),
                given(problem.place().value()),
                given(problem.fix()));
    }

    static List<ProblemRow> of(List<Problem> problems) {
        return problems.stream().map(ProblemRow::of).toList();
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(present -> !present.isEmpty());
    }

    /** Everything but the subject, on one line: text, place and fix. */
    public String line() {
        StringBuilder line = new StringBuilder(text);
        document.ifPresent(
                name -> line.append(" (").append(name).append(inDocument()).append(')'));
        fix.ifPresent(advice -> line.append("; ").append(advice));
        return line.append(" [").append(code).append(']').toString();
    }

    private String inDocument() {
        return path.map(place ->
                        ": " + place + value.map(given -> " = " + given).orElse(""))
                .orElse("");
    }
}
