package org.heraldlb.frr.vty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.heraldlb.frr.vty.Vty.Reply;

/** Takes replies apart: text, three zero octets, the result. Text holds no zero octet. */
final class ReplyReader {

    private static final int ZEROS = 3;

    private final List<Reply> replies = new ArrayList<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private int zeros;

    /** @param in with an array behind it */
    void read(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (zeros == 0) {
                text(in);
            } else if (zeros == ZEROS) {
                replies.add(new Reply(in.get() & 0xff, text.toString(StandardCharsets.UTF_8)));
                text.reset();
                zeros = 0;
            } else if (in.get() == 0) {
                zeros++;
            } else {
                // Not the end after all; there is no such text.
                text.write(in.get(in.position() - 1));
                zeros = 0;
            }
        }
    }

    /** As far as the first zero octet, which is taken too. A configuration is half a megabyte. */
    private void text(ByteBuffer in) {
        byte[] octets = in.array();
        int begin = in.arrayOffset() + in.position();
        int end = begin;
        int limit = in.arrayOffset() + in.limit();
        while (end < limit && octets[end] != 0) {
            end++;
        }
        text.write(octets, begin, end - begin);
        zeros = end < limit ? 1 : 0;
        in.position(end - in.arrayOffset() + zeros);
    }

    List<Reply> replies() {
        return replies;
    }
}
