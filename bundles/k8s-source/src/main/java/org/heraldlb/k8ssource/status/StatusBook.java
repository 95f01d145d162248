package org.heraldlb.k8ssource.status;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.k8ssource.mirror.ServiceFacts;
import org.heraldlb.runtime.PersistentMap;

/**
 * {@link StatusPlan} of one snapshot after another, for the price of what is different: a service is looked at again once
 * the API server or a snapshot says something else about it, and as long as a write is missing. Pure; one thread.
 */
final class StatusBook {

    /** In the order in which they came. */
    private final Set<NamespacedName> unsettled = new LinkedHashSet<>();

    private Optional<SystemSnapshot> snapshot = Optional.empty();

    /** The API server says something else about the service, or the same again. */
    void changed(NamespacedName service) {
        unsettled.add(service);
    }

    /** What is allocated now. Returns whether something is to be looked at. */
    boolean take(SystemSnapshot next) {
        Optional<AllocationResult> given = snapshot.map(SystemSnapshot::allocation);
        differences(
                snapshot.filter(last ->
                                last.cluster().shadow() == next.cluster().shadow())
                        .map(last -> last.intent().services())
                        .orElse(Map.of()),
                next.intent().services());
        differences(
                given.map(AllocationResult::allocations).orElse(Map.of()),
                next.allocation().allocations());
        differences(
                given.map(AllocationResult::failures).orElse(Map.of()),
                next.allocation().failures());
        snapshot = Optional.of(next);
        return !unsettled.isEmpty();
    }

    private <V> void differences(Map<NamespacedName, V> before, Map<NamespacedName, V> after) {
        if (before != after) {
            PersistentMap.diff(
                    PersistentMap.of(before), PersistentMap.of(after), (name, was, is) -> unsettled.add(name));
        }
    }

    /**
     * The writes that are missing now.
     *
     * @param facts what the API server says now; empty for services of other sources
     */
    List<StatusWrite> missing(Function<NamespacedName, Optional<ServiceFacts>> facts) {
        List<StatusWrite> writes = new ArrayList<>();
        Iterator<NamespacedName> each = unsettled.iterator();
        while (each.hasNext()) {
            NamespacedName name = each.next();
            Optional<StatusWrite> write =
                    snapshot.flatMap(now -> facts.apply(name).flatMap(known -> StatusPlan.missing(now, name, known)));
            write.ifPresentOrElse(writes::add, each::remove);
        }
        return writes;
    }
}
