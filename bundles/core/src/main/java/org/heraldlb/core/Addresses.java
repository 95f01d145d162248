package org.heraldlb.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationRequest.Released;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.core.ledger.LedgerRecord;
import org.heraldlb.core.ledger.LedgerState;
import org.heraldlb.runtime.PersistentMap;

/**
 * Who has which address: from this run's decisions, from the status that a source reports, from the ledger, in this order
 * of trust. A status that changed after our decision is somebody's newer word and wins. The loop's.
 */
final class Addresses {

    /** Far enough for an address that is kept until its owner is seen again. */
    private static final Instant UNTIL_SEEN = Instant.parse("9999-12-31T00:00:00Z");

    /** @param status what the source said when we decided */
    private record Decided(List<IpAddress> status, Allocation allocation) {}

    private final Map<NamespacedName, Decided> decided = new HashMap<>();
    private final SortedMap<IpAddress, Released> released = new TreeMap<>();
    private PersistentMap<NamespacedName, List<IpAddress>> held = PersistentMap.empty();
    private PersistentMap<NamespacedName, ServiceIntent> services = PersistentMap.empty();
    private LedgerState ledger;
    /** Services of the ledger that no source has now. */
    private final Set<NamespacedName> unseen = new HashSet<>();

    private PersistentMap<NamespacedName, Allocation> saved = PersistentMap.empty();
    private PersistentMap<NamespacedName, ServiceIntent> savedServices = PersistentMap.empty();

    Addresses(LedgerState ledger) {
        this.ledger = ledger;
        unseen.addAll(ledger.held().keySet());
        released.putAll(ledger.released());
    }

    /** What every service of {@code intent} has. */
    PersistentMap<NamespacedName, List<IpAddress>> held(Intent intent) {
        PersistentMap<NamespacedName, ServiceIntent> next = PersistentMap.of(intent.services());
        PersistentMap.diff(services, next, (name, before, after) -> {
            refresh(name, after);
            if (after != null) {
                unseen.remove(name);
            } else if (ledger.held().containsKey(name)) {
                unseen.add(name);
            }
        });
        services = next;
        return held;
    }

    private void refresh(NamespacedName name, ServiceIntent service) {
        List<IpAddress> has = service == null ? List.of() : held(name, service);
        if (has.isEmpty()) {
            held = held.without(name);
        } else if (!has.equals(held.get(name))) {
            held = held.with(name, has);
        }
    }

    private List<IpAddress> held(NamespacedName name, ServiceIntent service) {
        Decided mine = decided.get(name);
        boolean statusIsNewer =
                !service.held().isEmpty() && (mine == null || !mine.status().equals(service.held()));
        if (statusIsNewer) {
            return service.held();
        }
        if (mine != null) {
            return mine.allocation().addresses();
        }
        LedgerRecord.Hold remembered = ledger.held().get(name);
        return remembered == null ? List.of() : remembered.addresses();
    }

    /** Addresses that their pools keep for a while, and those of services whose source may still come. */
    SortedMap<IpAddress, Released> kept(Instant now, Predicate<String> sourceAwaited) {
        released.values().removeIf(one -> !one.until().isAfter(now));
        SortedMap<IpAddress, Released> kept = new TreeMap<>(released);
        for (NamespacedName name : unseen) {
            LedgerRecord.Hold hold = ledger.held().get(name);
            if (sourceAwaited.test(hold.source())) {
                hold.addresses().forEach(address -> kept.put(address, new Released(name, UNTIL_SEEN)));
            }
        }
        return Collections.unmodifiableSortedMap(kept);
    }

    /** The first moment at which a kept address becomes free. */
    Optional<Instant> nextExpiry() {
        return released.values().stream().map(Released::until).min(Instant::compareTo);
    }

    /** Takes over a result: {@code before} to {@code after}. */
    void decide(
            PersistentMap<NamespacedName, Allocation> before,
            PersistentMap<NamespacedName, Allocation> after,
            Intent.Addressing addressing,
            Instant now) {
        PersistentMap.diff(before, after, (name, was, is) -> {
            if (!Objects.equals(was, is)) {
                remember(name, is);
                if (was != null) {
                    release(name, was, is, addressing, now);
                }
                if (is != null) {
                    is.addresses().forEach(released::remove);
                }
            }
        });
    }

    private void remember(NamespacedName name, Allocation is) {
        ServiceIntent service = services.get(name);
        if (is == null || service == null) {
            decided.remove(name);
            held = held.without(name);
        } else {
            decided.put(name, new Decided(service.held(), is));
            held = held.with(name, is.addresses());
        }
    }

    private void release(
            NamespacedName name, Allocation was, Allocation is, Intent.Addressing addressing, Instant now) {
        Duration grace = addressing.pools().stream()
                .filter(pool -> pool.name().equals(was.pool()))
                .findFirst()
                .map(AddressPool::rules)
                .map(AddressPool.Rules::releaseGrace)
                .orElse(Duration.ZERO);
        if (grace.isZero()) {
            return;
        }
        for (IpAddress address : was.addresses()) {
            if (is == null || !is.addresses().contains(address)) {
                released.put(address, new Released(name, now.plus(grace)));
            }
        }
    }

    /**
     * What must survive a restart: allocations of services whose source keeps no status, those of services that may still
     * come, and kept addresses. Costs what changed since it was last called.
     */
    LedgerState toLedger(PersistentMap<NamespacedName, Allocation> allocations, Predicate<String> sourceAwaited) {
        Set<NamespacedName> changed = new HashSet<>(unseen);
        PersistentMap.diff(saved, allocations, (name, was, is) -> changed.add(name));
        PersistentMap.diff(savedServices, services, (name, was, is) -> changed.add(name));
        saved = allocations;
        savedServices = services;
        PersistentMap<NamespacedName, LedgerRecord.Hold> keep = ledger.held();
        for (NamespacedName name : changed) {
            LedgerRecord.Hold next = hold(name, allocations.get(name), sourceAwaited);
            if (next == null) {
                keep = keep.without(name);
                unseen.remove(name);
            } else if (!next.equals(keep.get(name))) {
                keep = keep.with(name, next);
            }
        }
        ledger = new LedgerState(keep, released);
        return ledger;
    }

    /** What is to be remembered of a service, null for nothing. */
    private LedgerRecord.Hold hold(NamespacedName name, Allocation allocation, Predicate<String> sourceAwaited) {
        ServiceIntent service = services.get(name);
        if (service == null) {
            LedgerRecord.Hold remembered = ledger.held().get(name);
            return remembered != null && sourceAwaited.test(remembered.source()) ? remembered : null;
        }
        return allocation != null && service.held().isEmpty()
                ? new LedgerRecord.Hold(name, service.origin().source(), allocation.addresses())
                : null;
    }
}
