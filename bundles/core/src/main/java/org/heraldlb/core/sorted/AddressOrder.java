package org.heraldlb.core.sorted;

import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;

/**
 * Puts many addresses or prefixes in order. Comparing them as objects waits for memory at each of the n log n steps, which
 * was a quarter of a whole plan; here they are copied into columns first, which stay in the cache. The order is that of
 * {@link IpAddress#compareTo} and {@link IpPrefix#compareTo}.
 */
final class AddressOrder {

    private final byte[] family;
    private final long[] high;
    private final long[] low;
    private final short[] length;

    private AddressOrder(int size) {
        family = new byte[size];
        high = new long[size];
        low = new long[size];
        length = new short[size];
    }

    /** The places of {@code keys} in ascending order of the keys; null when one is neither an address nor a prefix. */
    static int[] of(Object[] keys) {
        AddressOrder order = new AddressOrder(keys.length);
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] instanceof IpAddress address) {
                order.set(i, address, 0);
            } else if (keys[i] instanceof IpPrefix prefix) {
                order.set(i, prefix.address(), prefix.length());
            } else {
                return null;
            }
        }
        return order.sorted();
    }

    private void set(int at, IpAddress address, int prefixLength) {
        family[at] = (byte) address.family().ordinal();
        high[at] = address.high();
        low[at] = address.low();
        length[at] = (short) prefixLength;
    }

    private int[] sorted() {
        int size = family.length;
        int[] from = new int[size];
        int[] to = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        for (int run = 1; run < size; run *= 2) {
            for (int start = 0; start < size; start += 2 * run) {
                merge(from, to, start, Math.min(start + run, size), Math.min(start + 2 * run, size));
            }
            int[] merged = to;
            to = from;
            from = merged;
        }
        return from;
    }

    private void merge(int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft = right == end || left < middle && compare(from[left], from[right]) <= 0;
            to[at] = takeLeft ? from[left++] : from[right++];
        }
    }

    private int compare(int a, int b) {
        if (family[a] != family[b]) {
            return family[a] - family[b];
        }
        if (high[a] != high[b]) {
            return Long.compareUnsigned(high[a], high[b]);
        }
        return low[a] != low[b] ? Long.compareUnsigned(low[a], low[b]) : length[a] - length[b];
    }
}
