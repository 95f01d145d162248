package org.heraldlb.k8ssource.condition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Problem.Severity;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.api.system.SystemSnapshot.Owner;
import org.heraldlb.k8ssource.condition.ConditionWrite.Target;
import org.heraldlb.k8ssource.mirror.Resource;

/**
 * The conditions that a snapshot stands for, compared with those that stand at the API server. True conditions name neither
 * addresses nor nodes: what says so elsewhere may change without another write here. Pure.
 */
final class ConditionPlan {

    /** Says that another node allocates: not an answer to write down. */
    private static final String WAITING = "waitingForAllocator";

    static final String NOT_ANNOUNCED = "NotAnnounced";
    private static final String CONFLICT = "kubernetesConflict";

    private final SystemSnapshot snapshot;
    private final Announced announced;
    private final Map<String, List<Problem>> problems;
    private final Set<String> known;

    private ConditionPlan(SystemSnapshot snapshot, Announced announced) {
        this.snapshot = snapshot;
        this.announced = announced;
        this.problems = accepting(snapshot).collect(Collectors.groupingBy(Problem::subject));
        this.known = known(snapshot.intent());
    }

    /** Configuration in force, as {@code ObjectRef} writes it. */
    private static Set<String> known(Intent intent) {
        Intent.Advertising advertising = intent.advertising();
        return Stream.of(
                        intent.addressing().pools(),
                        intent.addressing().reservations(),
                        intent.addressing().quotas(),
                        advertising.l2(),
                        advertising.bgp(),
                        advertising.peers(),
                        advertising.bfdProfiles())
                .flatMap(List::stream)
                .map(object -> object.ref().toString())
                .collect(Collectors.toSet());
    }

    /** What announcers complain about comes and goes, and says nothing about the object. */
    private static Stream<Problem> accepting(SystemSnapshot snapshot) {
        Set<Problem> passing = new HashSet<>();
        snapshot.progress().announcers().forEach(announcer -> passing.addAll(announcer.problems()));
        return snapshot.problems().stream().filter(problem -> !passing.contains(problem));
    }

