package org.heraldlb.core.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;

/** The nodes that host-backed services list, and which services have a health check. Counts, so that it can forget. */
final class HostNames {

    private final SortedMap<String, Integer> listed = new TreeMap<>();
    private final SortedSet<NamespacedName> checked = new TreeSet<>();

    /** Either may be null. */
    void change(ServiceIntent before, ServiceIntent after) {
        if (before != null && before.backing() instanceof Backing.Host host) {
            host.nodes().forEach(node -> listed.computeIfPresent(node, (name, count) -> count == 1 ? null : count - 1));
            checked.remove(before.serviceName());
        }
        if (after != null && after.backing() instanceof Backing.Host host) {
            host.nodes().forEach(node -> listed.merge(node, 1, Integer::sum));
            if (host.healthCheck().isPresent()) {
                checked.add(after.serviceName());
            }
        }
    }

    SortedSet<String> listed() {
        return listed.isEmpty() ? Collections.emptySortedSet() : new TreeSet<>(listed.keySet());
    }

    SortedSet<NamespacedName> checked() {
        return checked;
    }
}
