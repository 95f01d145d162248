package org.heraldlb.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A mailbox of one: offers from any thread, handled on a loop, where only the newest counts. This is how an announcer
 * takes plans: however many come while it is busy, it acts on the last.
 *
 * @param <T> what is offered, not null
 */
public final class LatestWins<T> {

    private final AtomicReference<T> box = new AtomicReference<>();
    private final Executor loop;
    private final Consumer<? super T> handler;

    /** {@code handler} is called on {@code loop}. */
    public LatestWins(Executor loop, Consumer<? super T> handler) {
        this.loop = loop;
        this.handler = handler;
    }

    /** Any thread; returns at once. */
    public void offer(T newest) {
        if (box.getAndSet(newest) == null) {
            loop.execute(this::drain);
        }
    }

    private void drain() {
        T newest = box.getAndSet(null);
        if (newest != null) {
            handler.accept(newest);
        }
    }
}
