package org.heraldlb.api.host;

import java.io.IOException;
import org.heraldlb.api.Registration;
import org.heraldlb.api.net.IpAddress;

/** A raw socket on one interface. */
public interface FrameSocket extends Registration {

    /** The interface as it was when the socket was opened. */
    Link link();

    /**
     * Sends one frame. Any thread, does not block beyond the system call, does not keep {@code frame}.
     *
     * @throws IOException when the kernel refuses it
     */
    void send(byte[] frame, int length) throws IOException;

    /**
     * Receives frames for the solicited-node group of {@code address} (RFC 4861) until {@link #leaveGroup}. Idempotent.
     *
     * @throws IOException when the kernel refuses it
     */
    void joinGroup(IpAddress address) throws IOException;

    /** The opposite; silent when the group was not joined or the interface is gone. */
    void leaveGroup(IpAddress address);
}
