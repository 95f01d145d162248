package org.heraldlb.ipam.alloc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.intent.NamespaceQuota;

/** How many distinct addresses the namespaces with a limit have. Namespaces without one are not counted. */
final class Quotas {

    private static final class Count {
        private int limit;
        private int used;
    }

    private final Map<String, Count> counts = new HashMap<>();

    Quotas(List<NamespaceQuota> quotas) {
        for (NamespaceQuota quota : quotas) {
            Count count = counts.computeIfAbsent(quota.namespace(), any -> unlimited());
            count.limit = Math.min(count.limit, quota.maxAddresses());
        }
    }

    private static Count unlimited() {
        Count count = new Count();
        count.limit = Integer.MAX_VALUE;
        return count;
    }

    boolean limits(String namespace) {
        return !counts.isEmpty() && counts.containsKey(namespace);
    }

    /** A namespace with a limit has {@code change} more addresses. */
    void count(String namespace, int change) {
        counts.get(namespace).used += change;
    }

    /** True when a namespace may have {@code more} addresses than it has; what it has already is never too much. */
    boolean allows(String namespace, int more) {
        Count count = counts.get(namespace);
        return count == null || more <= 0 || count.used + more <= count.limit;
    }

    int limit(String namespace) {
        return counts.get(namespace).limit;
    }
}
