package org.heraldlb.bgp.speaker;

import java.util.concurrent.TimeUnit;
import org.heraldlb.runtime.EventLoop;

/**
 * When to publish. Many changes make one status, and statuses take no more than a tenth of the loop's time, however many
 * sessions there are and however cold the machine is. On the loop only.
 */
final class StatusBoard {

    private static final String TAG = "status";
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SHARE = 10;

    private final EventLoop loop;
    private final StatusDesk desk;
    private final Runnable collect;
    private long pause = SOON_NANOS;
    private boolean closed;

    /** @param collect gathers the facts and gives them to {@code desk} */
    StatusBoard(EventLoop loop, StatusDesk desk, Runnable collect) {
        this.loop = loop;
        this.desk = desk;
        this.collect = collect;
    }

    /** Something worth showing changed. */
    void changed() {
        within(pause);
    }

    /** The like, by strangers, who must not make us work. */
    void changedByStrangers() {
        within(LATEST_NANOS);
    }

    private void within(long nanos) {
        if (!closed) {
            loop.schedule(TAG, loop.ticker().nanos() + nanos, this::publish);
        }
    }

    private void publish() {
        long begun = loop.ticker().nanos();
        collect.run();
        long took = Math.max(loop.ticker().nanos() - begun, desk.tookNanos() / 2);
        pause = Math.max(SOON_NANOS, Math.min(LATEST_NANOS, SHARE * took));
    }

    /** Publishes nothing more. */
    void stop() {
        closed = true;
    }
}
