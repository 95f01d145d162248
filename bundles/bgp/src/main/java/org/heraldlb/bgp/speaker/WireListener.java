package org.heraldlb.bgp.speaker;

import java.nio.ByteBuffer;

/** What happens to a wire. On the loop. */
public interface WireListener {

    void connected(Wire wire);

    /** @param bytes valid during the call */
    void received(ByteBuffer bytes);

    /** {@link Wire#isWritable()} is true again. */
    void writable();

    /** Ended, or could not be made. The last call. */
    void failed(String reason);
}
