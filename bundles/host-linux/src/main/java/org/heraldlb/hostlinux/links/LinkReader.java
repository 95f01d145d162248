package org.heraldlb.hostlinux.links;

import java.io.IOException;
import java.util.List;
import org.heraldlb.api.host.Link;

/** Reads all links, whole, at once. */
interface LinkReader extends AutoCloseable {

    /** @throws IOException when that does not work now; it may later */
    List<Link> read() throws IOException;

    /**
     * Waits until something may have changed, somebody woke it up, or the time is over. May return for no reason.
     *
     * @return false when the time is over
     */
    boolean awaitChange(int millis);

    /** Ends the current or next {@link #awaitChange}. Any thread. */
    void wakeUp();

    @Override
    void close();
}
