package org.heraldlb.api.net;

/** The two address families, in the order in which they are shown. */
public enum IpFamily {
    IPV4(32),
    IPV6(128);

    private final int bits;

    IpFamily(int bits) {
        this.bits = bits;
    }

    /** Length of an address, 32 or 128. */
    public int bits() {
        return bits;
    }

    /** Length of an address, 4 or 16. */
    public int bytes() {
        return bits / 8;
    }
}
