package org.heraldlb.frr.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.Peer;

/** What is asked for and FRR 8.4 to 10.3 has no words for; one problem each, and the rest is done. */
final class Limits {

    private static final double BYTES_PER_MEGABIT = 125_000;

    private Limits() {}

    static List<Problem> problems(PeerPlan plan, FrrSettings settings) {
        List<Problem> problems = new ArrayList<>();
        Optional<String> refusal = Peers.refusal(plan);
        if (refusal.isPresent()) {
            problems.add(problem(plan, refusal.get(), true));
            return problems;
        }
        Peer peer = plan.peer();
        Peer.Extensions extensions = peer.options().extensions();
        boolean internal = Peers.internal(peer);
        if (extensions
                .bfdMultihop()
                .filter(wanted -> wanted != peer.endpoint().multihop())
                .isPresent()) {
            problems.add(problem(plan, "bfdMultihop: FRR's BFD has as many hops as the session has", false));
        }
        if (extensions.bfdStrict() && plan.bfd().isPresent()) {
            problems.add(problem(plan, "bfdStrict: FRR's sessions do not wait for BFD", false));
        }
        if (plan.bfd().isPresent() && Peers.bfd(plan).isEmpty()) {
            problems.add(problem(
                    plan, "authentication of its BFDProfile: FRR has none; the session runs without BFD", true));
        }
        if (internal && extensions.role().isPresent()) {
            problems.add(problem(plan, "role: FRR has roles on sessions with another AS only", false));
        }
        if (internal && Peers.visibleAs(peer) != peer.as().myAsn()) {
            problems.add(problem(plan, "localASN: FRR has it for sessions with another AS only", true));
        }
        if (extensions.maxPrefixes().isPresent() && settings.keepReceived()) {
            problems.add(problem(plan, "maxPrefixes: FRR keeps all routes that it is told, or none", false));
        }
        return problems;
    }

    /** Empty where each value is a whole number of megabits per second that FRR takes. */
    static Optional<Problem> bandwidth(PeerPlan plan, RouteClasses routes) {
        OptionalLong odd = routes.classes().values().stream()
                .flatMap(each -> each.of(plan.name()).stream())
                .flatMapToLong(attributes -> attributes.linkBandwidth().stream())
                .filter(bytes -> AttributeLines.megabits(bytes) * BYTES_PER_MEGABIT != bytes)
                .findFirst();
        return odd.isEmpty()
                ? Optional.empty()
                : Optional.of(problem(
                        plan,
                        "link bandwidth: FRR counts in megabits per second, 1 to 25600; " + odd.getAsLong()
                                + " bytes per second are told as " + AttributeLines.megabits(odd.getAsLong()),
                        false));
    }

    private static Problem problem(PeerPlan plan, String text, boolean error) {
        String subject = Rendering.subject(plan);
        Problem problem = error
                ? Problem.error("frrUnsupported", subject, text)
                : Problem.warning("frrUnsupported", subject, text);
        return problem.withFix("change it, or announce by the native backend");
    }
}
