package org.heraldlb.bench.ipam;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.intent.AddressPool.Strategy;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.ipam.RememberingIpam;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to give one address to one service, or take it away again, where a million are held. Goal: 5 microseconds,
 * so that nothing is looked through.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx2500m")
public class FullPoolBench {

    private static final int HELD = 1_000_000;

    @Param({"10.0.0.0/8", "fd00::/64"})
    public String prefix;

    @Param({"LOWEST", "SPREAD", "RANDOM_STABLE"})
    public Strategy strategy;

    private final RememberingIpam ipam = new RememberingIpam();
    private Cluster without;
    private Cluster with;

    @Setup
    public void fill() {
        IpPrefix whole = IpPrefix.parse(prefix);
        Cluster cluster = Cluster.empty(List.of(whole), strategy).plus("held", HELD);
        if (strategy == Strategy.LOWEST) {
            cluster = cluster.heldAtRandom(whole.address().toString(), HELD + HELD / 10);
        } else {
            cluster = cluster.holding(new RememberingIpam().allocate(cluster.request()));
        }
        without = cluster;
        with = cluster.with(Cluster.service("new", whole.family(), Map.of()));
        ipam.allocate(without.request());
    }

    @Benchmark
    @OperationsPerInvocation(2)
    public AllocationResult giveAndTake() {
        ipam.allocate(with.request());
        return ipam.allocate(without.request());
    }
}
