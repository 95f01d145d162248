package org.heraldlb.core.plan;

import java.util.Map;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.AllocationResult;

/**
 * Everything that a plan depends on.
 *
 * @param generation the plans carry it
 * @param intent merged and checked
 * @param allocation who has which address
 * @param liveness which nodes are alive
 * @param self the node that plans
 * @param options settings
 * @param weights endpoints of this node that BGP weighs a service by, where that is not what is counted
 */
public record PlanInput(
        long generation,
        Intent intent,
        AllocationResult allocation,
        Liveness liveness,
        Self self,
        PlanOptions options,
        Map<NamespacedName, Integer> weights) {

    /** By what is counted. */
    public PlanInput(
            long generation,
            Intent intent,
            AllocationResult allocation,
            Liveness liveness,
            Self self,
            PlanOptions options) {
        this(generation, intent, allocation, liveness, self, options, Map.of());
    }

    /** What services have in common, without any: for who keeps it long after services have come and gone. */
    PlanInput common() {
        Intent bare = new Intent(intent.addressing(), intent.advertising(), intent.cluster(), Map.of(), Map.of());
        return new PlanInput(generation, bare, AllocationResult.EMPTY, liveness, self, options);
    }

    /** The same by another view of the cluster. */
    public PlanInput with(Liveness other) {
        return new PlanInput(generation, intent, allocation, other, self, options, weights);
    }
}
