package org.heraldlb.view;

import java.util.List;

/** A {@link Status} as a page of text. */
final class StatusText {

    private final StringBuilder out = new StringBuilder();
    private final Paper paper;

    private StatusText(Paper paper) {
        this.paper = paper;
    }

    static String of(Status status, Paper paper) {
        StatusText text = new StatusText(paper);
        text.head(status);
        text.table(Status.SourceRow.COLUMNS, status.sources());
        text.table(Status.AnnouncerRow.COLUMNS, status.announcers());
        text.list("Maintenance", status.maintenance());
        text.list("Waiting", status.waiting());
        text.list("Components that wait", status.components());
        text.list(
                "Problems", status.problems().stream().map(StatusText::problem).toList());
        text.next(status.next());
        return text.out.toString();
    }

    private static String problem(ProblemRow row) {
        return row.severity() + ": " + row.subject() + ": " + row.line();
    }

    private void head(Status status) {
        Status.Counts counts = status.counts();
        out.append("Node ").append(paper.strong(status.node().isEmpty() ? "(unknown)" : status.node()));
        out.append(", generation ").append(status.generation()).append(": ");
        out.append(status.ready() ? paper.good("ready") : paper.bad("not ready"))
                .append('\n');
        out.append(counts.withAddress()).append(" of ").append(counts.services());
        out.append(" services have an address, from ").append(counts.pools()).append(" pools; this node answers for ");
        out.append(counts.layer2())
                .append(" on the link and has ")
                .append(counts.peers())
                .append(" BGP peers\n");
    }

    private <T> void table(List<Column<T>> columns, List<T> rows) {
        if (!rows.isEmpty()) {
            out.append('\n').append(Table.of(columns, rows, "", paper));
        }
    }

    private void list(String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            out.append('\n').append(paper.strong(heading)).append('\n');
            lines.forEach(line -> out.append("  ").append(Table.line(line)).append("\n"));
        }
    }

    private void next(String next) {
        if (!next.isEmpty()) {
            out.append('\n').append(paper.doubtful("Next: " + next)).append('\n');
        }
    }
}
