package org.heraldlb.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.core.plan.NodePlans;
import org.heraldlb.view.Column;

/** A whole plan as {@code plan -o json} writes it. All lists are sorted; this form is a promise. */
public record PlanPage(
        List<ServiceLine> services, List<Layer2Line> layer2, List<BgpLine> bgp, List<ProblemLine> problems) {

    /** A service that Herald is responsible for; {@code pool} is empty without an address. */
    public record ServiceLine(String name, List<String> addresses, String pool, Optional<String> problem) {
        static final List<Column<ServiceLine>> COLUMNS = List.of(
                Column.text("SERVICE", ServiceLine::name),
                Column.text("ADDRESSES", line -> String.join(",", line.addresses())),
                Column.text("POOL", ServiceLine::pool),
                Column.text("PROBLEM", line -> line.problem().orElse("")));
    }

    /** Who answers for an address; without {@code interfaces} on all of them. */
    public record Layer2Line(String address, String service, String node, Optional<List<String>> interfaces) {
        static final List<Column<Layer2Line>> COLUMNS = List.of(
                Column.text("ADDRESS", Layer2Line::address),
                Column.text("SERVICE", Layer2Line::service),
                Column.text("NODE", Layer2Line::node),
                Column.text("INTERFACES", line -> line.interfaces()
                        .map(names -> String.join(",", names))
                        .orElse("all")));
    }

    /** A route that a node tells a peer. */
    public record BgpLine(
            String node,
            String peer,
            String prefix,
            OptionalLong localPref,
            List<String> communities,
            List<String> largeCommunities) {
        static final List<Column<BgpLine>> COLUMNS = List.of(
                Column.text("NODE", BgpLine::node),
                Column.text("PEER", BgpLine::peer),
                Column.text("PREFIX", BgpLine::prefix),
                Column.text(
                        "LOCAL-PREF",
                        line -> line.localPref().isPresent()
                                ? String.valueOf(line.localPref().getAsLong())
                                : ""),
                Column.text("COMMUNITIES", BgpLine::allCommunities));

        private String allCommunities() {
            List<String> all = new ArrayList<>(communities);
            largeCommunities.forEach(large -> all.add("large:" + large));
            return String.join(",", all);
        }
    }

    /** Something that is wrong or doubtful. */
    public record ProblemLine(String code, String subject, String text) {
        static final List<Column<ProblemLine>> COLUMNS = List.of(
                Column.text("CODE", ProblemLine::code),
                Column.text("SUBJECT", ProblemLine::subject),
                Column.text("TEXT", ProblemLine::text));
    }

    static PlanPage of(Outcome outcome, Set<String> nodes) {
        List<NodePlans> plans = nodes.stream().map(outcome.plan()::plans).toList();
        return new PlanPage(
                services(outcome),
                layer2(plans),
                bgp(plans),
                problems(outcome).stream()
                        .map(problem -> new ProblemLine(problem.code(), problem.subject(), problem.text()))
                        .distinct()
                        .sorted(Comparator.comparing(ProblemLine::subject)
                                .thenComparing(ProblemLine::code)
                                .thenComparing(ProblemLine::text))
                        .toList());
    }

    /** Problems of documents, between documents, of allocation and of planning. */
    static Set<Problem> problems(Outcome outcome) {
        Set<Problem> problems = new LinkedHashSet<>(outcome.merged().problems());
        problems.addAll(outcome.result().problems());
        problems.addAll(outcome.result().failures().values());
        problems.addAll(outcome.plan().problems());
        return problems;
    }

    private static List<ServiceLine> services(Outcome outcome) {
        return outcome.merged().intent().services().values().stream()
                .filter(outcome.request()::isOurs)
                .map(service -> service(service, outcome))
                .sorted(Comparator.comparing(ServiceLine::name))
                .toList();
    }

    private static ServiceLine service(ServiceIntent service, Outcome outcome) {
        Optional<Allocation> has =
                Optional.ofNullable(outcome.result().allocations().get(service.serviceName()));
        Optional<Problem> problem =
                Optional.ofNullable(outcome.result().failures().get(service.serviceName()));
        return new ServiceLine(
                service.serviceName().toString(),
                has.map(Allocation::addresses).orElse(List.of()).stream()
                        .map(IpAddress::toString)
                        .toList(),
                has.map(Allocation::pool).orElse(""),
                problem.map(Problem::text));
    }

    /** One line for each service of a shared address. */
    private static List<Layer2Line> layer2(List<NodePlans> plans) {
        record Sorted(IpAddress address, Layer2Line line) {}
        List<Sorted> lines = new ArrayList<>();
        for (NodePlans plan : plans) {
            String node = plan.l2().node();
            for (L2Announcement announcement : plan.l2().announcements()) {
                Optional<List<String>> interfaces = announcement.interfaces().all()
                        ? Optional.empty()
                        : Optional.of(List.copyOf(announcement.interfaces().names()));
                String address = announcement.address().toString();
                announcement
                        .services()
                        .forEach(service -> lines.add(new Sorted(
                                announcement.address(),
                                new Layer2Line(address, service.toString(), node, interfaces))));
            }
        }
        lines.sort(Comparator.comparing(Sorted::address)
                .thenComparing(sorted -> sorted.line().service()));
        return lines.stream().map(Sorted::line).toList();
    }

    private static List<BgpLine> bgp(List<NodePlans> plans) {
        List<BgpLine> lines = new ArrayList<>();
        for (NodePlans plan : plans) {
            for (PeerPlan peer : plan.bgp().peers()) {
                peer.routes().forEach(route -> lines.add(bgp(plan.bgp().node(), peer, route)));
            }
        }
        return lines;
    }

    private static BgpLine bgp(String node, PeerPlan peer, Route route) {
        return new BgpLine(
                node,
                peer.name(),
                route.prefix().toString(),
                route.attributes().localPref(),
                route.attributes().communities().stream().map(Object::toString).toList(),
                route.attributes().largeCommunities().stream()
                        .map(Object::toString)
                        .toList());
    }
}
