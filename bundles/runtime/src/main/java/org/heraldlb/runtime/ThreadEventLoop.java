package org.heraldlb.runtime;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An {@link EventLoop} on a daemon thread of its own. */
public final class ThreadEventLoop implements EventLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadEventLoop.class);
    private static final long JOIN_MILLIS = 1000;

    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final TimerQueue timers = new TimerQueue();
    private final Ticker ticker;
    private final Thread thread;
    private volatile boolean closing;
    private boolean done;

    private ThreadEventLoop(String name, Ticker ticker) {
        this.ticker = ticker;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts a loop whose thread is called {@code name}. */
    public static ThreadEventLoop start(String name, Ticker ticker) {
        ThreadEventLoop loop = new ThreadEventLoop(name, ticker);
        // Libraries that look services up through the context loader must find those of the bundle that made the loop.
        loop.thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        loop.thread.start();
        return loop;
    }

    private void run() {
        while (!done) {
            try {
                Runnable due = timers.pollDue(ticker.nanos());
                Runnable task =
                        due != null ? due : queue.poll(timers.nanosToNext(ticker.nanos()), TimeUnit.NANOSECONDS);
                if (task != null) {
                    runGuarded(task);
                }
                if (due != null) {
                    runPosted();
                }
            } catch (InterruptedException asked) {
                done = true;
            }
        }
        timers.clear();
    }

    /** Timers must not starve what was posted. */
    private void runPosted() {
        Runnable posted = queue.poll();
        if (posted != null) {
            runGuarded(posted);
        }
    }

    private void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error fault) {
            LOG.error("{}: a task failed; the loop goes on", thread.getName(), fault);
        }
    }

    @Override
    public void execute(Runnable task) {
        if (!closing) {
            queue.add(task);
        }
    }

    @Override
    public void schedule(String tag, long deadlineNanos, Runnable task) {
        assertInLoop();
        timers.schedule(tag, deadlineNanos, task);
    }

    @Override
    public void reschedule(String tag, long deadlineNanos, Runnable task) {
        assertInLoop();
        timers.reschedule(tag, deadlineNanos, task);
    }

    @Override
    public void cancel(String tag) {
        assertInLoop();
        timers.cancel(tag);
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void close() {
        if (!closing) {
            queue.add(() -> done = true);
            closing = true;
        }
        if (!inLoop()) {
            join();
        }
    }

    private void join() {
        try {
            thread.join(JOIN_MILLIS);
            if (thread.isAlive()) {
                LOG.warn("{}: a task holds the loop; interrupting it", thread.getName());
                thread.interrupt();
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
