package org.heraldlb.k8swebhook.review;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.manifest.Origins;

/**
 * What was allowed a moment ago and may not have come back by the watch yet, so that two contradicting objects of one
 * {@code kubectl apply} are not both allowed. Forgotten when the watch shows it, and after a few seconds in any case: what
 * was allowed here may have been refused elsewhere. One thread.
 */
public final class Admitted {

    private static final long KEPT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MOST = 1000;

    private record Entry(Optional<ConfigObject> object, long untilNanos) {}

    private final Map<String, Entry> entries = new HashMap<>();

    /** Remembers that the review was allowed, and what it makes of the cluster. */
    public void add(Review review, Optional<ConfigObject> object, long nowNanos) {
        boolean matters = review.operation() == Review.Operation.DELETE || object.isPresent();
        if (!review.dryRun() && matters && entries.size() < MOST) {
            entries.put(review.document(), new Entry(object, nowNanos + KEPT_NANOS));
        }
    }

    /** What is known together with what was allowed. */
    public Cluster over(Cluster cluster, long nowNanos) {
        if (cluster.objects().isEmpty()) {
            return cluster;
        }
        Map<String, ConfigObject> known = new HashMap<>();
        cluster.objects().get().forEach(object -> known.put(object.origin().document(), object));
        Iterator<Map.Entry<String, Entry>> rest = entries.entrySet().iterator();
        while (rest.hasNext()) {
            Map.Entry<String, Entry> next = rest.next();
            boolean old = next.getValue().untilNanos() - nowNanos < 0;
            if (old || isKnown(next.getValue(), known.get(next.getKey()))) {
                rest.remove();
            }
        }
        return entries.isEmpty()
                ? cluster
                : cluster.with(overlaid(cluster.objects().get()));
    }

    private static boolean isKnown(Entry entry, ConfigObject known) {
        return known == null
                ? entry.object().isEmpty()
                : entry.object()
                        .filter(object -> Origins.sameMeaning(object, known))
                        .isPresent();
    }

    private List<ConfigObject> overlaid(List<ConfigObject> objects) {
        List<ConfigObject> all = new ArrayList<>(objects);
        all.removeIf(object -> entries.containsKey(object.origin().document()));
        entries.values().forEach(entry -> entry.object().ifPresent(all::add));
        return all;
    }
}
