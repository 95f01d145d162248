package org.heraldlb.api.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.net.IpAddress;

/** A UDP socket that never blocks. One thread uses it. */
public interface UdpSocket extends Registration {

    UdpSpec spec();

    /**
     * Sends what is between the buffer's position and limit, and does not move them.
     *
     * @param packet a direct buffer
     * @param scope interface index for link-local IPv6 destinations, otherwise 0
     * @throws IOException when the kernel refuses it (no route, interface down); a full send buffer is not an error, the
     *     packet is lost then as any packet may be
     */
    void send(ByteBuffer packet, IpAddress to, int scope, int port) throws IOException;

    /**
     * Takes the next packet, if there is one: the buffer is cleared, filled and flipped.
     *
     * @param into a direct buffer; a longer packet is cut off
     * @return false when the socket is dry
     * @throws IOException when the socket is broken for good; errors that the network reports are swallowed
     */
    boolean receive(ByteBuffer into, UdpArrival arrival) throws IOException;

    /** Tells the kernel to keep next to nothing of what arrives: for sockets that are never read. */
    default void sendOnly() {}
}
