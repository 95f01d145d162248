package org.heraldlb.k8ssource;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heraldlb.api.Problem;
import org.heraldlb.k8ssource.client.Fault;
import org.heraldlb.k8ssource.mirror.Resource;

/** How the connection is, and what is wrong with it. The loop's. */
final class Condition {

    private static final int FORBIDDEN = 403;
    private static final String SUBJECT = "API server";

    private final Map<Resource, Fault> resources = new EnumMap<>(Resource.class);
    private Optional<Fault> connection = Optional.empty();
    private Optional<Long> lostSince = Optional.empty();

    /** @return true when this is news */
    boolean failing(Fault fault) {
        boolean news = !connection.equals(Optional.of(fault));
        connection = Optional.of(fault);
        return news;
    }

    void connected() {
        connection = Optional.empty();
        lostSince = Optional.empty();
        resources.clear();
    }

    void lost(Fault fault, long nowNanos) {
        connection = Optional.of(fault);
        if (lostSince.isEmpty()) {
            lostSince = Optional.of(nowNanos);
        }
    }

    /** Nanoseconds without the API server, empty while it is there. */
    Optional<Long> lostFor(long nowNanos) {
        return lostSince.map(since -> nowNanos - since);
    }

    /** @return true when this is news */
    boolean failed(Resource resource, Fault fault) {
        Fault before = resources.put(resource, fault);
        return before == null || !before.code().equals(fault.code());
    }

    /** Something has come. A watch goes on after its right was withdrawn, so this is no proof of a right. @return true when this is news */
    boolean works(Resource resource) {
        Fault fault = resources.get(resource);
        return fault != null && fault.status() != FORBIDDEN && resources.remove(resource) != null;
    }

    /** The API server answers. @return true when this is news */
    boolean alive(Set<Resource> watched) {
        boolean news = connection.isPresent() || resources.keySet().stream().anyMatch(watched::contains);
        connection = Optional.empty();
        resources.keySet().removeAll(watched);
        return news;
    }

    /** Problems of the connection, or where there is one, of the resources. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        connection.ifPresent(fault -> problems.add(kept(fault.about(SUBJECT))));
        if (connection.isEmpty()) {
            resources.forEach((resource, fault) -> {
                if (fault.status() == 404) {
                    problems.addAll(notServed(resource));
                } else {
                    problems.add(kept(fault.about(resource.toString())));
                }
            });
        }
        return problems;
    }

    /** Herald's own kinds are an addition: whoever does without them misses nothing. */
    private static List<Problem> notServed(Resource resource) {
        if (!resource.group().equals("metallb.io")) {
            return List.of();
        }
        return List.of(
                Problem.warning(Fault.NOT_SERVED, resource.toString(), "the API server does not know this resource")
                        .withFix("apply deploy/crds/"));
    }

    private static Problem kept(Problem problem) {
        return new Problem(
                problem.code(),
                problem.severity(),
                problem.subject(),
                problem.text() + "; the last known state stays in force",
                problem.place(),
                problem.fix());
    }
}
