package org.heraldlb.bgp.rib;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.heraldlb.bgp.packet.MessageCodec;
import org.heraldlb.bgp.packet.Writer;

/** Collects messages into chunks. */
final class ChunkWriter {

    /** As much as goes into one write to a socket. */
    static final int CHUNK = 64 * 1024;

    /** Small batches stay on the heap: memory outside of it is dear to get and late to be given back. */
    private static final int DIRECT_FROM = 16 * 1024;

    private final Writer out = new Writer(4096);
    private final List<ByteBuffer> chunks = new ArrayList<>();
    private int messages;
    private long bytes;

    /** Where the next message is to be written; call {@link #begin} first. */
    Writer out() {
        return out;
    }

    int begin(int type) {
        return MessageCodec.begin(out, type);
    }

    void finish(int start) {
        MessageCodec.finish(out, start);
        messages++;
        if (out.size() >= CHUNK - 4096) {
            cut();
        }
    }

    private void cut() {
        int size = out.size();
        bytes += size;
        ByteBuffer chunk = size >= DIRECT_FROM ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        chunks.add(chunk.put(out.array(), 0, size).flip());
        out.clear();
    }

    Batch batch(int tableSize) {
        if (out.size() > 0) {
            cut();
        }
        return new Batch(chunks, messages, bytes, tableSize);
    }
}
