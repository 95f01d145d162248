package org.heraldlb.filesource.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Watch} by inotify. Without it (no instance left, a file system that has none) polling does all the work. */
public final class KernelWatch implements Watch {

    private static final Logger LOG = LoggerFactory.getLogger(KernelWatch.class);

    private final WatchService service;
    private final Runnable signal;
    private WatchKey key;
    private Object followed;

    private KernelWatch(WatchService service, Runnable signal) {
        this.service = service;
        this.signal = signal;
    }

    /** Starts a thread that calls {@code signal} for each change; {@link Watch#NONE} where the kernel has no watch left. */
    public static Watch open(Runnable signal) {
        try {
            KernelWatch watch = new KernelWatch(FileSystems.getDefault().newWatchService(), signal);
            Thread thread = new Thread(watch::run, "file-watch");
            thread.setDaemon(true);
            thread.start();
            return watch;
        } catch (IOException fault) {
            LOG.warn("no inotify ({}): changes of files are found by polling only", fault.getMessage());
            return Watch.NONE;
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey changed = service.take();
                changed.pollEvents();
                changed.reset();
                signal.run();
            }
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("the watch ends");
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void follow(Path directory) {
        try {
            Object identity =
                    Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
            if (key == null || !key.isValid() || !Objects.equals(identity, followed)) {
                forget();
                key = directory.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
                followed = identity;
            }
        } catch (NoSuchFileException | NotDirectoryException absent) {
            forget();
        } catch (IOException fault) {
            LOG.debug("{} cannot be watched ({}); it is polled", directory, fault.getMessage());
            forget();
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("{} is not watched any more", directory);
        }
    }

    private void forget() {
        if (key != null) {
            key.cancel();
            key = null;
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException fault) {
            LOG.debug("closing the watch: {}", fault.getMessage());
        }
    }
}
