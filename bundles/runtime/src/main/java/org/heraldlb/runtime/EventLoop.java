package org.heraldlb.runtime;

import java.util.concurrent.Executor;

/**
 * One thread that owns some state. Everything that touches the state runs here; others post and leave. Tasks run in the
 * order of posting; a task that throws is reported and the loop goes on.
 */
public interface EventLoop extends Executor, AutoCloseable {

    /** Runs {@code task} on the loop, soon. Any thread. Does nothing after {@link #close()}. */
    @Override
    void execute(Runnable task);

    /**
     * Runs {@code task} at {@code deadlineNanos} ({@link Ticker#nanos()}). A timer of the same tag that is due earlier
     * stays and runs instead, so that a hundred triggers make one run. On the loop only.
     */
    void schedule(String tag, long deadlineNanos, Runnable task);

    /** Runs {@code task} at {@code deadlineNanos} instead of whatever the tag's timer was. On the loop only. */
    void reschedule(String tag, long deadlineNanos, Runnable task);

    /** Forgets the tag's timer, if there is one. On the loop only. */
    void cancel(String tag);

    /** The loop's clock. */
    Ticker ticker();

    /** True on the loop's thread. */
    boolean inLoop();

    /** @throws IllegalStateException off the loop's thread */
    default void assertInLoop() {
        if (!inLoop()) {
            throw new IllegalStateException("only the loop may touch this state, not "
                    + Thread.currentThread().getName());
        }
    }

    /**
     * Runs what was posted before, forgets the timers, ends the thread and waits for it (at most a second, and not at
     * all when called on the loop itself). Idempotent.
     */
    @Override
    void close();
}
