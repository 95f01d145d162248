package org.heraldlb.api.bgp;

/**
 * A large community (RFC 8092); each part has 32 bits.
 *
 * @param global global administrator
 * @param local1 first local part
 * @param local2 second local part
 */
public record LargeCommunity(int global, int local1, int local2) implements Comparable<LargeCommunity> {

    @Override
    public int compareTo(LargeCommunity other) {
        int byGlobal = Integer.compareUnsigned(global, other.global);
        if (byGlobal != 0) {
            return byGlobal;
        }
        int byLocal1 = Integer.compareUnsigned(local1, other.local1);
        return byLocal1 != 0 ? byLocal1 : Integer.compareUnsigned(local2, other.local2);
    }

    @Override
    public String toString() {
        return Integer.toUnsignedString(global) + ":" + Integer.toUnsignedString(local1) + ":"
                + Integer.toUnsignedString(local2);
    }
}
