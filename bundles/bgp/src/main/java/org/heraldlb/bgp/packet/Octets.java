package org.heraldlb.bgp.packet;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable string of bytes with value equality; prints as hex. */
public final class Octets {

    public static final Octets EMPTY = new Octets(new byte[0]);

    private static final int SHOWN = 64;

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of {@code bytes}. */
    public static Octets of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
    }

    /** Each int is one byte, 0 to 255. */
    public static Octets ofInts(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new Octets(bytes);
    }

    /** A copy of the bytes from {@code from} to before {@code to}. */
    public static Octets copy(byte[] bytes, int from, int to) {
        return from == to ? EMPTY : new Octets(Arrays.copyOfRange(bytes, from, to));
    }

    public int length() {
        return bytes.length;
    }

    /** The byte at {@code index}, 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /** The caller's own copy. */
    public byte[] toArray() {
        return bytes.clone();
    }

    void writeTo(Writer out) {
        out.bytes(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN));
        return bytes.length > SHOWN ? hex + "... (" + bytes.length + " bytes)" : hex;
    }
}
