package org.heraldlb.bench.runtime;

import java.util.concurrent.TimeUnit;
import org.heraldlb.runtime.TimerQueue;
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

/** What re-arming one of many timers costs: the price of a keepalive, a probe, a settle time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TimerQueueBench {

    /** How many timers the loop has. */
    @Param({"10", "1000", "10000"})
    public int timers;

    private final TimerQueue queue = new TimerQueue();
    private final Runnable nothing = () -> {};
    private String[] tags;
    private long nowNanos;
    private int next;

    @Setup
    public void fill() {
        tags = new String[timers];
        for (int i = 0; i < timers; i++) {
            tags[i] = "timer-" + i;
            queue.schedule(tags[i], i, nothing);
        }
    }

    /** Fires the earliest timer and arms it again behind all others. */
    @Benchmark
    public Runnable fireAndRearm() {
        nowNanos++;
        Runnable due = queue.pollDue(nowNanos - 1);
        queue.schedule(tags[next], nowNanos - 1 + timers, nothing);
        next = (next + 1) % timers;
        return due;
    }
}
