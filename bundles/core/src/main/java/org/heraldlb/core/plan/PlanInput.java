package org.heraldlb.core.plan;

import org.heraldlb.api.intent.Intent;
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
 */
public record PlanInput(
        long generation,
        Intent intent,
        AllocationResult allocation,
        Liveness liveness,
        Self self,
        PlanOptions options) {

    /** The same by another view of the cluster. */
    public PlanInput with(Liveness other) {
        return new PlanInput(generation, intent, allocation, other, self, options);
    }
}
