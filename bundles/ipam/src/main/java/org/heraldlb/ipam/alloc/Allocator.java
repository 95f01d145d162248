package org.heraldlb.ipam.alloc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.net.IpAddress;

/**
 * Decides who has which address, under rules that do not change while it lives. Told what changed, it reaches the state
 * that a new one reaches when it is told everything at once. The package's essay says in which order it decides and why.
 */
public final class Allocator {

    /** Bounds how often movers are asked again after others moved; those left over keep what they have until next time. */
    private static final int ROUNDS = 64;

    private final Territory territory;
    private final Keeps keeps;
    private final Claims claims;
    private final Placement placement;
    private final Table<NamespacedName, Holder> holders = new Table<>();
    private final Waiting waiting = new Waiting();
    private final List<Holder> touched = new ArrayList<>();
    private int batch;
    private boolean freed;

    /**
     * @param addressing pools, reservations, quotas
     * @param namespaces for namespace selectors
     * @param now which reservations have expired
     */
    public Allocator(Intent.Addressing addressing, Collection<Namespace> namespaces, Instant now) {
        territory = new Territory(addressing.pools(), namespaces);
        keeps = new Keeps(addressing.reservations().stream()
                .filter(reservation -> reservation.expires().map(now::isBefore).orElse(true))
                .toList());
        claims = new Claims(territory, keeps, new Quotas(addressing.quotas()));
        placement = new Placement(territory, claims, keeps);
    }

    /**
     * Which released addresses are in their grace time now, and who may have them back.
     *
     * @return the services for which this makes a difference
     */
    public Set<NamespacedName> graces(Map<IpAddress, NamespacedName> current) {
        Set<NamespacedName> concerned = new TreeSet<>();
        Map<IpAddress, NamespacedName> before = Map.copyOf(keeps.graces());
        before.forEach((address, service) -> {
            if (!service.equals(current.get(address))) {
                keeps.removeGrace(address);
                claims.show(address);
                concerned.add(service);
                freed = true;
            }
        });
        current.forEach((address, service) -> {
            if (!service.equals(before.get(address))) {
                keeps.addGrace(address, service);
                claims.hide(address);
                concerned.add(service);
            }
        });
        return concerned;
    }

    /**
     * Decides about {@code changes} and about everybody whom they concern.
     *
     * @return what became of each service that was looked at; the others are as they were
     */
    public List<Outcome> apply(Collection<Change> changes) {
        batch++;
        touched.clear();
        List<Outcome> outcomes = new ArrayList<>(changes.size());
        List<Claimant> homeless = keep(claimants(changes, outcomes));
        move();
        place(homeless);
        freed = false;
        for (Holder holder : touched) {
            waiting.sort(holder);
            outcomes.add(outcome(holder));
        }
        return outcomes;
    }

    private static Outcome outcome(Holder holder) {
        return new Outcome(holder.name, Optional.ofNullable(holder.allocation), Optional.ofNullable(holder.problem));
    }

    /** Everybody who has to be decided about, by name: the changed ones, and those who have what they had. */
    private List<Claimant> claimants(Collection<Change> changes, List<Outcome> outcomes) {
        List<Claimant> claimants = new ArrayList<>(changes.size());
        for (Change change : changes) {
            if (change.service().isPresent()) {
                claimants.add(
                        new Claimant(renewed(change.name(), change.service().get()), change.held()));
            } else {
                drop(change.name(), outcomes);
            }
        }
        for (int i = 0; i < claimants.size(); i++) {
            for (IpAddress address : claimants.get(i).held()) {
                for (Holder user : List.copyOf(claims.users(address))) {
                    claimants.add(new Claimant(user, user.addresses()));
                    unsettle(user);
                }
            }
        }
        claimants.sort(Comparator.comparing(claimant -> claimant.holder().name));
        return claimants;
    }

    private Holder renewed(NamespacedName name, ServiceIntent service) {
        Holder holder = holders.getOrMake(name, Holder::new);
        unsettle(holder);
        holder.become(service);
        return holder;
    }

    private void drop(NamespacedName name, List<Outcome> outcomes) {
        Holder holder = holders.remove(name);
        if (holder != null) {
            release(holder);
            waiting.forget(holder);
        }
        outcomes.add(new Outcome(name, Optional.empty(), Optional.empty()));
    }

    /** Makes the holder one that nothing is decided about. */
    private void unsettle(Holder holder) {
        release(holder);
        waiting.forget(holder);
        holder.problem = null;
        touch(holder);
    }

    private void release(Holder holder) {
        if (holder.allocation != null) {
            claims.release(holder, holder.allocation.addresses());
            holder.allocation = null;
            holder.decision = null;
            freed = true;
        }
    }

    private void touch(Holder holder) {
        if (holder.batch != batch) {
            holder.batch = batch;
            touched.add(holder);
        }
    }

    /** Lets everybody keep what they had who may. Returns the others. */
    private List<Claimant> keep(List<Claimant> claimants) {
        List<Claimant> homeless = new ArrayList<>(claimants.size());
        for (Claimant claimant : Claimant.rightfulFirst(claimants)) {
            Holder holder = claimant.holder();
            PoolSpace pool = placement.keeper(holder, claimant.held());
            if (pool == null) {
                homeless.add(claimant);
            } else {
                settle(holder, Offer.of(pool, Families.ordered(claimant.held(), holder.service), Holder.Decision.HELD));
                awaitMove(holder);
            }
        }
        return homeless;
    }

