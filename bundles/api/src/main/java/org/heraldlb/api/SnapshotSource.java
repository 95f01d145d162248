package org.heraldlb.api;

import java.util.function.Consumer;

/**
 * Something that always has one current immutable value and tells observers when it is replaced.
 *
 * <p>Observers are called in order, never concurrently with each other, on the thread of the publisher; they must
 * return at once (post to your own loop and leave). An observer that throws is logged and stays registered. Values may
 * be skipped when they are replaced faster than they are read: only the newest matters.
 *
 * @param <T> the immutable snapshot
 */
public interface SnapshotSource<T> {

    /** The newest value; never null. Any thread, never blocks. */
    T current();

    /**
     * Calls {@code observer} with the current value before this method returns, then with each later one.
     *
     * @return closes the observation; after {@code close()} returned, no new call starts
     */
    Registration observe(Consumer<? super T> observer);
}
