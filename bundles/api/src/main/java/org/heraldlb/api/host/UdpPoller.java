package org.heraldlb.api.host;

import org.heraldlb.api.Registration;

/** Waits for packets or time, whichever comes first. One thread waits; any thread may wake it up. */
public interface UdpPoller extends Registration {

    /** Watches a socket until it is removed. On the waiting thread only. */
    void add(UdpSocket socket);

    /** The opposite; call it before the socket is closed. On the waiting thread only. */
    void remove(UdpSocket socket);

    /** Waits until a watched socket has a packet, {@code nanos} have passed, or {@link #wakeUp} was called. */
    void await(long nanos);

    /** Ends the current or next {@link #await}. Any thread. */
    void wakeUp();
}
