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
     * @throws IOException with one line that says what to do (address not here, port in use, missing capability)
     */
    UdpSocket open(UdpSpec spec) throws IOException;

    /**
     * Opens a poller for sockets of this service.
     *
     * @throws IOException when the kernel refuses it
     */
    UdpPoller openPoller() throws IOException;
}
