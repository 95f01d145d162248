package org.heraldlb.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.cli.ImportPage.ObjectLine;
import org.heraldlb.cli.ImportPage.ServiceLine;
import org.heraldlb.cli.PlanPage.Layer2Line;
import org.heraldlb.cli.Remarks.Remark;
import org.heraldlb.cli.Remarks.Verdict;
import org.heraldlb.core.plan.PlanOptions;

/** Compares what MetalLB does with what Herald would do. */
final class Import {

    private final Instant now;
    private final String host;

    /** @param host the node that plans where no document is a Node */
    Import(Instant now, String host) {
        this.now = now;
        this.host = host;
    }

    /** @param loadBalancerClass instead of the one that MetalLB was started with */
    ImportPage of(Trees read, Optional<String> loadBalancerClass) {
        Installation installation = Installation.of(read.objects());
        List<Tree> present = new ArrayList<>();
        List<String> converted = new ArrayList<>();
        for (Tree tree : read.objects()) {
            if (OldDialects.isAddressPool(tree) || OldDialects.isConfigMap(tree)) {
                List<Tree> today = OldDialects.convert(tree);
                today.forEach(one -> converted.add(one.label()));
                present.addAll(today);
            } else {
                present.add(tree);
            }
        }
        Documented documented = new Documented();
        documented.apply(present);
        PlanOptions options = new PlanOptions(installation.ignoreExcludeLabel(), true);
        Planning planning = new Planning(
                now, Optional.empty(), loadBalancerClass.or(installation::loadBalancerClass), host, options);
        Outcome outcome = planning.next(documented.merge());
        List<ObjectLine> objects =
                objects(present, converted, installation, outcome.merged().problems());
        List<ServiceLine> services = services(outcome, present);
        return page(objects, services, installation, read.problems(), outcome);
    }

    private static List<ObjectLine> objects(
            List<Tree> trees, List<String> converted, Installation installation, Collection<Problem> problems) {
        List<ObjectLine> lines = new ArrayList<>();
        for (Tree tree : trees) {
            Remarks.of(tree, installation)
                    .map(remark -> line(tree, remark, problems))
                    .ifPresent(line -> lines.add(
                            converted.contains(line.object())
                                    ? noted(line, "converted from " + tree.document())
                                    : line));
        }
        return lines;
    }

    private static ObjectLine line(Tree tree, Remark remark, Collection<Problem> problems) {
        Set<String> errors = new LinkedHashSet<>();
        for (Problem problem : problems) {
            boolean its = problem.place().document().equals(tree.document())
                    && problem.subject().endsWith(tree.name());
            if (its && problem.severity() == Problem.Severity.ERROR) {
                errors.add(problem.text());
            }
        }
        return errors.isEmpty()
                ? new ObjectLine(tree.label(), word(remark.verdict()), remark.text())
                : new ObjectLine(tree.label(), word(Verdict.REFUSED), String.join("; ", errors));
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectLine noted(ObjectLine line, String note) {
        return new ObjectLine(line.object(), line.verdict(), line.note().isEmpty() ? note : note + "; " + line.note());
    }

    private static List<ServiceLine> services(Outcome outcome, List<Tree> trees) {
        Map<String, TreeSet<String>> now = new TreeMap<>();
        for (Tree tree : trees) {
            if (tree.kind().equals("ServiceL2Status")) {
                Tree status = tree.child("status");
                String service = status.text("serviceNamespace").orElse("") + "/"
                        + status.text("serviceName").orElse("");
                status.text("node").ifPresent(node -> now.computeIfAbsent(service, any -> new TreeSet<>())
                        .add(node));
            }
        }
        PlanPage plan = PlanPage.of(outcome, new TreeSet<>(outcome.plan().nodes()));
        Map<String, TreeSet<String>> then = new TreeMap<>();
        for (Layer2Line line : plan.layer2()) {
            then.computeIfAbsent(line.service(), any -> new TreeSet<>()).add(line.node());
        }
        return plan.services().stream()
                .map(line -> service(line, outcome, nodes(then, line.name()), nodes(now, line.name())))
                .toList();
    }

    private static List<String> nodes(Map<String, TreeSet<String>> byService, String service) {
        return List.copyOf(byService.getOrDefault(service, new TreeSet<>()));
    }

    private static ServiceLine service(
            PlanPage.ServiceLine line, Outcome outcome, List<String> layer2, List<String> layer2Now) {
        ServiceIntent service = outcome.merged().intent().services().get(NamespacedName.parse(line.name()));
        List<String> has = service.held().stream().map(IpAddress::toString).toList();
        return new ServiceLine(
                line.name(),
                has,
                line.addresses(),
                verdict(has, line.addresses()),
                layer2,
                layer2Now,
                line.problem().orElse(""));
    }

    private static String verdict(List<String> has, List<String> gets) {
        if (has.isEmpty()) {
            return gets.isEmpty() ? "none" : "new";
        }
        return has.size() == gets.size() && gets.containsAll(has) ? "keeps" : "changes";
    }

    private static ImportPage page(
            List<ObjectLine> objects,
            List<ServiceLine> services,
            Installation installation,
            List<Problem> broken,
            Outcome outcome) {
        long different = objects.stream()
                .filter(line -> !line.verdict().equals(word(Verdict.SAME)))
                .count();
        long moved = services.stream().filter(line -> !line.same()).count();
        List<PlanPage.ProblemLine> problems = new ArrayList<>();
        broken.forEach(
                problem -> problems.add(new PlanPage.ProblemLine(problem.code(), problem.subject(), problem.text())));
        PlanPage.problems(outcome)
                .forEach(problem ->
                        problems.add(new PlanPage.ProblemLine(problem.code(), problem.subject(), problem.text())));
        long kept =
                services.stream().filter(line -> line.verdict().equals("keeps")).count();
        long held = services.stream().filter(line -> !line.has().isEmpty()).count();
        String summary = different + " of " + objects.size() + " objects are different; " + kept + " of " + held
                + " services keep their addresses; " + moved + " of " + services.size() + " services change";
        boolean same = different == 0 && moved == 0 && broken.isEmpty();
        return new ImportPage(same, objects, services, installation.settings(), problems, summary);
    }
}
