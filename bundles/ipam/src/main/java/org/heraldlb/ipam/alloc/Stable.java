package org.heraldlb.ipam.alloc;

import org.heraldlb.api.intent.NamespacedName;

/** Hashes that are the same on every node, in every version, for ever. */
final class Stable {

    private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
    private static final long FNV_PRIME = 0x0000_0100_0000_01b3L;

    private Stable() {}

    /** FNV-1a over {@code namespace/name}, mixed. */
    static long hash(NamespacedName name) {
        return mix(fold(fold(fold(FNV_OFFSET, name.namespace()), "/"), name.name()));
    }

    private static long fold(long from, String text) {
        long hash = from;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** The finalizer of SplitMix64. */
    static long mix(long value) {
        long z = value + 0x9e37_79b9_7f4a_7c15L;
        z = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
        return z ^ z >>> 31;
    }
}
