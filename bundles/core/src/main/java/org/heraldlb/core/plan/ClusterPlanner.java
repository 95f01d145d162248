package org.heraldlb.core.plan;

/** The whole plan from nothing. */
public final class ClusterPlanner {

    private ClusterPlanner() {}

    /** Decides for all services and nodes. Does not throw for any input. */
    public static ClusterPlan plan(PlanInput input) {
        return new IncrementalPlanner(input.self().node()).plan(input);
    }
}
