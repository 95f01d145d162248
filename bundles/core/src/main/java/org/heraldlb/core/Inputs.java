package org.heraldlb.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.HealthChecker;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.ipam.AllocationRole.Role;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.MemberSnapshot.Agreement;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.api.system.NodeIdentity;
import org.heraldlb.core.plan.Liveness;

/** What the loop knows from everybody but the sources. The loop's; plain fields that its tasks set. */
final class Inputs {

    Ipam ipam;
    /** Without anybody who says otherwise, this node allocates. */
    Role role = Role.ALLOCATE;
    /** Whose services {@link #role} is about, empty for all. */
    String roleSource = "";

    NodeIdentity identity;
    HealthChecker checker;
    Optional<MemberSnapshot> members = Optional.empty();
    /** Somebody will say who is alive: to begin without them would be to take what is theirs. */
    boolean membershipExpected;
    /** When the membership of now appeared. */
    long membersSinceNanos;

    LinkSnapshot links = LinkSnapshot.EMPTY;
    List<String> unsatisfied = List.of();
    Supplier<List<String>> components = List::of;
    final Verdicts verdicts = new Verdicts();
    final OwnFacts own = new OwnFacts();
    private Registration checkerObservation;
    private Registration linkObservation;
    private Registration memberObservation;
    private Registration roleObservation;
    private Set<HealthCheck> watched = Set.of();

    /** Why nodes are no members any more, by name. */
    Map<String, String> suspects() {
        return members.<Map<String, String>>map(MemberSnapshot::suspects).orElse(Map.of());
    }

    /** How long nodes that are no members any more had been silent by then, by name. */
    Map<String, Duration> silence() {
        return members.<Map<String, Duration>>map(MemberSnapshot::silence).orElse(Map.of());
    }

    /** Which nodes are alive and what they say; about this node it knows best itself. */
    Liveness liveness() {
        String self = identity.name();
        SortedMap<String, NodeFacts> facts = new TreeMap<>();
        members.ifPresent(
                snapshot -> snapshot.members().forEach((name, member) -> facts.put(name, forElection(member.facts()))));
        facts.put(self, own.forElection());
        Optional<SortedSet<String>> alive =
                members.map(snapshot -> new TreeSet<>(snapshot.members().keySet()));
        return new Liveness(alive, facts, members.map(MemberSnapshot::agreement).map(Inputs::forElection));
    }

    /** What nodes took over is no reason to elect anew. */
    private static NodeFacts forElection(NodeFacts facts) {
        return facts.tookOver().isEmpty()
                ? facts
                : new NodeFacts(facts.links(), facts.unfit(), facts.draining(), new TreeSet<>(), facts.claims());
    }

    private static Agreement forElection(Agreement agreement) {
        return new Agreement(
                agreement.held(),
                0,
                forElection(agreement.members()),
                agreement.before().map(Inputs::forElection));
    }

    private static SortedMap<String, Member> forElection(SortedMap<String, Member> members) {
        SortedMap<String, Member> all = new TreeMap<>();
        members.forEach((name, member) -> {
            NodeFacts facts = forElection(member.facts());
            all.put(name, facts == member.facts() ? member : new Member(name, facts));
        });
        return all;
    }

    void checkerObservation(Registration next) {
        close(checkerObservation);
        checkerObservation = next;
    }

    void linkObservation(Registration next) {
        close(linkObservation);
        linkObservation = next;
    }

    /** Some source elects who allocates. */
    boolean hasRoles() {
        return roleObservation != null;
    }

    void roleObservation(Registration next) {
        close(roleObservation);
        roleObservation = next;
    }

    void memberObservation(Registration next) {
        close(memberObservation);
        memberObservation = next;
    }

    void close() {
        checkerObservation(null);
        linkObservation(null);
        memberObservation(null);
        roleObservation(null);
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
        members.ifPresent(snapshot -> problems.addAll(snapshot.problems()));
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
