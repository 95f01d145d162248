package org.heraldlb.core.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.AllocationRequest.Released;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.runtime.PersistentMap;

/**
 * What all records together say. Immutable.
 *
 * @param held by service
 * @param released addresses in their grace time
 */
public record LedgerState(
        PersistentMap<NamespacedName, LedgerRecord.Hold> held, SortedMap<IpAddress, Released> released) {

    public static final LedgerState EMPTY = new LedgerState(PersistentMap.empty(), new TreeMap<>());

    public LedgerState {
        released = Collections.unmodifiableSortedMap(new TreeMap<>(released));
    }

    /** The state after {@code records}, in order. */
    public LedgerState after(List<LedgerRecord> records) {
        PersistentMap<NamespacedName, LedgerRecord.Hold> nextHeld = held;
        SortedMap<IpAddress, Released> nextReleased = new TreeMap<>(released);
        for (LedgerRecord record : records) {
            if (record instanceof LedgerRecord.Hold hold) {
                nextHeld = nextHeld.with(hold.service(), hold);
            } else if (record instanceof LedgerRecord.Drop drop) {
                nextHeld = nextHeld.without(drop.service());
            } else if (record instanceof LedgerRecord.Release release) {
                nextReleased.put(release.address(), new Released(release.by(), release.until()));
            } else if (record instanceof LedgerRecord.Expire expire) {
                nextReleased.remove(expire.address());
            }
        }
        return new LedgerState(nextHeld, nextReleased);
    }

    /** How many records make this state from nothing. */
    public int size() {
        return held.size() + released.size();
    }

    /** The fewest records that make this state from nothing. */
    public List<LedgerRecord> toRecords() {
        List<LedgerRecord> records = new ArrayList<>(held.values());
        released.forEach((address, kept) -> records.add(new LedgerRecord.Release(address, kept.by(), kept.until())));
        return records;
    }

    /** The records that lead from this state to {@code next}; empty when they are the same. Costs what changed. */
    public List<LedgerRecord> changesTo(LedgerState next) {
        List<LedgerRecord> changes = new ArrayList<>();
        PersistentMap.diff(held, next.held, (service, was, is) -> {
            if (is == null) {
                changes.add(new LedgerRecord.Drop(service));
            } else if (!is.equals(was)) {
                changes.add(is);
            }
        });
        released.keySet().stream()
                .filter(address -> !next.released.containsKey(address))
                .forEach(address -> changes.add(new LedgerRecord.Expire(address)));
        next.released.forEach((address, kept) -> {
            if (!kept.equals(released.get(address))) {
                changes.add(new LedgerRecord.Release(address, kept.by(), kept.until()));
            }
        });
        return changes;
    }
}