    /**
     * The writes that are missing.
     *
     * @param now RFC 3339, for conditions that change
     */
    static List<ConditionWrite> missing(SystemSnapshot snapshot, Standings standings, Announced announced, String now) {
        ConditionPlan plan = new ConditionPlan(snapshot, announced);
        List<ConditionWrite> writes = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            standings.of(resource).forEach((key, standing) -> {
                Optional<List<StatusCondition>> wanted = resource == Resource.SERVICES
                        ? plan.service(NamespacedName.parse(key), standing)
                        : plan.configuration(resource, key, standing);
                wanted.flatMap(conditions -> difference(new Target(resource, key), standing, conditions, now))
                        .ifPresent(writes::add);
            });
        }
        return writes;
    }

    private static Optional<ConditionWrite> difference(
            Target target, Standing standing, List<StatusCondition> wanted, String now) {
        Map<String, StatusCondition> before = new HashMap<>();
        standing.conditions().forEach(condition -> before.put(condition.type(), condition));
        boolean same = wanted.size() == before.size()
                && wanted.stream()
                        .allMatch(condition ->
                                before.containsKey(condition.type()) && condition.says(before.get(condition.type())));
        if (same) {
            return Optional.empty();
        }
        List<StatusCondition> dated = wanted.stream()
                .map(condition -> condition.since(sinceOf(condition, before.get(condition.type()), now)))
                .toList();
        return Optional.of(new ConditionWrite(target, standing.uid(), dated));
    }

    private static String sinceOf(StatusCondition condition, StatusCondition before, String now) {
        boolean stays = before != null
                && before.status().equals(condition.status())
                && !before.since().isEmpty();
        return stays ? before.since() : now;
    }

    /**
     * Empty for an object that came after the snapshot was made, and where another announcer judges configuration. Aliases of
     * communities are not told apart there.
     */
    private Optional<List<StatusCondition>> configuration(Resource resource, String key, Standing standing) {
        String name = resource.kind() + " " + key.substring(key.indexOf('/') + 1);
        String namespaced = resource.kind() + " " + key;
        List<Problem> found = new ArrayList<>(problems.getOrDefault(name, List.of()));
        found.addAll(problems.getOrDefault(namespaced, List.of()));
        boolean community = resource == Resource.COMMUNITIES || resource == Resource.HERALD_COMMUNITIES;
        boolean unknown = found.isEmpty() && !community && !known.contains(name) && !known.contains(namespaced);
        if (unknown || snapshot.cluster().shadow()) {
            return Optional.empty();
        }
        return Optional.of(List.of(accepted(found, standing.generation())));
    }

    private static StatusCondition accepted(List<Problem> problems, long generation) {
        List<Problem> errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            return StatusCondition.of(
                    StatusCondition.ACCEPTED, false, reason(errors.get(0).code()), texts(errors), generation);
        }
        String reason = problems.isEmpty() ? "Accepted" : "AcceptedWithWarnings";
        return StatusCondition.of(StatusCondition.ACCEPTED, true, reason, texts(problems), generation);
    }

    /** Conditions of a service; nothing for one that is somebody else's, empty when it is not known yet. */
    private Optional<List<StatusCondition>> service(NamespacedName name, Standing standing) {
        ServiceIntent service = snapshot.intent().services().get(name);
        Allocation allocation = snapshot.allocation().allocations().get(name);
        Problem failure = snapshot.allocation().failures().get(name);
        boolean waits = failure != null && failure.code().equals(WAITING);
        if (service == null || waits) {
            return Optional.empty();
        }
        if (!snapshot.speaksFor(name) || allocation == null && failure == null) {
            return Optional.of(List.of());
        }
        long generation = standing.generation();
        StatusCondition accepted = service.request()
                .problem()
                .map(problem -> accepted(List.of(problem), generation))
                .orElseGet(() -> accepted(List.of(), generation));
        StatusCondition allocated = allocated(service, allocation, failure, generation);
        Optional<StatusCondition> announces = announces(name, allocation, standing);
        return announces.map(condition -> List.of(accepted, allocated, condition));
    }

    private StatusCondition allocated(ServiceIntent service, Allocation allocation, Problem failure, long generation) {
        List<Problem> conflicts = problems.getOrDefault(service.ref().toString(), List.of()).stream()
                .filter(problem -> problem.code().equals(CONFLICT))
                .toList();
        if (!conflicts.isEmpty()) {
            return StatusCondition.of(StatusCondition.ALLOCATED, false, "Conflict", texts(conflicts), generation);
        }
        return allocation == null
                ? StatusCondition.of(
                        StatusCondition.ALLOCATED, false, reason(failure.code()), text(failure), generation)
                : StatusCondition.of(
                        StatusCondition.ALLOCATED, true, "Allocated", "from pool " + allocation.pool(), generation);
    }

    /** Empty while the nodes have not been heard. */
    private Optional<StatusCondition> announces(NamespacedName name, Allocation allocation, Standing standing) {
        long generation = standing.generation();
        if (allocation == null) {
            return Optional.of(StatusCondition.of(
                    StatusCondition.ANNOUNCED, false, "NotAllocated", "it has no address", generation));
        }
        return announced
                .by(name)
                .map(protocols -> protocols.isEmpty()
                        ? StatusCondition.of(
                                StatusCondition.ANNOUNCED, false, NOT_ANNOUNCED, nobody(allocation), generation)
                        : StatusCondition.of(
                                StatusCondition.ANNOUNCED, true, "Announced", "by " + protocols, generation));
    }

    private String nobody(Allocation allocation) {
        for (IpAddress address : allocation.addresses()) {
            Owner owner = snapshot.owners().get(address);
            if (owner != null && owner.node().isEmpty() && !owner.reason().isEmpty()) {
                return "no node announces it: " + owner.reason();
            }
        }
        return "no node announces it";
    }

    private static String texts(List<Problem> problems) {
        return problems.stream().map(ConditionPlan::text).distinct().collect(Collectors.joining("; "));
    }

    private static String text(Problem problem) {
        String path = problem.place().path();
        return path.isEmpty() || problem.text().contains(path) ? problem.text() : path + ": " + problem.text();
    }

    /** Codes start with a small letter, reasons with a capital one. */
    private static String reason(String code) {
        return Character.toUpperCase(code.charAt(0)) + code.substring(1);
    }
}
