package org.heraldlb.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.cli.Arguments.Question;
import org.heraldlb.core.merge.Merged;
import org.heraldlb.core.plan.Liveness;
import org.heraldlb.manifest.Linter;

/** Runs one command. */
final class CommandLine {

    private static final int FINE = 0;
    private static final int PROBLEMS = 1;
    private static final int USAGE = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final Instant now;

    CommandLine(PrintStream out, PrintStream err, Terminal terminal, Instant now) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.now = now;
    }

    /** The exit code. */
    int run(String... args) {
        try {
            Arguments arguments = Arguments.parse(args);
            return switch (arguments.command()) {
                case PLAN -> plan(arguments);
                case VALIDATE -> validate(arguments);
                case IMPORT -> imports(arguments);
                case HELP -> help();
            };
        } catch (UsageException wrong) {
            err.println("herald: " + wrong.getMessage());
            err.print(Arguments.USAGE);
            return USAGE;
        }
    }

    private int help() {
        out.print(Arguments.USAGE);
        return FINE;
    }

    private static List<Input> read(List<String> names) throws UsageException {
        List<Input> inputs = new ArrayList<>();
        for (String name : names) {
            inputs.add(Input.read(name));
        }
        return inputs;
    }

    private int validate(Arguments arguments) throws UsageException {
        Documented documented = new Documented();
        read(arguments.inputs()).forEach(documented::apply);
        Merged merged = documented.merge();
        Set<Problem> problems = new TreeSet<>(merged.problems());
        for (ServiceIntent service : merged.intent().services().values()) {
            service.request().problem().ifPresent(problems::add);
        }
        problems.addAll(Linter.lint(merged.intent()));
        out.print(new Writer(arguments.format(), terminal.paper()).problems(problems));
        boolean doubtful = arguments.strict() && !problems.isEmpty();
        return hasErrors(problems) || doubtful ? PROBLEMS : FINE;
    }

    private int imports(Arguments arguments) throws UsageException {
        List<Input> inputs =
                arguments.cluster().isPresent() ? arguments.cluster().get().read() : read(arguments.inputs());
        ImportPage page = new Import(now, terminal.nodeName()).of(Trees.of(inputs), arguments.loadBalancerClass());
        out.print(new Writer(arguments.format(), terminal.paper()).imported(page));
        return page.same() ? FINE : PROBLEMS;
    }

    private static boolean hasErrors(Collection<Problem> problems) {
        return problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    private int plan(Arguments arguments) throws UsageException {
        List<Input> inputs = read(arguments.inputs());
        Planning planning = new Planning(now, arguments.node(), arguments.loadBalancerClass(), terminal.nodeName());
        Documented documented = new Documented();
        Outcome before = null;
        Outcome outcome = null;
        for (Input input : inputs) {
            before = outcome;
            if (arguments.question().kind() == Question.Kind.DIFF) {
                documented.clear();
            }
            documented.apply(input);
            outcome = planning.next(documented.merge());
        }
        Writer writer = new Writer(arguments.format(), terminal.paper());
        return switch (arguments.question().kind()) {
            case NONE -> answer(outcome, writer.plan(outcome));
            case DIFF -> answer(outcome, writer.changes(Changes.between(State.of(before), State.of(outcome))));
            case DRAIN, FAIL -> whatIf(arguments.question(), planning, outcome, writer);
        };
    }

    private int answer(Outcome outcome, String text) {
        out.print(text);
        return hasErrors(PlanPage.problems(outcome)) ? PROBLEMS : FINE;
    }

    private int whatIf(Question question, Planning planning, Outcome now, Writer writer) throws UsageException {
        List<String> nodes = now.plan().nodes();
        String node = question.node();
        if (!nodes.contains(node)) {
            throw new UsageException("no node " + node + "; there are " + String.join(", ", nodes));
        }
        State after;
        Outcome then;
        if (question.kind() == Question.Kind.DRAIN) {
            then = planning.outcome(WhatIf.drained(now.merged(), nodes, node), now.request(), Liveness.ALL);
            after = State.of(then);
        } else {
            TreeSet<String> alive = new TreeSet<>(nodes);
            alive.remove(node);
            then = planning.outcome(WhatIf.failed(now.merged(), node), now.request(), Liveness.of(alive));
            after = State.without(node, then);
        }
        return answer(then, writer.changes(Changes.between(State.of(now), after)));
    }
}
