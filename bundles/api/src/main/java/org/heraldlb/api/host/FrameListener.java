package org.heraldlb.api.host;

/** Receives frames. */
public interface FrameListener {

    /**
     * One frame, from the destination MAC on. The buffer belongs to the socket and is overwritten after the call.
     *
     * @param socket where it came from; replies go out there
     * @param buffer holds the frame at 0
     * @param length of the frame as captured; at most the buffer's
     * @param nowNanos monotonic time of arrival in this process
     */
    void frame(FrameSocket socket, byte[] buffer, int length, long nowNanos);

    /** The socket broke (interface gone); no more frames come. Called once, on the capture thread. */
    void broken(FrameSocket socket, String reason);
}
