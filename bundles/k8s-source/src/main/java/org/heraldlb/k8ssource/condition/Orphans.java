package org.heraldlb.k8ssource.condition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.mirror.ResourceType;
import org.heraldlb.k8ssource.report.Report;
import org.heraldlb.k8ssource.report.Reports;

/**
 * Reports of nodes that are gone for good: such a node will not take them back. A node is gone when it has had no Node object,
 * and has been no member, for a minute. Pure; one thread.
 */
final class Orphans {

    private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

    /** @param key {@code namespace/name} */
    record Found(ResourceType type, String key) {}

    private final Map<Found, String> labels = new HashMap<>();
    private final Map<String, Long> goneSince = new HashMap<>();

    void clear() {
        labels.clear();
        goneSince.clear();
    }

    /** A report is there. Without the label of its node it is not looked after. */
    void put(ResourceType type, String key, Map<String, Object> tree) {
        Found found = new Found(type, key);
        if (tree.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("labels") instanceof Map<?, ?> all
                && all.get(Report.NODE) instanceof String label) {
            labels.put(found, label.intern());
        } else {
            labels.remove(found);
        }
    }

    void remove(ResourceType type, String key) {
        labels.remove(new Found(type, key));
    }

    /** What is to be removed now. A shadow leaves all that to whom it is the shadow of. */
    List<Found> due(SystemSnapshot snapshot, long nowNanos) {
        Set<String> gone = new HashSet<>(labels.values());
        gone.removeAll(known(snapshot));
        if (snapshot.cluster().shadow()) {
            gone.clear();
        }
        goneSince.keySet().retainAll(gone);
        gone.forEach(label -> goneSince.putIfAbsent(label, nowNanos));
        Set<String> given = gone.stream()
                .filter(label -> nowNanos - goneSince.get(label) > PATIENCE_NANOS)
                .collect(Collectors.toSet());
        List<Found> due = new ArrayList<>();
        if (!given.isEmpty()) {
            labels.forEach((found, label) -> {
                if (given.contains(label)) {
                    due.add(found);
                }
            });
        }
        return due;
    }

    private static Set<String> known(SystemSnapshot snapshot) {
        Set<String> names = new HashSet<>(snapshot.intent().cluster().nodes().keySet());
        names.add(snapshot.node());
        snapshot.cluster()
                .members()
                .ifPresent(members -> names.addAll(members.members().keySet()));
        return names.stream().map(Reports::label).collect(Collectors.toSet());
    }
}
