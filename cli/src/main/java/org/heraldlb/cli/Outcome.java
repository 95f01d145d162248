package org.heraldlb.cli;

import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.system.Explainer;
import org.heraldlb.core.merge.Merged;
import org.heraldlb.core.plan.ClusterPlan;

/** One state of the documents and all that follows from it. */
record Outcome(
        Merged merged, AllocationRequest request, AllocationResult result, ClusterPlan plan, Explainer explainer) {}
