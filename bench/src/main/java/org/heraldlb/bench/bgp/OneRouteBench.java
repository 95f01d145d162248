package org.heraldlb.bench.bgp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.rib.AdjRibOut;
import org.heraldlb.bgp.rib.BatchCache;
import org.heraldlb.bgp.rib.EncodingPolicy;
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

/** From a plan in which one route is another to the bytes for every peer: the goal is 1 ms (p99) among 100,000 routes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class OneRouteBench {

    @Param({"1000", "100000"})
    private int routes;

    @Param({"1", "50"})
    private int peers;

    private final BatchCache cache = new BatchCache();
    private final List<AdjRibOut> outs = new ArrayList<>();
    private List<Route> one;
    private List<Route> other;
    private boolean flip;

    /** All peers know the first table. */
    @Setup(Level.Trial)
    public void fill() {
        one = new ArrayList<>();
        for (int i = 0; i < routes; i++) {
            one.add(new Route(IpPrefix.host(IpAddress.v4(0x0a80_0000 + i)), RouteAttributes.NONE));
        }
        RouteAttributes changed = new RouteAttributes(
                OptionalLong.empty(),
                List.of(Community.of(65001, 1)),
                List.of(),
                OptionalLong.empty(),
                0,
                OptionalLong.empty());
        other = new ArrayList<>(one);
        other.set(routes / 2, new Route(one.get(routes / 2).prefix(), changed));
        for (int i = 0; i < peers; i++) {
            outs.add(new AdjRibOut(cache, policy(), one, true));
        }
        drain();
    }

    private static EncodingPolicy policy() {
        return new EncodingPolicy(
                65001,
                false,
                true,
                4096,
                Set.of(Family.IPV4_UNICAST),
                new EncodingPolicy.NextHops(
                        Optional.of(IpAddress.parse("10.0.0.1")), Optional.empty(), Optional.empty(), false),
                false);
    }

    private int drain() {
        int bytes = 0;
        for (AdjRibOut out : outs) {
            for (ByteBuffer chunk = out.next(); chunk != null; chunk = out.next()) {
                bytes += chunk.remaining();
            }
        }
        return bytes;
    }

    /** Bytes for all peers; nothing of it was encoded before. */
    @Benchmark
    public int change() {
        flip = !flip;
        cache.clear();
        outs.forEach(out -> out.target(flip ? other : one));
        return drain();
    }
}
