package org.heraldlb.api.host;

import java.io.IOException;

/** Opens raw link-layer sockets. Needs {@code CAP_NET_RAW}. */
public interface PacketSockets {

    /**
     * Opens a socket and a capture thread of its own for it. {@code listener} is called on that thread only, until
     * {@link FrameSocket#close()}; replies may be sent from inside the call.
     *
     * @throws IOException with one line that says what to do (no such interface, missing capability, missing library)
     */
    FrameSocket open(Link link, FrameFilter filter, FrameListener listener) throws IOException;
}
