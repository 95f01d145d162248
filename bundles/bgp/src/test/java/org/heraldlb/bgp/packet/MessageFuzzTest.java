package org.heraldlb.bgp.packet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * Any bytes: a value or a {@link BgpException}. Runs over its kept inputs in every build; with the environment variable
 * {@code JAZZER_FUZZ=1} it searches for new ones.
 */
class MessageFuzzTest {

    @FuzzTest(maxDuration = "50s")
    void decodes_or_refuses(byte[] data) {
        if (data.length < 2) {
            return;
        }
        WireContext context = new WireContext((data[0] & 1) != 0, 4096, (data[0] & 2) != 0);
        byte[] message = new byte[MessageCodec.HEADER + data.length - 2];
        Arrays.fill(message, 0, 16, (byte) -1);
        message[16] = (byte) (message.length >>> 8);
        message[17] = (byte) message.length;
        System.arraycopy(data, 1, message, MessageCodec.HEADER - 1, data.length - 1);
        try {
            Message first = MessageCodec.decode(message, context);
            boolean damaged = first instanceof Update update && !update.faults().isEmpty();
            if (!damaged
                    && !MessageCodec.decode(MessageCodec.encode(first, context), context)
                            .equals(first)) {
                throw new AssertionError("does not survive a round trip: " + first);
            }
        } catch (BgpException refused) {
            refused.notification().describe();
        }
    }
}
