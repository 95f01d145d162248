package org.heraldlb.api.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 address without a zone. Ordered by family, then numerically. An IPv4 address lives in the low 32 bits
 * of {@code low}; IPv4-mapped IPv6 text ({@code ::ffff:192.0.2.1}) is read as IPv4, as Go's {@code net.ParseIP} does, so
 * that Herald and MetalLB mean the same address.
 *
 * @param family the family
 * @param high the upper 64 bits, 0 for IPv4
 * @param low the lower 64 bits
 */
public record IpAddress(IpFamily family, long high, long low) implements Comparable<IpAddress> {

    private static final long V4_MASK = 0xffff_ffffL;

    public IpAddress {
        if (family == IpFamily.IPV4 && (high != 0 || (low & ~V4_MASK) != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    /** The IPv4 address whose 32 bits are {@code bits}. */
    public static IpAddress v4(int bits) {
        return new IpAddress(IpFamily.IPV4, 0, bits & V4_MASK);
    }

    /** The IPv6 address of the two halves. */
    public static IpAddress v6(long high, long low) {
        return new IpAddress(IpFamily.IPV6, high, low);
    }

    /**
     * Reads dotted-quad IPv4 or RFC 4291 IPv6 text; no zone, no blanks, no leading zeros in IPv4 octets.
     *
     * @throws IllegalArgumentException when {@code text} is neither
     */
    public static IpAddress parse(String text) {
        return IpText.parse(text);
    }

    /**
     * Reads 4 or 16 bytes in network order. Sixteen bytes always make an IPv6 address.
     *
     * @throws IllegalArgumentException for any other length
     */
    public static IpAddress of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return switch (bytes.length) {
            case 4 -> v4(in.getInt());
            case 16 -> v6(in.getLong(), in.getLong());
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    /** The address without its zone. */
    public static IpAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    /** 4 or 16 bytes in network order; the caller's own copy. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(family.bytes());
        if (family == IpFamily.IPV4) {
            return out.putInt((int) low).array();
        }
        return out.putLong(high).putLong(low).array();
    }

    /** The JDK's form, without a zone and without a host name. */
    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(toBytes());
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public boolean isV4() {
        return family == IpFamily.IPV4;
    }

    public boolean isV6() {
        return family == IpFamily.IPV6;
    }

    /** 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291). */
    public boolean isLinkLocal() {
        return isV4() ? low >>> 16 == 0xa9fe : high >>> 54 == 0x3faL;
    }

    /** 127.0.0.0/8 or ::1. */
    public boolean isLoopback() {
        return isV4() ? low >>> 24 == 127 : high == 0 && low == 1;
    }

    /** 224.0.0.0/4 or ff00::/8. */
    public boolean isMulticast() {
        return isV4() ? low >>> 28 == 0xe : high >>> 56 == 0xff;
    }

    /** 0.0.0.0 or ::. */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    /**
     * The address {@code step} places further.
     *
     * @param step not negative
     * @throws ArithmeticException past the end of the family
     */
    public IpAddress plus(long step) {
        long newLow = low + step;
        if (isV4()) {
            if (newLow > V4_MASK || newLow < 0) {
                throw new ArithmeticException(this + " + " + step + " is past the end of IPv4");
            }
            return new IpAddress(family, 0, newLow);
        }
        long newHigh = Long.compareUnsigned(newLow, low) < 0 ? high + 1 : high;
        if (newHigh == 0 && high != 0) {
            throw new ArithmeticException(this + " + " + step + " is past the end of IPv6");
        }
        return new IpAddress(family, newHigh, newLow);
    }

    @Override
    public int compareTo(IpAddress other) {
        int byFamily = family.compareTo(other.family);
        if (byFamily != 0) {
            return byFamily;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public int hashCode() {
        long mixed = (high * 31 + low) * 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 32) + family.ordinal();
    }

    /** Canonical text: dotted quad, or RFC 5952. */
    @Override
    public String toString() {
        return IpText.format(this);
    }
}
