package org.heraldlb.ipam.alloc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpRange;

/** Addresses as disjoint ranges; adding and subtracting cost what they touch. */
final class RangeSet {

    private final TreeMap<IpAddress, IpAddress> lastByFirst = new TreeMap<>();

    /** Adds {@code range}; what overlaps it becomes one range with it. */
    void add(IpRange range) {
        IpAddress first = range.first();
        IpAddress last = range.last();
        for (IpRange other : touching(range)) {
            lastByFirst.remove(other.first());
            first = other.first().compareTo(first) < 0 ? other.first() : first;
            last = other.last().compareTo(last) > 0 ? other.last() : last;
        }
        lastByFirst.put(first, last);
    }

    /** The parts of {@code range} that are not in this set, ascending. */
    List<IpRange> missingOf(IpRange range) {
        List<IpRange> missing = new ArrayList<>();
        IpAddress at = range.first();
        for (IpRange other : touching(range)) {
            if (at.compareTo(other.first()) < 0) {
                missing.add(new IpRange(at, previous(other.first())));
            }
            if (other.last().compareTo(range.last()) >= 0) {
                return missing;
            }
            at = next(other.last());
        }
        missing.add(new IpRange(at, range.last()));
        return missing;
    }

    private List<IpRange> touching(IpRange range) {
        List<IpRange> touching = new ArrayList<>();
        IpAddress start = lastByFirst.floorKey(range.first());
        start = start == null ? range.first() : start;
        for (Map.Entry<IpAddress, IpAddress> entry : lastByFirst.tailMap(start).entrySet()) {
            if (entry.getKey().compareTo(range.last()) > 0) {
                break;
            }
            if (entry.getKey().family() == range.family() && entry.getValue().compareTo(range.first()) >= 0) {
                touching.add(new IpRange(entry.getKey(), entry.getValue()));
            }
        }
        return touching;
    }

    static IpAddress next(IpAddress address) {
        return address.plus(1);
    }

    private static IpAddress previous(IpAddress address) {
        if (address.family() == IpFamily.IPV4) {
            return new IpAddress(IpFamily.IPV4, 0, address.low() - 1);
        }
        return IpAddress.v6(address.low() == 0 ? address.high() - 1 : address.high(), address.low() - 1);
    }
}
