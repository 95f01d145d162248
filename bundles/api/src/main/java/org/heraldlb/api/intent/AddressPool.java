package org.heraldlb.api.intent;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.net.IpRange;

/**
 * A pool of addresses (MetalLB {@code IPAddressPool}).
 *
 * @param ref kind {@link Kind#IP_ADDRESS_POOL}
 * @param origin where it comes from
 * @param labels for the pool selectors of advertisements
 * @param entries {@code spec.addresses}, in declared order
 * @param autoAssign false: used only when a service asks for it
 * @param avoidBuggyIps true: IPv4 addresses ending in 0 or 255 are not part of the pool
 * @param serviceAllocation present: a pinned pool, never used by the general automatic pass
 * @param rules what Herald adds to MetalLB's pools
 */
public record AddressPool(
        ObjectRef ref,
        Origin origin,
        Map<String, String> labels,
        List<Entry> entries,
        boolean autoAssign,
        boolean avoidBuggyIps,
        Optional<ServiceAllocation> serviceAllocation,
        Rules rules)
        implements ConfigObject {

    /**
     * One item of {@code spec.addresses}.
     *
     * @param text as written
     * @param prefixes the fewest CIDRs that cover it, ascending
     */
    public record Entry(String text, List<IpPrefix> prefixes) {
        public Entry {
            prefixes = List.copyOf(prefixes);
        }
    }

    /**
     * Whom a pinned pool serves.
     *
     * @param priority lower positive numbers first; 0 comes last
     * @param namespaces by name
     * @param namespaceSelectors by label; matched namespaces are added to {@code namespaces}
     * @param serviceSelectors ORed; ANDed with the namespaces
     */
    public record ServiceAllocation(
            int priority,
            Set<String> namespaces,
            List<LabelSelector> namespaceSelectors,
            List<LabelSelector> serviceSelectors) {
        public ServiceAllocation {
            namespaces = Collections.unmodifiableSet(new TreeSet<>(namespaces));
            namespaceSelectors = List.copyOf(namespaceSelectors);
            serviceSelectors = List.copyOf(serviceSelectors);
        }
    }

    /** Which free address of a pool is taken. */
    public enum Strategy {
        /** The lowest free one in declared order: MetalLB's. */
        LOWEST,
        /** The middle of the widest free gap, so that neighbours stay free. */
        SPREAD,
        /** A place that depends on the service's name only, so that a service finds its address again. */
        RANDOM_STABLE
    }

    /**
     * Extensions of {@code heraldlb.org/v1}.
     *
     * @param excluded never handed out, not part of the pool
     * @param strategy which free address is taken
     * @param releaseGrace how long a released address is kept from other services, zero for not at all
     */
    public record Rules(List<IpRange> excluded, Strategy strategy, Duration releaseGrace) {
        public static final Rules METALLB = new Rules(List.of(), Strategy.LOWEST, Duration.ZERO);

        public Rules {
            excluded = List.copyOf(excluded);
        }
    }

    public AddressPool {
        labels = Map.copyOf(labels);
        entries = List.copyOf(entries);
    }

    /** True when the pool may hand the address out at all: in a prefix, not excluded, not buggy where that matters. */
    public boolean contains(IpAddress address) {
        if (avoidBuggyIps && isBuggy(address)) {
            return false;
        }
        return inEntries(address) && rules.excluded().stream().noneMatch(range -> range.contains(address));
    }

    private boolean inEntries(IpAddress address) {
        for (Entry entry : entries) {
            for (IpPrefix prefix : entry.prefixes()) {
                if (prefix.contains(address)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** An IPv4 address whose last octet is 0 or 255: old devices take it for a network or broadcast address. */
    public static boolean isBuggy(IpAddress address) {
        long last = address.low() & 255;
        return address.isV4() && (last == 0 || last == 255);
    }
}
