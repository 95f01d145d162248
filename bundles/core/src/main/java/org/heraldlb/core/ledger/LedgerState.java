package org.heraldlb.core.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.AllocationRequest.Released;
import org.heraldlb.api.net.IpAddress;

/**
 * What all records together say. Immutable.
 *
 * @param held by service
 * @param released addresses in their grace time
 */
public record LedgerState(SortedMap<NamespacedName, LedgerRecord.Hold> held, SortedMap<IpAddress, Released> released) {

    public static final LedgerState EMPTY = new LedgerState(new TreeMap<>(), new TreeMap<>());

    public LedgerState {
        held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
        released = Collections.unmodifiableSortedMap(new TreeMap<>(released));
    }

    /** The state after {@code records}, in order. */
    public LedgerState after(List<LedgerRecord> records) {
        SortedMap<NamespacedName, LedgerRecord.Hold> nextHeld = new TreeMap<>(held);
        SortedMap<IpAddress, Released> nextReleased = new TreeMap<>(released);
        for (LedgerRecord record : records) {
            if (record instanceof LedgerRecord.Hold hold) {
                nextHeld.put(hold.service(), hold);
            } else if (record instanceof LedgerRecord.Drop drop) {
                nextHeld.remove(drop.service());
            } else if (record instanceof LedgerRecord.Release release) {
                nextReleased.put(release.address(), new Released(release.by(), release.until()));
            } else if (record instanceof LedgerRecord.Expire expire) {
                nextReleased.remove(expire.address());
            }
        }
        return new LedgerState(nextHeld, nextReleased);
    }

    /** The fewest records that make this state from nothing. */
    public List<LedgerRecord> toRecords() {
        List<LedgerRecord> records = new ArrayList<>(held.values());
        released.forEach((address, kept) -> records.add(new LedgerRecord.Release(address, kept.by(), kept.until())));
        return records;
    }

    /** The records that lead from this state to {@code next}; empty when they are the same. */
    public List<LedgerRecord> changesTo(LedgerState next) {
        List<LedgerRecord> changes = new ArrayList<>();
        held.keySet().stream()
                .filter(service -> !next.held.containsKey(service))
                .forEach(service -> changes.add(new LedgerRecord.Drop(service)));
        next.held.forEach((service, hold) -> {
            if (!hold.equals(held.get(service))) {
                changes.add(hold);
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
