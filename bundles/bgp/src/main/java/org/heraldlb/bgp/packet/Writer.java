package org.heraldlb.bgp.packet;

import java.util.Arrays;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;

/** A growing array of bytes in network order. */
public final class Writer {

    private byte[] bytes;
    private int size;

    public Writer(int capacity) {
        bytes = new byte[capacity];
    }

    public int size() {
        return size;
    }

    /** The caller's own copy. */
    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** The array behind, valid up to {@link #size()} until the next write. */
    public byte[] array() {
        return bytes;
    }

    public void clear() {
        size = 0;
    }

    private void ensure(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
    }

    public Writer u8(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public Writer u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public Writer u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    public Writer u64(long value) {
        return u32(value >>> 32).u32(value);
    }

    public Writer bytes(byte[] value) {
        return bytes(value, 0, value.length);
    }

    public Writer bytes(byte[] value, int from, int count) {
        ensure(count);
        System.arraycopy(value, from, bytes, size, count);
        size += count;
        return this;
    }

    public Writer address(IpAddress address) {
        return address.isV4() ? u32(address.low()) : u64(address.high()).u64(address.low());
    }

    /** RFC 4271 section 4.3: length in bits, then only the bytes that matter. */
    public Writer prefix(IpPrefix prefix) {
        int bits = prefix.length();
        int count = (bits + 7) / 8;
        ensure(1 + count);
        byte[] target = bytes;
        int to = size;
        target[to++] = (byte) bits;
        IpAddress address = prefix.address();
        boolean v4 = address.isV4();
        for (int i = 0; i < count; i++) {
            long half = v4 ? address.low() << 32 : i < 8 ? address.high() : address.low();
            target[to++] = (byte) (half >>> 56 - (i & 7) * 8);
        }
        size = to;
        return this;
    }

    /** Overwrites two bytes that were written before. */
    public void patch16(int position, int value) {
        bytes[position] = (byte) (value >>> 8);
        bytes[position + 1] = (byte) value;
    }

    /** Overwrites a byte that was written before. */
    public void patch8(int position, int value) {
        bytes[position] = (byte) value;
    }
}
