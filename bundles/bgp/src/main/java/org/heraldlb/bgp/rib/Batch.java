package org.heraldlb.bgp.rib;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Messages, encoded. Immutable: whoever writes a chunk takes a {@link ByteBuffer#duplicate()}.
 *
 * @param chunks each holds whole messages only
 * @param messages how many
 * @param bytes how many
 * @param tableSize how many routes the peer knows once it has read them
 */
public record Batch(List<ByteBuffer> chunks, int messages, long bytes, int tableSize) {

    public Batch {
        chunks = List.copyOf(chunks);
    }
}
