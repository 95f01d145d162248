package org.heraldlb.bgp.speaker;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.runtime.EventLoop;

/** Where wires come from. */
public interface Transport extends AutoCloseable {

    /** Decides about connections that others dial. */
    interface Acceptor {
        /** On the loop. @return empty: refuse */
        Optional<Accepted> accept(Wire wire);
    }

    /**
     * A connection that is wanted.
     *
     * @param endpoint the peer's, for its TTL
     * @param listener hears what becomes of the connection
     */
    record Accepted(Endpoint endpoint, WireListener listener) {}

    /** A socket that others dial. */
    interface Listener extends Registration {
        /** Replaces the MD5 keys that connections are held to; of one address the first counts. On the loop. */
        void expect(Collection<Endpoint> peers);
    }

    /** The thread on which everything happens. */
    EventLoop loop();

    /** Short name, and why it is not the better one, for people. */
    String describe();

    /** What it cannot do. */
    Set<Feature> missing();

    /** Starts to connect; the listener hears what becomes of it, but not during this call. On the loop. */
    Wire dial(Endpoint endpoint, WireListener listener);

    /**
     * Starts to listen on all addresses. On the loop.
     *
     * @param device to be bound to: hears connections of that interface or VRF only
     * @param failed hears why it cannot, but not during this call
     */
    Listener listen(int port, Optional<String> device, Acceptor acceptor, Consumer<String> failed);

    /** Closes all wires and ends the loop. */
    @Override
    void close();
}
