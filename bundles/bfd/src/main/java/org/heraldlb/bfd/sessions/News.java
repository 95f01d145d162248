package org.heraldlb.bfd.sessions;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.bfd.fsm.Diagnostic;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.SnapshotCell;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells clients, observers and the log, on a thread of its own: none of them can hold up the thread that keeps time. */
final class News implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private final EventLoop loop = ThreadEventLoop.start("bfd-news", Ticker.SYSTEM);
    private final SnapshotCell<BfdSnapshot> cell = new SnapshotCell<>(BfdSnapshot.EMPTY);
    private final AtomicReference<BfdSnapshot> newest = new AtomicReference<>();

    SnapshotSource<BfdSnapshot> view() {
        return cell;
    }

    /** Replaces what {@link #view} shows; only the newest of several is shown. */
    void publish(BfdSnapshot snapshot) {
        if (newest.getAndSet(snapshot) == null) {
            loop.execute(() -> cell.set(newest.getAndSet(null)));
        }
    }

    void tell(Collection<BfdSessionRequest> clients, BfdSessionState state) {
        List.copyOf(clients).forEach(client -> loop.execute(() -> client.stateChanged(state)));
    }

    void changed(BfdSessionKey key, BfdState from, BfdState to, int diagnostic) {
        loop.execute(() -> LOG.info("bfd {}: {} -> {}: {}", key.peer(), from, to, Diagnostic.text(diagnostic)));
    }

    void warn(String subject, String text) {
        loop.execute(() -> LOG.warn("bfd {}: {}", subject, text));
    }

    void failed(Throwable fault) {
        loop.execute(() -> LOG.error("bfd: a step failed; the loop goes on", fault));
    }

    /** After everything that was told before has been delivered. */
    @Override
    public void close() {
        loop.close();
    }
}
