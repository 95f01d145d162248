package org.heraldlb.ipam.alloc;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpRange;

/**
 * The addresses of one family of one pool, laid out as a row of positions in declared order, and which of them are free.
 * The row is a window: automatic choice looks at the first 2<sup>63</sup>-1 positions only, which nobody exhausts; an
 * address beyond the window can still be asked for. Positions that are in use, kept for somebody or confusing to old
 * devices are not free.
 */
final class FamilySpace {

    /** MetalLB counts a prefix with this many host bits as endless. */
    private static final int ENDLESS_BITS = 62;

    /** Spreading carves confusing addresses out beforehand; this bounds how many. */
    private static final long CARVED_WINDOW = 1L << 24;

    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(ENDLESS_BITS);

    private final AddressPool pool;
    private final List<Piece> pieces = new ArrayList<>();
    private final Gaps gaps = new Gaps();
    private final Map<SharingKey, ShareGroup> groups = new HashMap<>();
    private long[] starts = {};
    private long total;
    private long capacity;
    private long assigned;

    FamilySpace(AddressPool pool) {
        this.pool = pool;
    }

    /** Adds addresses behind those that are there; they overlap nothing. */
    Piece append(PoolSpace owner, IpRange range) {
        long span = Math.min(window() - total, distance(range.first(), range.last()) + 1);
        Piece piece = new Piece(range.first(), range.last(), owner, total, Math.max(0, span));
        pieces.add(piece);
        if (piece.span() > 0) {
            gaps.add(total, total + piece.span() - 1);
            total += piece.span();
        }
        capacity = plusSaturating(capacity, size(range));
        return piece;
    }

    private long window() {
        boolean carves = pool.avoidBuggyIps() && pool.rules().strategy() == AddressPool.Strategy.SPREAD;
        return carves ? CARVED_WINDOW : Long.MAX_VALUE;
    }

    /** Call once after the last {@link #append}. */
    void seal() {
        starts = pieces.stream().mapToLong(Piece::start).toArray();
        if (pool.avoidBuggyIps() && pool.rules().strategy() == AddressPool.Strategy.SPREAD) {
            pieces.forEach(this::carve);
        }
    }

    private void carve(Piece piece) {
        for (long at = 0; piece.first().isV4() && at < piece.span(); ) {
            int octet = (int) (piece.first().low() + at & 255);
            if (octet == 0 || octet == 255) {
                gaps.take(piece.start() + at);
            }
            at += octet == 255 ? 1 : Math.max(1, 255 - octet);
        }
    }

    /** From 0 to {@link Long#MAX_VALUE}-1; what is further away is cut off. */
    static long distance(IpAddress from, IpAddress to) {
        long low = to.low() - from.low();
        long high = to.high() - from.high() - (Long.compareUnsigned(to.low(), from.low()) < 0 ? 1 : 0);
        return high != 0 || low < 0 || low == Long.MAX_VALUE ? Long.MAX_VALUE - 1 : low;
    }

    private long size(IpRange range) {
        BigInteger size = range.size();
        if (size.compareTo(LIMIT) >= 0) {
            return Long.MAX_VALUE;
        }
        boolean v4 = range.family() == IpFamily.IPV4;
        long buggy = pool.avoidBuggyIps() && v4
                ? buggyUpTo(range.last().low()) - buggyUpTo(range.first().low() - 1)
                : 0;
        return size.longValueExact() - buggy;
    }

    private static long buggyUpTo(long address) {
        return address < 0 ? 0 : (address >> 8) * 2 + ((address & 255) == 255 ? 2 : 1);
    }

    private static long plusSaturating(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    boolean isPresent() {
        return !pieces.isEmpty();
    }

    /** True when automatic choice would find nothing that is free. */
    boolean isExhausted(NamespacedName name) {
        return pick(name) == null;
    }

    /** The free address that the pool's strategy has for a service of this name, or null. */
    IpAddress pick(NamespacedName name) {
        for (long at = candidate(name); at != Gaps.NONE; at = candidate(name)) {
            IpAddress address = at(at);
            if (!pool.avoidBuggyIps() || !AddressPool.isBuggy(address)) {
                return address;
            }
            gaps.take(at);
        }
        return null;
    }

    private long candidate(NamespacedName name) {
        return switch (pool.rules().strategy()) {
            case LOWEST -> gaps.lowest();
            case SPREAD -> gaps.middleOfWidest();
            case RANDOM_STABLE -> stablePlace(name);
        };
    }

    private long stablePlace(NamespacedName name) {
        long found = total == 0 ? Gaps.NONE : gaps.atOrAfter(Math.floorMod(Stable.hash(name), total));
        return found == Gaps.NONE ? gaps.lowest() : found;
    }

    /** Pieces beyond the window start where it ends, so that no position falls into them. */
    private IpAddress at(long position) {
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Piece piece = pieces.get(low);
        return piece.first().plus(position - piece.start());
    }

    /** Nobody may choose this address any more. */
    void take(Piece piece, IpAddress address) {
        long position = piece.position(address);
        if (position != Gaps.NONE) {
            gaps.take(position);
        }
    }

    /** Undoes {@link #take}. */
    void free(Piece piece, IpAddress address) {
        long position = piece.position(address);
        if (position != Gaps.NONE && !gaps.isFree(position)) {
            gaps.add(position, position);
        }
    }

    void countAssigned(int change) {
        assigned += change;
    }

    long assigned() {
        return assigned;
    }

    long capacity() {
        return capacity;
    }

    /** What {@code PoolUsage} calls available. */
    long available() {
        return capacity == Long.MAX_VALUE ? Long.MAX_VALUE : capacity - assigned;
    }

    /** The addresses in use under {@code key}, or null. */
    ShareGroup group(SharingKey key) {
        return groups.get(key);
    }

    void joinGroup(SharingKey key, IpAddress address) {
        groups.computeIfAbsent(key, any -> new ShareGroup()).add(address);
    }

    void leaveGroup(SharingKey key, IpAddress address) {
        ShareGroup group = groups.get(key);
        if (group != null && group.remove(address)) {
            groups.remove(key);
        }
    }
}
