package org.heraldlb.testkit.source;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.heraldlb.api.Registration;
import org.heraldlb.api.SnapshotSource;

/** Waits for a snapshot without polling. */
public final class Awaiting {

    private Awaiting() {}

    /** The first value that fulfils {@code condition}, the current one included. */
    public static <T> T value(SnapshotSource<T> source, Predicate<? super T> condition, Duration atMost) {
        CompletableFuture<T> found = new CompletableFuture<>();
        Registration observation = source.observe(value -> {
            if (condition.test(value)) {
                found.complete(value);
            }
        });
        try {
            return found.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("not within " + atMost + "; the last value is " + source.current(), late);
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        } finally {
            observation.close();
        }
    }
}