    private void settle(Holder holder, Offer offer) {
        holder.allocation = new Allocation(holder.name, offer.pool().name(), offer.addresses());
        holder.decision = offer.decision();
        claims.claim(holder, offer.addresses());
    }

    private void awaitMove(Holder holder) {
        if (Placement.wantsToMove(holder)) {
            holder.problem = holder.service.request().problem().orElse(null);
            if (holder.problem == null) {
                waiting.movers.put(holder.name, holder);
            }
        }
    }

    /** Moves those who want to, as long as one move makes room for another. */
    private void move() {
        boolean moved = !waiting.movers.isEmpty();
        for (int round = 0; round < ROUNDS && moved; round++) {
            moved = false;
            for (Iterator<Holder> each = waiting.eachMover(); each.hasNext(); ) {
                Holder holder = each.next();
                if (isWorthAsking(holder) && moved(holder)) {
                    each.remove();
                    moved = true;
                }
            }
        }
    }

    /** True unless it is sure that the answer is the one that it got last time. */
    private boolean isWorthAsking(Holder holder) {
        return freed
                || holder.batch == batch
                || holder.sharing != null
                || claims.hasQuota(holder)
                || !Refusal.isLackOfRoom(holder.problem);
    }

    private boolean moved(Holder holder) {
        touch(holder);
        Offer offer = placement.requested(holder);
        if (!offer.isGood()) {
            holder.problem = offer.refusal().advice(holder.service);
            return false;
        }
        release(holder);
        settle(holder, offer);
        holder.problem = null;
        return true;
    }

    /** Finds places: reserved ones, requested ones, former ones, additional ones, then whatever is free. */
    private void place(List<Claimant> fresh) {
        List<Claimant> all = new ArrayList<>(fresh);
        for (Holder holder : waiting.homeless.values()) {
            if (isWorthAsking(holder)) {
                all.add(new Claimant(holder, List.of()));
            }
        }
        all.sort(Claimant.ORDER);
        List<Holder> open = placeable(all);
        open.removeIf(holder -> placement.hasReservation(holder) && accept(holder, placement.reserved(holder)));
        open.removeIf(this::placedAsRequested);
        open.removeIf(holder -> placement.hasReturn(holder) && accept(holder, placement.returned(holder)));
        complete();
        for (Holder holder : open) {
            Offer offer = holder.service.request().pool().isPresent()
                    ? placement.requested(holder)
                    : placement.automatic(holder);
            acceptOrWait(holder, offer);
        }
    }

    private List<Holder> placeable(List<Claimant> all) {
        List<Holder> open = new ArrayList<>(all.size());
        for (Claimant claimant : all) {
            Holder holder = claimant.holder();
            touch(holder);
            holder.problem = hopeless(holder.service);
            if (holder.problem == null) {
                open.add(holder);
            }
        }
        return open;
    }

    private Problem hopeless(ServiceIntent service) {
        Refusal unfit = placement.unfit(service);
        return unfit != null
                ? unfit.failure(service)
                : service.request().problem().orElse(null);
    }

    /** True when the service asked for addresses, whether it got them or not. */
    private boolean placedAsRequested(Holder holder) {
        if (holder.service.request().addresses().isEmpty()) {
            return false;
        }
        acceptOrWait(holder, placement.requested(holder));
        return true;
    }

    private boolean accept(Holder holder, Offer offer) {
        if (!offer.isGood()) {
            return false;
        }
        settle(holder, offer);
        holder.problem = null;
        waiting.homeless.remove(holder.name);
        return true;
    }

    private void acceptOrWait(Holder holder, Offer offer) {
        if (!accept(holder, offer)) {
            holder.problem = offer.refusal().failure(holder.service);
            waiting.homeless.put(holder.name, holder);
        }
    }

    /** Gives an address of the missing family to those who have one of two. */
    private void complete() {
        for (Holder holder : touched) {
            waiting.sort(holder);
        }
        for (Iterator<Holder> each = waiting.singles.values().iterator(); each.hasNext(); ) {
            Holder holder = each.next();
            if (freed || holder.batch == batch || holder.sharing != null || claims.hasQuota(holder)) {
                completed(holder, each);
            }
        }
    }

    private void completed(Holder holder, Iterator<Holder> each) {
        Offer offer = placement.additional(holder);
        if (offer.isGood()) {
            touch(holder);
            claims.release(holder, holder.addresses());
            settle(holder, offer);
            each.remove();
        }
    }

    /** Why a service has what it has, seen from the end of the last {@link #apply}. */
    public AllocationTrace trace(NamespacedName service) {
        Holder holder = holders.get(service);
        return holder == null ? Tracer.unknown(service) : new Tracer(territory).trace(holder);
    }

    /** One entry for each pool, by name. */
    public List<PoolUsage> usage() {
        return territory.pools().stream().map(PoolSpace::usage).toList();
    }

    /** Faults of pools and reservations. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(territory.problems());
        keeps.reserved().forEach((address, service) -> {
            if (territory.find(address) == null) {
                problems.add(Problem.warning(
                        "reservationOutsidePools",
                        "Reservation for " + service,
                        "\"" + address + "\" is in no pool, so nobody can have it"));
            }
        });
        problems.sort(null);
        return problems;
    }
}
