package org.heraldlb.bgp.speaker;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.heraldlb.bgp.packet.BgpException;
import org.heraldlb.bgp.packet.MessageCodec;

/** Cuts a stream into messages. Holds no more than one message and what came with it. */
final class Framer {

    private static final byte[] EMPTY = new byte[0];

    private byte[] bytes = EMPTY;
    private int from;
    private int to;

    /** Takes everything that is left in {@code more}. */
    void append(ByteBuffer more) {
        int count = more.remaining();
        if (bytes.length - to < count) {
            byte[] larger = new byte[to - from + count];
            System.arraycopy(bytes, from, larger, 0, to - from);
            bytes = larger;
            to -= from;
            from = 0;
        }
        more.get(bytes, to, count);
        to += count;
    }

    /**
     * The next whole message, null when it is not there yet.
     *
     * @throws BgpException when its header is wrong; nothing can be read after that
     */
    byte[] next(int maxLength) throws BgpException {
        if (to - from < MessageCodec.HEADER) {
            release();
            return null;
        }
        int length = MessageCodec.checkHeader(bytes, from, maxLength);
        if (to - from < length) {
            return null;
        }
        byte[] message = Arrays.copyOfRange(bytes, from, from + length);
        from += length;
        return message;
    }

    /** An idle session holds no buffer. */
    private void release() {
        if (from == to) {
            bytes = EMPTY;
            from = 0;
            to = 0;
        }
    }
}
