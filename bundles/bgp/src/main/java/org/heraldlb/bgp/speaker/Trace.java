package org.heraldlb.bgp.speaker;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.heraldlb.bgp.packet.BgpException;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.MessageCodec;
import org.heraldlb.bgp.packet.MessageText;
import org.heraldlb.bgp.packet.Octets;
import org.heraldlb.bgp.packet.WireContext;

/** Who watches the messages of one peer. Costs a comparison while nobody does. On the loop only. */
final class Trace {

    private static final int LENGTH_AT = 16;

    private final Supplier<Instant> clock;
    private final List<Consumer<String>> watchers = new ArrayList<>();

    Trace(Supplier<Instant> clock) {
        this.clock = clock;
    }

    void add(Consumer<String> watcher) {
        watchers.add(watcher);
    }

    void remove(Consumer<String> watcher) {
        watchers.remove(watcher);
    }

    boolean isIdle() {
        return watchers.isEmpty();
    }

    void received(Message message) {
        if (!isIdle()) {
            line("<- " + MessageText.of(message));
        }
    }

    void refused(String reason) {
        if (!isIdle()) {
            line("<- refused: " + reason);
        }
    }

    void sent(Message message) {
        if (!isIdle()) {
            line("-> " + MessageText.of(message));
        }
    }

    void moved(String from, String to, String reason) {
        if (!isIdle()) {
            line("-- " + from + " -> " + to + (reason.isEmpty() ? "" : ": " + reason));
        }
    }

    /** Whole messages that were encoded for many peers. */
    void sent(ByteBuffer chunk, WireContext context) {
        if (isIdle()) {
            return;
        }
        byte[] bytes = new byte[chunk.remaining()];
        chunk.duplicate().get(bytes);
        for (int at = 0; at < bytes.length; ) {
            int length = (bytes[at + LENGTH_AT] & 0xff) << 8 | bytes[at + LENGTH_AT + 1] & 0xff;
            line("-> " + text(Octets.copy(bytes, at, at + length).toArray(), context));
            at += length;
        }
    }

    private static String text(byte[] message, WireContext context) {
        try {
            return MessageText.of(MessageCodec.decode(message, context));
        } catch (BgpException ours) {
            return message.length + " bytes that we could not read ourselves: " + ours.getMessage();
        }
    }

    private void line(String text) {
        String stamped = clock.get().truncatedTo(ChronoUnit.MILLIS) + " " + text;
        List.copyOf(watchers).forEach(watcher -> watcher.accept(stamped));
    }
}
