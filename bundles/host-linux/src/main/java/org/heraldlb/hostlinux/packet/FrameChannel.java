package org.heraldlb.hostlinux.packet;

import java.io.IOException;

/** One way to get frames in and out of an interface. One thread receives and closes; any thread sends and wakes up. */
interface FrameChannel {

    /** Room for any frame worth looking at: longer ones are cut off. */
    int SNAP = 1600;

    /**
     * Waits for the next frame.
     *
     * @param into at least {@link #SNAP} long
     * @return its length, or 0 when {@link #wakeUp} was called or the wait ended for another reason
     * @throws IOException when the interface is gone
     */
    int receive(byte[] into) throws IOException;

    /** @throws IOException when the kernel refuses the frame */
    void send(byte[] frame, int length) throws IOException;

    /** The same, on the receiving thread only, and faster. */
    default void reply(byte[] frame, int length) throws IOException {
        send(frame, length);
    }

    /** Ends the current or next {@link #receive}, within a quarter of a second. */
    void wakeUp();

    /** By the receiving thread, at its end. */
    void close();
}
