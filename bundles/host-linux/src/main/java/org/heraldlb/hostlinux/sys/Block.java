package org.heraldlb.hostlinux.sys;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Native memory that both the kernel and a {@link ByteBuffer} see, in the machine's byte order. Freed with this object. */
public final class Block {

    private final Memory memory;
    private final ByteBuffer bytes;
    private final long address;

    /** All zeros. */
    public Block(int length) {
        memory = new Memory(length);
        memory.clear();
        bytes = memory.getByteBuffer(0, length).order(ByteOrder.nativeOrder());
        address = Pointer.nativeValue(memory);
    }

    public ByteBuffer bytes() {
        return bytes;
    }

    /** The address of the byte at {@code offset}. */
    public long address(int offset) {
        return address + offset;
    }

    public int length() {
        return (int) memory.size();
    }
}
