package org.heraldlb.api.bgp;

/**
 * A BGP community (RFC 1997).
 *
 * @param value 32 bits
 */
public record Community(int value) implements Comparable<Community> {

    public static final Community NO_EXPORT = new Community(0xffff_ff01);
    public static final Community NO_ADVERTISE = new Community(0xffff_ff02);
    /** RFC 8326. */
    public static final Community GRACEFUL_SHUTDOWN = new Community(0xffff_0000);

    /** Both halves 0 to 65535. */
    public static Community of(int high, int low) {
        if (high >>> 16 != 0 || low >>> 16 != 0) {
            throw new IllegalArgumentException("a community is two 16-bit numbers, not " + high + ":" + low);
        }
        return new Community(high << 16 | low);
    }

    @Override
    public int compareTo(Community other) {
        return Integer.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return (value >>> 16) + ":" + (value & 0xffff);
    }
}
