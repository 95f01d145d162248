package org.heraldlb.cli;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.cli.Arguments.Format;
import org.heraldlb.cli.PlanPage.ProblemLine;
import org.heraldlb.view.ExplanationPage;
import org.heraldlb.view.Json;
import org.heraldlb.view.Paper;
import org.heraldlb.view.Table;

/** Answers as text. */
final class Writer {

    /** Explaining takes a decision about everything for each service; more pages than these nobody reads. */
    private static final int MOST_EXPLANATIONS = 200;

    private final Format format;
    private final Paper paper;

    Writer(Format format, Paper paper) {
        this.format = format;
        this.paper = paper;
    }

    String plan(Outcome outcome) {
        PlanPage page = PlanPage.of(outcome, new TreeSet<>(outcome.plan().nodes()));
        return format == Format.TABLE ? table(page, outcome) : tree(page);
    }

    private String tree(Object page) {
        return format == Format.JSON ? Json.pretty(page) + "\n" : Yaml.write(page);
    }

    private String table(PlanPage page, Outcome outcome) {
        StringBuilder out = new StringBuilder();
        section(out, "Services", Table.of(PlanPage.ServiceLine.COLUMNS, page.services(), "none", paper));
        section(out, "Layer 2", Table.of(PlanPage.Layer2Line.COLUMNS, page.layer2(), "none", paper));
        section(out, "BGP", Table.of(PlanPage.BgpLine.COLUMNS, page.bgp(), "none", paper));
        section(out, "Problems", Table.of(ProblemLine.COLUMNS, page.problems(), "none", paper));
        if (page.services().size() > MOST_EXPLANATIONS) {
            return out.append("More than ")
                    .append(MOST_EXPLANATIONS)
                    .append(" services are not explained.\n")
                    .toString();
        }
        for (PlanPage.ServiceLine service : page.services()) {
            outcome.explainer()
                    .explain(NamespacedName.parse(service.name()))
                    .map(ExplanationPage::of)
                    .ifPresent(explanation ->
                            out.append(paper.strong("---")).append('\n').append(explanation.text(paper)));
        }
        return out.toString();
    }

    private void section(StringBuilder out, String heading, String body) {
        out.append(paper.strong(heading)).append('\n').append(body).append('\n');
    }

    String changes(Changes changes) {
        if (format != Format.TABLE) {
            return tree(changes);
        }
        StringBuilder out = new StringBuilder();
        section(out, "Changes", Table.of(Changes.Change.COLUMNS, changes.changes(), "none", paper));
        section(out, "Problems", Table.of(ProblemLine.COLUMNS, changes.problems(), "none", paper));
        return out.toString();
    }

    String imported(ImportPage page) {
        if (format != Format.TABLE) {
            return tree(page);
        }
        StringBuilder out = new StringBuilder();
        section(out, "Objects", Table.of(ImportPage.ObjectLine.COLUMNS, page.objects(), "none", paper));
        section(out, "Services", Table.of(ImportPage.ServiceLine.COLUMNS, page.services(), "none", paper));
        section(out, "Problems", Table.of(ProblemLine.COLUMNS, page.problems(), "none", paper));
        page.settings().forEach(line -> out.append("Set in etc/org.heraldlb.core.cfg: ")
                .append(line)
                .append('\n'));
        return out.append(page.same() ? paper.good(page.summary()) : paper.doubtful(page.summary()))
                .append('\n')
                .toString();
    }

    /** One problem of {@code validate}. */
    public record Finding(
            String code,
            String severity,
            String subject,
            String text,
            String document,
            String path,
            String value,
            String fix) {
        static Finding of(Problem problem) {
            return new Finding(
                    problem.code(),
                    problem.severity().name().toLowerCase(java.util.Locale.ROOT),
                    problem.subject(),
                    problem.text(),
                    problem.place().document(),
                    problem.place().path(),
                    problem.place().value(),
                    problem.fix());
        }

        private String line(Paper paper) {
            StringBuilder out = new StringBuilder();
            out.append(document.isEmpty() ? "" : document + ": ");
            String word = severity + " " + code;
            out.append(severity.equals("error") ? paper.bad(word) : paper.doubtful(word));
            out.append(": ");
            out.append(subject.equals(document) ? "" : subject + ": ").append(text);
            out.append(path.isEmpty() || text.contains(path) ? "" : " (" + path + ")");
            return out.append(fix.isEmpty() ? "" : "; " + fix).append('\n').toString();
        }
    }

    /** All findings. */
    public record Findings(List<Finding> problems) {}

    String problems(Collection<Problem> problems) {
        List<Finding> findings = problems.stream().map(Finding::of).toList();
        if (format != Format.TABLE) {
            return tree(new Findings(findings));
        }
        if (findings.isEmpty()) {
            return paper.good("no problems") + "\n";
        }
        StringBuilder out = new StringBuilder();
        findings.forEach(finding -> out.append(finding.line(paper)));
        return out.toString();
    }
}
