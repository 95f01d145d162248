package org.heraldlb.filesource.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelWatchTest {

    @TempDir
    Path root;

    private final Semaphore signals = new Semaphore(0);
    private final Watch watch = KernelWatch.open(signals::release);

    @AfterEach
    void close() {
        watch.close();
    }

    private void assertSignal() throws InterruptedException {
        assertThat(signals.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void signalsWritesRenamesAndDeletions() throws IOException, InterruptedException {
        watch.follow(root);
        Files.writeString(root.resolve("a.yaml"), "a");
        assertSignal();
        Files.move(root.resolve("a.yaml"), root.resolve("b.yaml"));
        assertSignal();
        Files.delete(root.resolve("b.yaml"));
        assertSignal();
    }

    @Test
    void signalsTheSwapOfALink() throws IOException, InterruptedException {
        Files.createSymbolicLink(root.resolve("..data"), Path.of("one"));
        watch.follow(root);
        Files.createSymbolicLink(root.resolve("..tmp"), Path.of("two"));
        assertSignal();
        signals.drainPermits();
        Files.move(root.resolve("..tmp"), root.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        assertSignal();
    }

    @Test
    void followsADirectoryThatIsMadeAnew() throws IOException, InterruptedException {
        Path directory = root.resolve("herald.d");
        watch.follow(directory);
        Files.createDirectory(directory);
        watch.follow(directory);
        Files.move(directory, root.resolve("old"));
        Files.createDirectory(directory);
        watch.follow(directory);
        signals.drainPermits();
        Files.writeString(directory.resolve("a.yaml"), "a");
        assertSignal();
    }

    @Test
    void toleratesBeingAskedAfterClose() {
        watch.close();
        watch.follow(root);
        watch.close();
        assertThat(signals.availablePermits()).isZero();
    }
}
