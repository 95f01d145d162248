package org.heraldlb.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.HealthChecker;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.system.NodeIdentity;
import org.heraldlb.core.plan.Liveness;

/** What the loop knows from everybody but the sources. The loop's; plain fields that its tasks set. */
final class Inputs {

    Ipam ipam;
    NodeIdentity identity;
    HealthChecker checker;
    Optional<MemberSnapshot> members = Optional.empty();
    LinkSnapshot links = LinkSnapshot.EMPTY;
    List<String> unsatisfied = List.of();
    Supplier<List<String>> components = List::of;
    final Verdicts verdicts = new Verdicts();
    private Registration checkerObservation;
    private Registration linkObservation;
    private Registration memberObservation;
    private Set<HealthCheck> watched = Set.of();

    /** Which nodes are alive; equal values while nothing changed. Facts about interfaces will join here. */
    Liveness liveness() {
        return members.map(snapshot -> new Liveness(
                        Optional.of(new TreeSet<>(snapshot.members().keySet())),
                        snapshot.agreement().held(),
                        new TreeMap<>()))
                .orElse(Liveness.ALL);
    }

    void checkerObservation(Registration next) {
        close(checkerObservation);
        checkerObservation = next;
    }

    void linkObservation(Registration next) {
        close(linkObservation);
        linkObservation = next;
    }

    void memberObservation(Registration next) {
        close(memberObservation);
        memberObservation = next;
    }

    void close() {
        checkerObservation(null);
        linkObservation(null);
        memberObservation(null);
    }

    private static void close(Registration registration) {
        if (registration != null) {
            registration.close();
        }
    }

    /** Has exactly {@code checks} run, once for each change. */
    void watch(Set<HealthCheck> checks) {
        if (checker != null && !checks.equals(watched)) {
            checker.watch(checks);
        }
        watched = checks;
    }

    void rewatch() {
        if (checker != null) {
            checker.watch(watched);
        }
    }

    Set<HealthCheck> watched() {
        return watched;
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(links.problems());
        if (ipam == null) {
            problems.add(Problem.error("noIpam", "ipam", "no address management: addresses stay as they are")
                    .withFix("install the feature herald-ipam"));
        }
        if (checker == null && !watched.isEmpty()) {
            problems.add(Problem.error("noHealthChecker", "health", "nobody runs the health checks of this node")
                    .withFix("install the feature herald-host-linux"));
        }
        return problems;
    }
}
