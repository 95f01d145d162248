package org.heraldlb.api.ipam;

import java.util.List;
import java.util.Map;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;

/**
 * What every service of ours gets.
 *
 * @param allocations by service; immutable, iteration in name order
 * @param failures the services of ours that got nothing, and why; also advisory problems of services that got something
 * @param usage one entry for each pool, by name
 * @param problems of the pools themselves
 */
public record AllocationResult(
        Map<NamespacedName, Allocation> allocations,
        Map<NamespacedName, Problem> failures,
        List<PoolUsage> usage,
        List<Problem> problems) {

    public static final AllocationResult EMPTY = new AllocationResult(Map.of(), Map.of(), List.of(), List.of());

    public AllocationResult {
        usage = List.copyOf(usage);
        problems = List.copyOf(problems);
    }
}
