package org.heraldlb.bgp.packet;

/** Decisions out of the bytes of a fuzzer; zeros when they are used up. */
public final class Feed {

    private final byte[] bytes;
    private int at;

    public Feed(byte... bytes) {
        this.bytes = bytes;
    }

    public boolean hasMore() {
        return at < bytes.length;
    }

    /** 0 to 255. */
    public int octet() {
        return at < bytes.length ? bytes[at++] & 0xff : 0;
    }

    /** 0 to {@code bound} - 1, at most 256 of them. */
    public int below(int bound) {
        return octet() % bound;
    }

    /** Up to {@code most} bytes, as many as the next byte says. */
    public byte[] some(int most) {
        byte[] out = new byte[Math.min(octet(), most)];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) octet();
        }
        return out;
    }
}
