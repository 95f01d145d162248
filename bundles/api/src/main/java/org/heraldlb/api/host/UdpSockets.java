package org.heraldlb.api.host;

import java.io.IOException;

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
