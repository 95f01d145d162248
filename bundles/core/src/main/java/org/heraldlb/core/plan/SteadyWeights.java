package org.heraldlb.core.plan;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.heraldlb.api.intent.BgpAdvertisement.Weighting;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.runtime.PersistentMap;

/**
 * How many endpoints of a service routers are told that this node has: what is counted, but not at each flutter. A small
 * change is not told at all, a larger one when it has lasted; the first endpoint and the last are told at once. Not
 * thread-safe; time comes in; costs what changed.
 */
public final class SteadyWeights {

    /**
     * @param percent changes by fewer percent of what was told are not told, 0 to 100
     * @param hold how long a larger change has to last
     */
    public record Rule(int percent, Duration hold) {
        public static final Rule DEFAULT = new Rule(10, Duration.ofSeconds(5));
    }

    private record Pending(int counted, long sinceNanos) {}

    private final Map<NamespacedName, Integer> told = new HashMap<>();
    private final Map<NamespacedName, Pending> pending = new HashMap<>();
    private PersistentMap<NamespacedName, List<EndpointSlice>> endpoints = PersistentMap.empty();
    private PersistentMap<NamespacedName, Integer> weights = PersistentMap.empty();
    private String node = "";

    /** What is told where it is not what is counted, by service. Empty where no advertisement weighs. */
    public PersistentMap<NamespacedName, Integer> weights(Intent intent, String self, Rule rule, long nowNanos) {
        boolean weighs = intent.advertising().bgp().stream()
                .anyMatch(ad -> ad.attributes().weighting() != Weighting.NONE);
        if (!weighs || !node.equals(self)) {
            told.clear();
            pending.clear();
            endpoints = PersistentMap.empty();
            weights = PersistentMap.empty();
            node = self;
        }
        if (weighs) {
            PersistentMap<NamespacedName, List<EndpointSlice>> next = PersistentMap.of(intent.endpoints());
            PersistentMap.diff(endpoints, next, (name, before, after) -> {
                if (!Objects.equals(before, after)) {
                    counted(name, after == null ? 0 : count(after), rule, nowNanos);
                }
            });
            endpoints = next;
            settle(rule, nowNanos);
        }
        return weights;
    }

    private int count(List<EndpointSlice> slices) {
        int count = 0;
        for (EndpointSlice slice : slices) {
            for (EndpointSlice.Endpoint endpoint : slice.endpoints()) {
                boolean here = endpoint.node().filter(node::equals).isPresent();
                count += here && endpoint.canServe() && !endpoint.addresses().isEmpty() ? 1 : 0;
            }
        }
        return count;
    }

    private void counted(NamespacedName name, int count, Rule rule, long nowNanos) {
        int was = told.getOrDefault(name, 0);
        if (count == was || count == 0 || was == 0 || rule.hold().isZero() && rule.percent() == 0) {
            tell(name, count);
            pending.remove(name);
            return;
        }
        weights = weights.with(name, was);
        boolean small = Math.abs((long) count - was) * 100 < (long) rule.percent() * was;
        if (small) {
            pending.remove(name);
        } else {
            Pending before = pending.get(name);
            pending.put(name, new Pending(count, before == null ? nowNanos : before.sinceNanos()));
        }
    }

    private void tell(NamespacedName name, int count) {
        weights = weights.without(name);
        if (count == 0) {
            told.remove(name);
        } else {
            told.put(name, count);
        }
    }

    private void settle(Rule rule, long nowNanos) {
        for (Iterator<Map.Entry<NamespacedName, Pending>> each =
                        pending.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<NamespacedName, Pending> entry = each.next();
            if (nowNanos - entry.getValue().sinceNanos() >= rule.hold().toNanos()) {
                tell(entry.getKey(), entry.getValue().counted());
                each.remove();
            }
        }
    }

    /** Nanoseconds until a change has lasted; {@link Long#MAX_VALUE} when none waits. */
    public long nanosToNext(Rule rule, long nowNanos) {
        return pending.values().stream()
                .mapToLong(one -> one.sinceNanos() + rule.hold().toNanos() - nowNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
