package org.heraldlb.ipam.alloc;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.heraldlb.api.intent.ServiceIntent.Port;
import org.heraldlb.api.net.IpAddress;

/**
 * The addresses of one family of a pool that are in use under one sharing key. Remembers for each set of ports up to
 * where all addresses have a clash, so that a thousand services with one key and one port do not look at each other.
 */
final class ShareGroup {

    private final TreeSet<IpAddress> addresses = new TreeSet<>();
    private final Map<Set<Port>, IpAddress> clashUpTo = new HashMap<>();

    void add(IpAddress address) {
        if (!addresses.isEmpty() && address.compareTo(addresses.last()) < 0) {
            clashUpTo.clear();
        }
        addresses.add(address);
    }

    /** True when none is left. */
    boolean remove(IpAddress address) {
        addresses.remove(address);
        clashUpTo.clear();
        return addresses.isEmpty();
    }

    /** Somebody left an address that stays in use. */
    void forgetClashes() {
        clashUpTo.clear();
    }

    /** The lowest address that suits, or null; an address that does not suit these ports now will not until it is left. */
    IpAddress lowest(Set<Port> ports, Predicate<IpAddress> suits) {
        IpAddress from = clashUpTo.get(ports);
        IpAddress last = null;
        for (IpAddress address : from == null ? addresses : addresses.tailSet(from, false)) {
            if (suits.test(address)) {
                return address;
            }
            last = address;
        }
        if (last != null) {
            clashUpTo.put(ports, last);
        }
        return null;
    }
}
