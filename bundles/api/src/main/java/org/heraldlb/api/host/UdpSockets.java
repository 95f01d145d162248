package org.heraldlb.api.host;

import java.io.IOException;
import java.util.Optional;

/**
 * UDP sockets for protocols that must see and set what the JDK's channels hide: the hop limit of what arrives, the
 * interface it came in on, the hop limit of what leaves. Sockets and pollers do not allocate once they are open.
 */
public interface UdpSockets {

    /**
     * Opens and binds a socket.
     *
     * @throws java.net.BindException when the port is in use: another one may be free
     * @throws IOException with one line that says what to do (address not here, missing capability)
     */
    UdpSocket open(UdpSpec spec) throws IOException;

    /**
     * Opens a socket for packets that a neighbour forwards back to us, because they are addressed to ourselves
     * (RFC 5881 section 4, UDP 3785). {@link UdpSocket#send} hands them to the neighbour {@code to} on the interface with
     * index {@code scope}; source and destination are {@code spec.local()}, which is required, and both ports
     * {@code spec.port()}. Only such packets are received. IPv4.
     *
     * @throws IOException with one line that says what to do
     */
    default UdpSocket openLoop(UdpSpec spec) throws IOException {
        throw new IOException("this host has no sockets for echo packets");
    }

    /** Whether IPv4 packets that come in on this interface are forwarded, a neighbour's echo packets among them. */
    default boolean forwards(int linkIndex) {
        return false;
    }

    /**
     * Keeps a socket and its user's state for a successor.
     *
     * @param nanos how long, before {@link UdpWill#last} is sent and the socket closed
     * @return false when this host does not keep wills: the socket is still the caller's
     */
    default boolean leave(UdpWill will, long nanos) {
        return false;
    }

    /** What was left under a name, if it is still there: from now on the caller's. */
    default Optional<UdpWill> inherit(String name) {
        return Optional.empty();
    }

    /**
     * Opens a poller for sockets of this service.
     *
     * @throws IOException when the kernel refuses it
     */
    UdpPoller openPoller() throws IOException;

    /**
     * Makes the calling thread wake up as punctually as it may: no slack for its timers, and with a priority above 0 it
     * runs before all ordinary threads (SCHED_FIFO).
     *
     * @param realTimePriority 0, or 1 to 99
     * @throws IOException with one line that says what to do when the kernel does not allow that priority
     */
    default void makePunctual(int realTimePriority) throws IOException {}
}
