package org.heraldlb.bgp.speaker;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.Ticker;

/** The loop of the sockets as an {@link EventLoop}. The transport that made it ends it. */
final class NettyLoop implements EventLoop {

    private final EventExecutor executor;
    private final Ticker ticker;
    private final Map<String, Timer> timers = new HashMap<>();

    private record Timer(long deadlineNanos, Future<?> future) {}

    NettyLoop(EventExecutor executor, Ticker ticker) {
        this.executor = executor;
        this.ticker = ticker;
    }

    @Override
    public void execute(Runnable task) {
        if (!executor.isShuttingDown()) {
            executor.execute(task);
        }
    }

    @Override
    public void schedule(String tag, long deadlineNanos, Runnable task) {
        Timer present = timers.get(tag);
        if (present == null || present.deadlineNanos - deadlineNanos > 0) {
            reschedule(tag, deadlineNanos, task);
        }
    }

    @Override
    public void reschedule(String tag, long deadlineNanos, Runnable task) {
        assertInLoop();
        cancel(tag);
        if (executor.isShuttingDown()) {
            return;
        }
        long delay = Math.max(0, deadlineNanos - ticker.nanos());
        Future<?> future = executor.schedule(
                () -> {
                    timers.remove(tag);
                    task.run();
                },
                delay,
                TimeUnit.NANOSECONDS);
        timers.put(tag, new Timer(deadlineNanos, future));
    }

    @Override
    public void cancel(String tag) {
        Timer present = timers.remove(tag);
        if (present != null) {
            present.future.cancel(false);
        }
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public boolean inLoop() {
        return executor.inEventLoop();
    }

    @Override
    public void close() {
        execute(() -> {
            timers.values().forEach(timer -> timer.future.cancel(false));
            timers.clear();
        });
    }
}
