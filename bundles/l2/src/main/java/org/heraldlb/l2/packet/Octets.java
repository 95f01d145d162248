package org.heraldlb.l2.packet;

/** Big-endian numbers in a byte array. The caller has checked the bounds. */
final class Octets {

    private Octets() {}

    static int u8(byte[] in, int at) {
        return in[at] & 0xff;
    }

    static int u16(byte[] in, int at) {
        return (in[at] & 0xff) << 8 | in[at + 1] & 0xff;
    }

    static int i32(byte[] in, int at) {
        return u16(in, at) << 16 | u16(in, at + 2);
    }

    static long u48(byte[] in, int at) {
        return (long) u16(in, at) << 32 | i32(in, at + 2) & 0xffff_ffffL;
    }

    static long i64(byte[] in, int at) {
        return (long) i32(in, at) << 32 | i32(in, at + 4) & 0xffff_ffffL;
    }

    static void put16(byte[] out, int at, int value) {
        out[at] = (byte) (value >>> 8);
        out[at + 1] = (byte) value;
    }

    static void put32(byte[] out, int at, int value) {
        put16(out, at, value >>> 16);
        put16(out, at + 2, value);
    }

    static void put48(byte[] out, int at, long value) {
        put16(out, at, (int) (value >>> 32));
        put32(out, at + 2, (int) value);
    }

    static void put64(byte[] out, int at, long value) {
        put32(out, at, (int) (value >>> 32));
        put32(out, at + 4, (int) value);
    }

    /**
     * The Internet checksum (RFC 1071) of the bytes from {@code from} up to {@code end}, on top of {@code start}; 0 over
     * bytes that hold their own.
     */
    static int sum(byte[] in, int from, int end, int start) {
        long sum = start;
        for (int at = from; at + 1 < end; at += 2) {
            sum += u16(in, at);
        }
        if ((end - from & 1) != 0) {
            sum += u8(in, end - 1) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }
}
