package org.heraldlb.core.internal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The newest of the services that DS binds to an optional greedy reference: the next one is bound before the one before
 * is unbound, and that unbinding is no news.
 */
final class Best<T> {

    private final AtomicReference<T> current = new AtomicReference<>();
    private final Consumer<T> changed;

    /** @param changed is told the service, or null when there is none left */
    Best(Consumer<T> changed) {
        this.changed = changed;
    }

    void set(T service) {
        current.set(service);
        changed.accept(service);
    }

    void unset(T service) {
        if (current.compareAndSet(service, null)) {
            changed.accept(null);
        }
    }
}
