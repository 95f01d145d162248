package org.heraldlb.api.net;

/**
 * A CIDR prefix. Host bits are masked away, so {@code 10.20.30.40/24} and {@code 10.20.30.0/24} are equal.
 *
 * @param address the first address
 * @param length 0 to 32, or 0 to 128
 */
public record IpPrefix(IpAddress address, int length) implements Comparable<IpPrefix> {

    public IpPrefix {
        if (length < 0 || length > address.family().bits()) {
            throw new IllegalArgumentException("a prefix length of " + address.family() + " is 0 to "
                    + address.family().bits() + ", not " + length);
        }
        address = mask(address, length);
    }

    /** The prefix that holds {@code address} alone. */
    public static IpPrefix host(IpAddress address) {
        return new IpPrefix(address, address.family().bits());
    }

    /**
     * Reads {@code address/length}.
     *
     * @throws IllegalArgumentException when {@code text} is anything else
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not a prefix: it has no /length");
        }
        return new IpPrefix(IpAddress.parse(text.substring(0, slash)), length(text, slash));
    }

    private static int length(String text, int slash) {
        int digits = text.length() - slash - 1;
        if (digits < 1 || digits > 3 || !text.chars().skip(slash + 1).allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("\"" + text + "\" is not a prefix: its length is not a number");
        }
        return Integer.parseInt(text, slash + 1, text.length(), 10);
    }

    private static IpAddress mask(IpAddress address, int length) {
        if (address.isV4()) {
            long mask = length == 0 ? 0 : 0xffff_ffffL << 32 - length & 0xffff_ffffL;
            return new IpAddress(IpFamily.IPV4, 0, address.low() & mask);
        }
        return IpAddress.v6(address.high() & bits(length), address.low() & bits(length - 64));
    }

    private static long bits(int ones) {
        return ones <= 0 ? 0 : ones >= 64 ? -1L : -1L << 64 - ones;
    }

    public IpFamily family() {
        return address.family();
    }

    public boolean contains(IpAddress other) {
        return other.family() == family() && mask(other, length).equals(address);
    }

    public boolean contains(IpPrefix other) {
        return other.length >= length && contains(other.address);
    }

    public boolean overlaps(IpPrefix other) {
        return contains(other) || other.contains(this);
    }

    /** The last address. */
    public IpAddress last() {
        if (family() == IpFamily.IPV4) {
            long hostMask = length == 0 ? 0xffff_ffffL : 0xffff_ffffL >>> length;
            return new IpAddress(IpFamily.IPV4, 0, address.low() | hostMask);
        }
        return IpAddress.v6(address.high() | ~bits(length), address.low() | ~bits(length - 64));
    }

    public IpRange range() {
        return new IpRange(address, last());
    }

    /** True when it holds one address. */
    public boolean isHost() {
        return length == family().bits();
    }

    @Override
    public int compareTo(IpPrefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
