package org.heraldlb.api.net;

/**
 * An EUI-48 address.
 *
 * @param bits the 48 bits, the first octet highest
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {

    /** ff:ff:ff:ff:ff:ff. */
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    /** 00:00:00:00:00:00. */
    public static final MacAddress ZERO = new MacAddress(0);

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits");
        }
    }

    /**
     * Reads six bytes.
     *
     * @throws IllegalArgumentException for any other length
     */
    public static MacAddress of(byte[] bytes) {
        if (bytes.length != 6) {
            throw new IllegalArgumentException("a MAC address has 6 bytes, not " + bytes.length);
        }
        long bits = 0;
        for (byte b : bytes) {
            bits = bits << 8 | b & 0xff;
        }
        return new MacAddress(bits);
    }

    /**
     * Reads {@code aa:bb:cc:dd:ee:ff}, any case.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static MacAddress parse(String text) {
        if (!text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
            throw new IllegalArgumentException("\"" + text + "\" is not a MAC address");
        }
        return new MacAddress(Long.parseLong(text.replace(":", ""), 16));
    }

    /** Six bytes, the caller's own copy. */
    public byte[] toBytes() {
        byte[] bytes = new byte[6];
        for (int i = 0; i < 6; i++) {
            bytes[i] = (byte) (bits >>> 40 - 8 * i);
        }
        return bytes;
    }

    /** True when the group bit is set: multicast or broadcast. */
    public boolean isGroup() {
        return (bits >>> 40 & 1) != 0;
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(bits, other.bits);
    }

    @Override
    public String toString() {
        return String.format("%012x", bits).replaceAll("(..)(?!$)", "$1:");
    }
}
