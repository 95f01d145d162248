package org.heraldlb.view;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Explanation;

/**
 * Every decision about one service.
 *
 * @param service {@code namespace/name}
 * @param addresses what it has
 * @param pool where they come from
 * @param summary how that was decided
 * @param problem why it has none, or what is doubtful
 * @param pools every pool considered
 * @param layer2 for each address, every node considered
 * @param bgp for each route, where each attribute came from
 */
public record ExplanationPage(
        String service,
        List<String> addresses,
        Optional<String> pool,
        String summary,
        Optional<ProblemRow> problem,
        List<PoolStep> pools,
        List<Election> layer2,
        List<RouteStep> bgp) {

    /** One pool considered. */
    public record PoolStep(String pool, boolean chosen, String code, String reason) {
        static final List<Column<PoolStep>> COLUMNS = List.of(
                Column.text("POOL", PoolStep::pool),
                Column.text("CHOSEN", step -> step.chosen() ? "yes" : "no"),
                Column.text("CODE", PoolStep::code),
                Column.text("REASON", PoolStep::reason));
    }

    /** Who answers for one address, and why. */
    public record Election(String address, String owner, String reason, List<Candidate> candidates) {}

    /** One node considered. */
    public record Candidate(String node, String excluded, long score, String hash) {
        static final List<Column<Candidate>> COLUMNS = List.of(
                Column.text("NODE", Candidate::node),
                Column.number("SCORE", Candidate::score),
                Column.text("HASH", Candidate::hash),
                Column.text("EXCLUDED", Candidate::excluded));
    }

    /** One route considered. */
    public record RouteStep(
            String node,
            String peer,
            Optional<String> prefix,
            boolean announced,
            String reason,
            List<String> attributes) {
        static final List<Column<RouteStep>> COLUMNS = List.of(
                Column.text("NODE", RouteStep::node),
                Column.text("PEER", RouteStep::peer),
                Column.text("PREFIX", step -> step.prefix().orElse("")),
                Column.text("ANNOUNCED", step -> step.announced() ? "yes" : "no"),
                Column.text("REASON", RouteStep::reason),
                Column.text("ATTRIBUTES", step -> String.join("; ", step.attributes())));
    }

    public static ExplanationPage of(Explanation explanation) {
        AllocationTrace trace = explanation.allocation();
        return new ExplanationPage(
                explanation.service().toString(),
                trace.allocation().map(Allocation::addresses).orElse(List.of()).stream()
                        .map(IpAddress::toString)
                        .toList(),
                trace.allocation().map(Allocation::pool),
                trace.summary(),
                explanation.problem().map(ProblemRow::of),
                trace.steps().stream()
                        .map(step -> new PoolStep(step.pool(), step.chosen(), step.code(), step.reason()))
                        .toList(),
                explanation.layer2().stream().map(ExplanationPage::election).toList(),
                explanation.bgp().stream().map(ExplanationPage::route).toList());
    }

    private static Election election(Explanation.AddressElection election) {
        return new Election(
                election.address().toString(),
                election.owner(),
                election.reason(),
                election.candidates().stream()
                        .map(each -> new Candidate(each.node(), each.excluded(), each.score(), each.hash()))
                        .toList());
    }

    private static RouteStep route(Explanation.RouteDecision route) {
        return new RouteStep(
                route.node(),
                route.peer(),
                route.prefix().map(Object::toString),
                route.announced(),
                route.reason(),
                route.attributes());
    }

    /** For people. */
    public String text(Paper paper) {
        StringBuilder out = new StringBuilder();
        out.append(paper.strong(service)).append(": ").append(headline()).append('\n');
        problem.ifPresent(row -> out.append(paper.bad(row.line())).append('\n'));
        section(out, "Pools considered", Table.of(PoolStep.COLUMNS, pools, "none", paper), paper);
        layer2.forEach(election -> section(out, title(election), candidates(election, paper), paper));
        section(out, "Routes", Table.of(RouteStep.COLUMNS, bgp, "none", paper), paper);
        return out.toString();
    }

    private String headline() {
        String got =
                addresses.isEmpty() ? "no address" : String.join(", ", addresses) + " from pool " + pool.orElse("?");
        return summary.isEmpty() ? got : got + " (" + summary + ")";
    }

    private static String title(Election election) {
        String owner = election.owner().isEmpty() ? "nobody" : election.owner();
        return election.address() + " on the link: " + owner + " (" + election.reason() + ")";
    }

    private static String candidates(Election election, Paper paper) {
        return Table.of(Candidate.COLUMNS, election.candidates(), "no node was considered", paper);
    }

    private static void section(StringBuilder out, String heading, String body, Paper paper) {
        out.append('\n').append(paper.strong(heading)).append('\n').append(body);
    }
}
