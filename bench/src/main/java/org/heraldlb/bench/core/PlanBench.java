package org.heraldlb.bench.core;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot.Owner;
import org.heraldlb.core.plan.ClusterPlan;
import org.heraldlb.core.plan.IncrementalPlanner;
import org.heraldlb.core.plan.Liveness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a plan costs: 500 nodes, 20 pools, 50 advertisements, 4 peers. Goals: the whole plan under 50 ms for 10,000
 * services and under 600 ms for 100,000; after one service changed under 1 ms.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class PlanBench {

    @Param({"10000", "100000"})
    private int services;

    private Cluster cluster;
    private IncrementalPlanner planner;
    private ClusterPlan plan;
    private int step;

    @Setup(Level.Trial)
    public void fill() {
        cluster = new Cluster(services);
        planner = new IncrementalPlanner("node-0");
        plan = planner.plan(cluster.input(Liveness.ALL));
    }

    /** Everything is decided again, by a planner that remembers nothing: the plans of this node. */
    @Benchmark
    public ClusterPlan wholeFromNothing() {
        return new IncrementalPlanner("node-0").plan(cluster.input(Liveness.ALL));
    }

    /** Everything is decided again because another node died: the plans of this node, by a planner that was running. */
    @Benchmark
    public ClusterPlan wholeAfterANodeDied() {
        step++;
        return planner.plan(cluster.input(cluster.withoutNode(1 + step % (Cluster.NODES - 1))));
    }

    /** As {@link #wholeAfterANodeDied}, and the owner of every address of the cluster is read. */
    @Benchmark
    public long wholeAndEveryOwnerAfterANodeDied() {
        return readAll(wholeAfterANodeDied());
    }

    /** One service changed: its endpoints moved. */
    @Benchmark
    public ClusterPlan oneServiceChanged() {
        step++;
        cluster.moveOne(step);
        plan = planner.plan(cluster.input(Liveness.ALL));
        return plan;
    }

    private static long readAll(ClusterPlan plan) {
        long length = 0;
        for (Map.Entry<IpAddress, Owner> entry : plan.owners().entrySet()) {
            length += entry.getValue().node().length();
        }
        return length;
    }
}
