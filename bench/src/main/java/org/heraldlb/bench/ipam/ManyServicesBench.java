package org.heraldlb.bench.ipam;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.intent.AddressPool.Strategy;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.ipam.RememberingIpam;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many addresses a second are given to 10,000 services that come at once. Goals: 1,000,000 and 500,000. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-Xmx2500m")
public class ManyServicesBench {

    private static final int SERVICES = 10_000;

    /** An empty /16, everything decided anew. */
    @State(Scope.Thread)
    public static class Empty {
        private Cluster cluster;

        @Setup
        public void fill() {
            cluster = Cluster.empty(List.of(IpPrefix.parse("10.0.0.0/16")), Strategy.LOWEST)
                    .plus("service", SERVICES);
        }
    }

    /** A million addresses of which 990,000 are in use, all over the place. */
    @State(Scope.Thread)
    public static class NearlyFull {
        private static final int SIZE = 1_000_000;
        private final RememberingIpam ipam = new RememberingIpam();
        private Cluster before;
        private Cluster after;

        @Setup
        public void fill() {
            before = Cluster.empty(Cluster.range("10.0.0.0", SIZE), Strategy.LOWEST)
                    .plus("held", SIZE - SERVICES)
                    .heldAtRandom("10.0.0.0", SIZE);
            after = before.with("new", SERVICES);
        }

        @Setup(Level.Invocation)
        public void without() {
            ipam.allocate(before.request());
        }
    }

    @Benchmark
    @OperationsPerInvocation(SERVICES)
    public AllocationResult fromEmpty(Empty state) {
        return new RememberingIpam().allocate(state.cluster.request());
    }

    @Benchmark
    @OperationsPerInvocation(SERVICES)
    public AllocationResult fromNearlyFull(NearlyFull state) {
        return state.ipam.allocate(state.after.request());
    }
}
