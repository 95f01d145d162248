package org.heraldlb.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.TimerQueue;

/** An {@link EventLoop} without a thread: tasks run when the test says so, time passes when the test says so. */
public final class ManualLoop implements EventLoop {

    private static final int TASK_BOUND = 100_000;

    private final FakeTicker ticker = new FakeTicker();
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final TimerQueue timers = new TimerQueue();
    private boolean closed;

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            queue.add(task);
        }
    }

    @Override
    public void schedule(String tag, long deadlineNanos, Runnable task) {
        timers.schedule(tag, deadlineNanos, task);
    }

    @Override
    public void reschedule(String tag, long deadlineNanos, Runnable task) {
        timers.reschedule(tag, deadlineNanos, task);
    }

    @Override
    public void cancel(String tag) {
        timers.cancel(tag);
    }

    @Override
    public FakeTicker ticker() {
        return ticker;
    }

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public void close() {
        runPosted();
        closed = true;
        timers.clear();
    }

    /** Runs what is posted and due, and what that posts, until nothing is left at this moment. */
    public void runPosted() {
        for (int i = 0; i < TASK_BOUND; i++) {
            Runnable due = timers.pollDue(ticker.nanos());
            Runnable task = due != null ? due : queue.poll();
            if (task == null) {
                return;
            }
            task.run();
        }
        throw new AssertionError("the loop does not come to rest after " + TASK_BOUND + " tasks");
    }

    /** Lets time pass, running each timer at its own moment. */
    public void advance(Duration by) {
        runPosted();
        long end = ticker.nanos() + by.toNanos();
        while (timers.nanosToNext(ticker.nanos()) <= end - ticker.nanos()) {
            ticker.advance(Duration.ofNanos(timers.nanosToNext(ticker.nanos())));
            runPosted();
        }
        ticker.advance(Duration.ofNanos(end - ticker.nanos()));
        runPosted();
    }

    /** True when neither a task nor a timer is left. */
    public boolean isIdle() {
        return queue.isEmpty() && timers.isEmpty();
    }
}
