package org.heraldlb.bench.ipam;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.intent.AddressPool.Strategy;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.ipam.RememberingIpam;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one changed service costs among 100,000: the incremental path beside the whole. Goal: well under 1 ms. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class OneChangeBench {

    @Param({"10000", "100000"})
    public int services;

    private final RememberingIpam ipam = new RememberingIpam();
    private Cluster[] versions;
    private int next;

    @Setup
    public void fill() {
        Cluster cluster = Cluster.empty(List.of(IpPrefix.parse("10.0.0.0/8")), Strategy.LOWEST)
                .plus("service", services);
        Cluster settled = cluster.holding(new RememberingIpam().allocate(cluster.request()));
        ServiceIntent changed = Cluster.service("service-0004711", IpFamily.IPV4, Map.of("a", "b"));
        versions = new Cluster[] {settled, settled.with(changed), settled.without(changed)};
        ipam.allocate(settled.request());
    }

    /** A label appears, the service goes, the service comes back. */
    @Benchmark
    public AllocationResult changed() {
        next = (next + 1) % versions.length;
        return ipam.allocate(versions[next].request());
    }

    @Benchmark
    public AllocationResult whole() {
        return new RememberingIpam().allocate(versions[0].request());
    }
}
