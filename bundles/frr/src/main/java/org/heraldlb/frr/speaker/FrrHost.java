package org.heraldlb.frr.speaker;

import java.io.IOException;
import java.util.Collection;
import org.heraldlb.frr.vty.Vty;

/** Where FRR is. On the announcer's loop. */
public interface FrrHost {

    /** {@code attached} or {@code managed}, and where, for people. */
    String describe();

    /**
     * Starts what has to be started, and does not wait for it. May be called again and again.
     *
     * @param gone called on any thread when something that was started has ended
     * @return false: it is starting, ask again soon
     * @throws IOException it cannot be started
     */
    boolean ensureRunning(Runnable gone) throws IOException;

    /** A new connection to {@code bgpd} or {@code bfdd}. */
    Vty open(String daemon) throws IOException;

    /**
     * Ends bgpd's connections without BGP's farewell, as a crash would. An FRR that does not outlive us is gone
     * afterwards.
     *
     * @param connections by the peer's address and port
     */
    void cut(Collection<Remote> connections);

    /** The other end of a TCP connection. */
    record Remote(String address, int port) {}

    /** Whether FRR stays as it is when we go: then nothing is to be torn down at our end. */
    boolean outlivesUs();

    /** Whether peers may dial it. */
    boolean listens();

    /** Ends what {@link #ensureRunning} started. */
    void stop();
}
