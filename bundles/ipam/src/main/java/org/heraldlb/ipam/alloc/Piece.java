package org.heraldlb.ipam.alloc;

import org.heraldlb.api.net.IpAddress;

/**
 * Neighbouring addresses of one pool.
 *
 * @param first lowest address
 * @param last highest address
 * @param pool whose they are
 * @param start position of {@code first} in the pool's row
 * @param span how many of them have a position, from 0
 */
record Piece(IpAddress first, IpAddress last, PoolSpace pool, long start, long span) {

    boolean contains(IpAddress address) {
        return first.family() == address.family() && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    /** The position of an address of this piece, or {@link Gaps#NONE} when it has none. */
    long position(IpAddress address) {
        long distance = FamilySpace.distance(first, address);
        return distance < span ? start + distance : Gaps.NONE;
    }
}
