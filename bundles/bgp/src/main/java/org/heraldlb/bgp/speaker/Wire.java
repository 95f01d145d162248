package org.heraldlb.bgp.speaker;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One TCP connection, made or being made. On the loop only. */
public interface Wire {

    /** Our end; once connected. */
    InetSocketAddress local();

    /** The other end; once connected. */
    InetSocketAddress remote();

    /** True while little enough is waiting to be sent. */
    boolean isWritable();

    /** Queues bytes without copying them; they must not change. */
    void write(ByteBuffer bytes);

    /** Sends what is queued. */
    void flush();

    /**
     * No listener is called after this.
     *
     * @param abort false: what is queued is sent first; true: at once
     */
    void close(boolean abort);
}
