package org.heraldlb.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ThreadEventLoopTest {

    private final ThreadEventLoop loop = ThreadEventLoop.start("test-loop", Ticker.SYSTEM);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void runsTasksInOrderOnItsOwnThread() throws Exception {
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> ran.add(Thread.currentThread().getName()));
        loop.execute(() -> ran.add("second"));
        loop.execute(() -> done.complete(null));
        done.get(10, TimeUnit.SECONDS);
        assertThat(ran).containsExactly("test-loop", "second");
    }

    @Test
    void survivesATaskThatThrows() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            throw new IllegalArgumentException("on purpose");
        });
        loop.execute(() -> done.complete(null));
        done.get(10, TimeUnit.SECONDS);
    }

    @Test
    void runsTimersWhileTasksKeepComing() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> loop.schedule("t", loop.ticker().nanos(), () -> done.complete(null)));
        keepBusy(done);
        done.get(10, TimeUnit.SECONDS);
    }

    private void keepBusy(CompletableFuture<Void> done) {
        loop.execute(() -> {
            if (!done.isDone()) {
                keepBusy(done);
            }
        });
    }

    @Test
    void refusesToHaveItsTimersTouchedFromOutside() {
        assertThatIllegalStateException().isThrownBy(() -> loop.schedule("t", 0, () -> {}));
    }

    @Test
    void closingRunsWhatWasPostedAndForgetsTheRest() {
        List<String> ran = new CopyOnWriteArrayList<>();
        loop.execute(() -> ran.add("before"));
        loop.close();
        loop.execute(() -> ran.add("after"));
        loop.close();
        assertThat(ran).containsExactly("before");
    }
}
