package org.heraldlb.api.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * All addresses from {@code first} to {@code last}, both included.
 *
 * @param first not after {@code last}
 * @param last of the same family
 */
public record IpRange(IpAddress first, IpAddress last) implements Comparable<IpRange> {

    public IpRange {
        if (first.family() != last.family()) {
            throw new IllegalArgumentException("a range has one family: " + first + "-" + last);
        }
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("a range starts before it ends: " + first + "-" + last);
        }
    }

    public IpFamily family() {
        return first.family();
    }

    public boolean contains(IpAddress address) {
        return address.family() == family() && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    public boolean overlaps(IpRange other) {
        return other.family() == family() && first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }

    /** The number of addresses, exact. */
    public BigInteger size() {
        return number(last).subtract(number(first)).add(BigInteger.ONE);
    }

    /** The fewest prefixes that hold these addresses and no others, ascending. */
    public List<IpPrefix> toPrefixes() {
        List<IpPrefix> prefixes = new ArrayList<>();
        IpAddress at = first;
        while (true) {
            IpPrefix prefix = widestFrom(at);
            prefixes.add(prefix);
            if (prefix.last().equals(last)) {
                return List.copyOf(prefixes);
            }
            at = prefix.last().plus(1);
        }
    }

    private IpPrefix widestFrom(IpAddress at) {
        int length = family().bits();
        while (length > 0) {
            IpPrefix wider = new IpPrefix(at, length - 1);
            if (!wider.address().equals(at) || wider.last().compareTo(last) > 0) {
                break;
            }
            length--;
        }
        return new IpPrefix(at, length);
    }

    private static BigInteger number(IpAddress address) {
        return new BigInteger(1, address.toBytes());
    }

    @Override
    public int compareTo(IpRange other) {
        int byFirst = first.compareTo(other.first);
        return byFirst != 0 ? byFirst : last.compareTo(other.last);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
