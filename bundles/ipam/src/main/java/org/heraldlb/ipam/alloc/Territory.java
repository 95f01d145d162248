package org.heraldlb.ipam.alloc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.net.IpRange;

/**
 * All pools and whose each address is. An address belongs to one pool: where pools overlap, against the rules, it belongs
 * to the first one by name. Pools are looked through in the order of their names, entries in the order of their
 * declaration.
 */
final class Territory {

    private static final Comparator<PoolSpace> BY_PRIORITY =
            Comparator.comparingInt(PoolSpace::rank).thenComparing(PoolSpace::name);

    private final Map<String, PoolSpace> pools = new TreeMap<>();
    private final List<PoolSpace> pinned;
    private final List<PoolSpace> general;
    private final List<Problem> problems = new ArrayList<>();
    private final Piece[] pieces;

    Territory(Collection<AddressPool> all, Collection<Namespace> namespaces) {
        List<AddressPool> byName = new ArrayList<>(all);
        byName.sort(Comparator.comparing(AddressPool::name));
        RangeSet taken = new RangeSet();
        List<Piece> found = new ArrayList<>();
        for (AddressPool pool : byName) {
            PoolSpace space = new PoolSpace(pool, namespaces);
            pools.put(pool.name(), space);
            settle(space, taken, found);
        }
        found.sort(Comparator.comparing(Piece::first));
        pieces = found.toArray(Piece[]::new);
        pinned = automatic(PoolSpace::isPinned, BY_PRIORITY);
        general = automatic(space -> !space.isPinned(), Comparator.comparing(PoolSpace::name));
    }

    private List<PoolSpace> automatic(Predicate<PoolSpace> which, Comparator<PoolSpace> order) {
        return pools.values().stream()
                .filter(space -> space.pool().autoAssign())
                .filter(which)
                .sorted(order)
                .toList();
    }

    private void settle(PoolSpace space, RangeSet taken, List<Piece> found) {
        RangeSet excluded = new RangeSet();
        space.pool().rules().excluded().forEach(excluded::add);
        for (AddressPool.Entry entry : space.pool().entries()) {
            for (IpRange range : merged(entry.prefixes())) {
                List<IpRange> own = taken.missingOf(range);
                if (own.size() != 1 || !own.get(0).equals(range)) {
                    problems.add(overlap(space, entry));
                }
                taken.add(range);
                for (IpRange part : own) {
                    excluded.missingOf(part)
                            .forEach(
                                    rest -> found.add(space.space(rest.family()).append(space, rest)));
                }
            }
        }
        space.space(IpFamily.IPV4).seal();
        space.space(IpFamily.IPV6).seal();
    }

    private static Problem overlap(PoolSpace space, AddressPool.Entry entry) {
        return Problem.error(
                "overlappingPrefix",
                space.pool().ref().toString(),
                "\"" + entry.text() + "\" overlaps with already defined CIDR; the earlier one has those addresses");
    }

    private static List<IpRange> merged(List<IpPrefix> prefixes) {
        List<IpRange> ranges = new ArrayList<>();
        for (IpPrefix prefix : prefixes) {
            IpRange before = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (before != null && isNext(before, prefix)) {
                ranges.set(ranges.size() - 1, new IpRange(before.first(), prefix.last()));
            } else {
                ranges.add(prefix.range());
            }
        }
        return ranges;
    }

    private static boolean isNext(IpRange before, IpPrefix prefix) {
        IpAddress last = before.last();
        return before.family() == prefix.family()
                && last.compareTo(prefix.address()) < 0
                && RangeSet.next(last).equals(prefix.address());
    }

    boolean isEmpty() {
        return pools.isEmpty();
    }

    /** By name. */
    Collection<PoolSpace> pools() {
        return pools.values();
    }

    /** The pool of this name, or null. */
    PoolSpace pool(String name) {
        return pools.get(name);
    }

    /** Faults of the pools. */
    List<Problem> problems() {
        return problems;
    }

    /** The piece that an address lies in, or null: in no pool, excluded, or confusing where the pool avoids that. */
    Piece find(IpAddress address) {
        int low = 0;
        int high = pieces.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (pieces[middle].first().compareTo(address) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high >= 0 && holds(pieces[high], address) ? pieces[high] : null;
    }

    private static boolean holds(Piece piece, IpAddress address) {
        return piece.contains(address) && !(piece.pool().pool().avoidBuggyIps() && AddressPool.isBuggy(address));
    }

    /** The pinned pools that pull a service, best first. */
    List<PoolSpace> pinnedFor(ServiceIntent service) {
        if (pinned.isEmpty()) {
            return List.of();
        }
        List<PoolSpace> pulling = new ArrayList<>(pinned.size());
        for (PoolSpace space : pinned) {
            if (space.pulls(service)) {
                pulling.add(space);
            }
        }
        return pulling;
    }

    /** The pools that serve whoever asks for nothing, by name. */
    List<PoolSpace> general() {
        return general;
    }
}
