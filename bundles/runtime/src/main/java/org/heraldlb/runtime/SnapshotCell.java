package org.heraldlb.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link SnapshotSource} with a setter. Any thread may set and observe; observers never run concurrently with each
 * other and never see an older value after a newer one.
 *
 * @param <T> the immutable snapshot
 */
public final class SnapshotCell<T> implements SnapshotSource<T> {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotCell.class);

    private final Object lock = new Object();
    private final List<Consumer<? super T>> observers = new ArrayList<>();
    private volatile T value;

    public SnapshotCell(T initial) {
        value = Objects.requireNonNull(initial);
    }

    /** Replaces the value and tells the observers; an equal value is not told again. */
    public void set(T next) {
        Objects.requireNonNull(next);
        synchronized (lock) {
            boolean news = !next.equals(value);
            value = next;
            if (news) {
                List.copyOf(observers).forEach(observer -> tell(observer, next));
            }
        }
    }

    private void tell(Consumer<? super T> observer, T next) {
        try {
            observer.accept(next);
        } catch (RuntimeException fault) {
            LOG.error(
                    "an observer of {} failed; it stays registered",
                    next.getClass().getSimpleName(),
                    fault);
        }
    }

    @Override
    public T current() {
        return value;
    }

    @Override
    public Registration observe(Consumer<? super T> observer) {
        synchronized (lock) {
            observers.add(observer);
            tell(observer, value);
        }
        return () -> {
            synchronized (lock) {
                observers.removeIf(present -> present == observer);
            }
        };
    }
}
