package org.heraldlb.l2.responder;

import java.util.Collection;
import java.util.List;

/**
 * An immutable set of claims that finds one in constant time and without allocating: open addressing over primitive
 * keys, at most half full.
 */
public final class Claims {

    public static final Claims NONE = new Claims(List.of());

    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final int shift;
    private final int mask;
    private final long[] high;
    private final long[] low;
    private final Claim[] claims;
    private final int size;

    /** Addresses are distinct; of both families, as an IPv4 address and the IPv6 address of the same number may mix. */
    public Claims(Collection<Claim> all) {
        int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, all.size()));
        shift = 64 - bits;
        mask = (1 << bits) - 1;
        high = new long[mask + 1];
        low = new long[mask + 1];
        claims = new Claim[mask + 1];
        size = all.size();
        all.forEach(this::add);
    }

    private void add(Claim claim) {
        int at = slot(claim.address().high(), claim.address().low());
        while (claims[at] != null) {
            at = at + 1 & mask;
        }
        high[at] = claim.address().high();
        low[at] = claim.address().low();
        claims[at] = claim;
    }

    private int slot(long keyHigh, long keyLow) {
        return (int) ((keyHigh * 31 + keyLow) * MIX >>> shift);
    }

    /** The claim of the IPv4 address with these 32 bits, null when there is none. */
    public Claim v4(int bits) {
        return find(0, bits & 0xffff_ffffL, true);
    }

    /** The claim of the IPv6 address of these halves, null when there is none. */
    public Claim v6(long keyHigh, long keyLow) {
        return find(keyHigh, keyLow, false);
    }

    private Claim find(long keyHigh, long keyLow, boolean v4) {
        int at = slot(keyHigh, keyLow);
        while (claims[at] != null) {
            if (low[at] == keyLow && high[at] == keyHigh && claims[at].address().isV4() == v4) {
                return claims[at];
            }
            at = at + 1 & mask;
        }
        return null;
    }

    public int size() {
        return size;
    }
}
