package org.heraldlb.hostlinux.links;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.runtime.SnapshotCell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the host's links: at each notification of the kernel, and every so often in case one was lost. Where there
 * are no notifications, that interval is all there is, and a problem says so. Observers are called on its thread.
 */
public final class LinuxLinkMonitor implements LinkMonitor, Registration {

    private static final Logger LOG = LoggerFactory.getLogger(LinuxLinkMonitor.class);

    /** A link that comes up makes a dozen notifications; the first one is acted on, the rest together. */
    private static final int SETTLE_MILLIS = 10;

    private static final long JOIN_MILLIS = 1000;

    private final int pollMillis;
    private final SnapshotCell<LinkSnapshot> cell = new SnapshotCell<>(LinkSnapshot.EMPTY);
    private final LinkReader reader;
    private final List<Problem> standing;
    private final Thread thread;
    private volatile boolean closed;

    /** Reads the links once before it returns, so that nobody ever sees a host without any. */
    public LinuxLinkMonitor(Duration poll) {
        pollMillis = Math.toIntExact(poll.toMillis());
        LinkReader best = new JdkReaderOfLinks();
        List<Problem> problems = List.of();
        try {
            best = new NetlinkReaderOfLinks();
        } catch (IOException denied) {
            problems = List.of(withoutNotifications(denied));
        }
        reader = best;
        standing = problems;
        thread = new Thread(this::watch, "herald-links");
        thread.setDaemon(true);
    }

    private Problem withoutNotifications(IOException denied) {
        return Problem.warning(
                        "linkNotifications",
                        "links",
                        denied.getMessage() + "; links are looked at every " + pollMillis / 1000 + " s instead")
                .withFix("allow AF_NETLINK sockets for the process");
    }

    /** Starts the thread, after a first look. */
    public void start() {
        publish();
        thread.start();
    }

    private void watch() {
        while (!closed) {
            if (reader.awaitChange(pollMillis)) {
                publish();
                reader.awaitChange(SETTLE_MILLIS);
            }
            if (!closed) {
                publish();
            }
        }
        reader.close();
    }

    private void publish() {
        LinkSnapshot before = cell.current();
        try {
            next(before, reader.read(), standing);
        } catch (IOException refused) {
            LOG.debug("links cannot be read now", refused);
            next(before, before.links(), List.of(Problem.error("linksUnreadable", "links", refused.getMessage())));
        }
    }

    private void next(LinkSnapshot before, List<Link> links, List<Problem> problems) {
        if (!before.links().equals(links) || !before.problems().equals(problems)) {
            cell.set(new LinkSnapshot(before.generation() + 1, links, problems));
        }
    }

    @Override
    public LinkSnapshot current() {
        return cell.current();
    }

    @Override
    public Registration observe(Consumer<? super LinkSnapshot> observer) {
        return cell.observe(observer);
    }

    @Override
    public void close() {
        closed = true;
        reader.wakeUp();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
