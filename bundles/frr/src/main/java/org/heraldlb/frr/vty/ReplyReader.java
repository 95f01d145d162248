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

    void read(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte octet = in.get();
            if (zeros == ZEROS) {
                replies.add(new Reply(octet & 0xff, text.toString(StandardCharsets.UTF_8)));
                text.reset();
                zeros = 0;
            } else if (octet == 0) {
                zeros++;
            } else {
                text.write(octet);
            }
        }
    }

    List<Reply> replies() {
        return replies;
    }
}
