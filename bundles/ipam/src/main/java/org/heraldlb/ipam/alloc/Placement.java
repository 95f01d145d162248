package org.heraldlb.ipam.alloc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.ipam.alloc.Holder.Decision;

/** Where a service could go, given who is where. Changes nothing. */
final class Placement {

    private final Territory territory;
    private final Claims claims;
    private final Keeps keeps;

    Placement(Territory territory, Claims claims, Keeps keeps) {
        this.territory = territory;
        this.claims = claims;
        this.keeps = keeps;
    }

    /** What keeps a service from having any address, whatever the pools have; or null. */
    Refusal unfit(ServiceIntent service) {
        if (territory.isEmpty()) {
            return Refusal.NO_POOLS;
        }
        if (service.families().cluster().isEmpty()) {
            return Refusal.NO_CLUSTER_ADDRESS;
        }
        return Families.lacksSecondFamily(service) ? Refusal.NOT_ENOUGH_CLUSTER_ADDRESSES : null;
    }

    /** The pool in which a service may go on with what it had, or null. Quotas and reservations do not take away. */
    PoolSpace keeper(Holder holder, List<IpAddress> held) {
        if (held.isEmpty() || unfit(holder.service) != null || !Families.mayKeep(held, holder.service)) {
            return null;
        }
        PoolSpace pool = poolOf(held);
        if (pool == null || !pool.isCompatible(holder.service)) {
            return null;
        }
        for (IpAddress address : held) {
            if (claims.conflict(address, holder) != null) {
                return null;
            }
        }
        return pool;
    }

    private PoolSpace poolOf(List<IpAddress> addresses) {
        PoolSpace pool = null;
        for (IpAddress address : addresses) {
            Piece piece = territory.find(address);
            if (piece == null || pool != null && piece.pool() != pool) {
                return null;
            }
            pool = piece.pool();
        }
        return pool;
    }

    /** True when a service that has addresses asks for others. */
    static boolean wantsToMove(Holder holder) {
        ServiceIntent.AddressRequest request = holder.service.request();
        if (request.problem().isPresent()) {
            return true;
        }
        Allocation has = holder.allocation;
        return !request.addresses().isEmpty() && !Families.same(request.addresses(), has.addresses())
                || request.pool().isPresent() && !request.pool().get().equals(has.pool());
    }

    /** What the service asks for, which must be something. */
    Offer requested(Holder holder) {
        ServiceIntent.AddressRequest request = holder.service.request();
        return request.addresses().isEmpty()
                ? fromPool(holder, request.pool().orElseThrow())
                : exactly(holder, request.addresses());
    }

    private Offer exactly(Holder holder, List<IpAddress> wanted) {
        ServiceIntent service = holder.service;
        if (!Families.match(wanted, Families.of(service))) {
            return Offer.refused(Refusal.familyMismatch(wanted));
        }
        PoolSpace pool = poolOf(wanted);
        if (pool == null) {
            return Offer.refused(Refusal.notInPools(wanted));
        }
        if (!pool.isCompatible(service)) {
            return Offer.refused(Refusal.notCompatible(pool));
        }
        Refusal refusal = firstRefusal(holder, wanted);
        Optional<String> named = service.request().pool();
        if (refusal == null && named.isPresent() && !named.get().equals(pool.name())) {
            refusal = Refusal.poolMismatch(wanted, named.get());
        }
        return refusal == null
                ? Offer.of(pool, Families.ordered(wanted, service), Decision.REQUESTED)
                : Offer.refused(refusal);
    }

    private Refusal firstRefusal(Holder holder, List<IpAddress> wanted) {
        for (IpAddress address : wanted) {
            Refusal refusal = claims.refuse(address, holder);
            if (refusal != null) {
                return refusal;
            }
        }
        return claims.fitsQuota(holder, wanted) ? null : claims.quotaRefusal(holder);
    }

    /** True when addresses are reserved for the service and it does not ask for others. */
    boolean hasReservation(Holder holder) {
        return holder.service.request().addresses().isEmpty()
                && !keeps.reservedFor(holder.name).isEmpty();
    }

    /** What is reserved for it, completed from the same pool. */
    Offer reserved(Holder holder) {
        return kept(holder, keeps.reservedFor(holder.name), Decision.RESERVED);
    }

    /** True when addresses wait for the service and it does not ask for others. */
    boolean hasReturn(Holder holder) {
        return holder.service.request().addresses().isEmpty()
                && !keeps.gracesOf(holder.name).isEmpty();
    }

    /** What it had before, completed from the same pool. */
    Offer returned(Holder holder) {
        return kept(holder, keeps.gracesOf(holder.name), Decision.RETURNED);
    }

    private Offer kept(Holder holder, List<IpAddress> mine, Decision decision) {
        List<IpFamily> needs = Families.of(holder.service);
        for (IpAddress anchor : mine) {
            Piece piece = territory.find(anchor);
            if (piece == null || !needs.contains(anchor.family()) || !mayUse(holder, piece.pool())) {
                continue;
            }
            List<IpAddress> chosen = new ArrayList<>(2);
            for (IpFamily family : needs) {
                IpAddress own = ownIn(holder, piece.pool(), family, mine);
                add(chosen, own != null ? own : pick(holder, piece.pool(), family));
            }
            if (!chosen.isEmpty()
                    && Families.mayKeep(chosen, holder.service)
                    && chosen.stream().anyMatch(mine::contains)
                    && firstRefusal(holder, chosen) == null) {
                return Offer.of(piece.pool(), List.copyOf(chosen), decision);
            }
        }
        return Offer.refused(Refusal.NO_AVAILABLE_IPS);
    }

    private static boolean mayUse(Holder holder, PoolSpace pool) {
        Optional<String> named = holder.service.request().pool();
        return pool.isCompatible(holder.service)
                && (named.isEmpty() || named.get().equals(pool.name()));
    }

    private IpAddress ownIn(Holder holder, PoolSpace pool, IpFamily family, List<IpAddress> mine) {
        for (IpAddress address : mine) {
            Piece piece = territory.find(address);
            if (address.family() == family
                    && piece != null
                    && piece.pool() == pool
                    && claims.refuse(address, holder) == null) {
                return address;
            }
        }
        return null;
    }

    private Offer fromPool(Holder holder, String name) {
        PoolSpace pool = territory.pool(name);
        if (pool == null) {
            return Offer.refused(Refusal.unknownPool(name));
        }
        if (!pool.isCompatible(holder.service)) {
            return Offer.refused(Refusal.notCompatible(pool));
        }
        Offer best = best(holder, List.of(pool), Decision.ANNOTATED);
        return best.refusal() == Refusal.NO_AVAILABLE_IPS ? Offer.refused(lack(holder, pool)) : best;
    }

    private static Refusal lack(Holder holder, PoolSpace pool) {
        for (IpFamily family : Families.of(holder.service)) {
            if (!pool.space(family).isPresent()) {
                return Refusal.familyMissing(pool, family);
            }
        }
        return Refusal.exhausted(pool);
    }

    /** Whatever pool has what a service needs, for one that asks for nothing. */
    Offer automatic(Holder holder) {
        List<PoolSpace> pinned = territory.pinnedFor(holder.service);
        List<PoolSpace> general = territory.general();
        if (holder.sharing != null) {
            Offer offer = together(holder, pinned);
            offer = offer == null ? together(holder, general) : offer;
            if (offer != null) {
                return offer;
            }
        }
        Offer offer = best(holder, pinned, Decision.PINNED);
        if (offer.isGood()) {
            return offer;
        }
        Offer fallback = best(holder, general, Decision.AUTOMATIC);
        return fallback.isGood() || offer.refusal() == Refusal.NO_AVAILABLE_IPS ? fallback : offer;
    }

    /** All addresses from services with the same key, or null: they are to be together before anything else counts. */
    private Offer together(Holder holder, List<PoolSpace> pools) {
        List<IpFamily> needs = Families.of(holder.service);
        for (PoolSpace pool : pools) {
            List<IpAddress> found = new ArrayList<>(2);
            for (IpFamily family : needs) {
                add(found, shared(holder, pool, family));
            }
            if (found.size() == needs.size() && claims.fitsQuota(holder, found)) {
                return Offer.of(pool, List.copyOf(found), Decision.SHARED);
            }
        }
        return null;
    }

    private Offer best(Holder holder, List<PoolSpace> pools, Decision decision) {
        List<IpFamily> needs = Families.of(holder.service);
        boolean oneWillDo = Families.takesOneOfTwo(holder.service);
        Offer primary = null;
        Offer secondary = null;
        boolean overQuota = false;
        for (PoolSpace pool : pools) {
            List<IpAddress> found = found(holder, pool, needs);
            boolean fits = claims.fitsQuota(holder, found);
            overQuota |= !found.isEmpty() && !fits;
            if (fits && found.size() == needs.size()) {
                return Offer.of(pool, found, decision);
            }
            if (oneWillDo && !found.isEmpty()) {
                Offer single = Offer.of(pool, List.of(found.get(0)), decision);
                boolean allowed = claims.fitsQuota(holder, single.addresses());
                boolean first = found.get(0).family() == needs.get(0);
                primary = primary == null && allowed && first ? single : primary;
                secondary = secondary == null && allowed && !first ? single : secondary;
            }
        }
        if (primary != null || secondary != null) {
            return primary != null ? primary : secondary;
        }
        return Offer.refused(overQuota ? claims.quotaRefusal(holder) : Refusal.NO_AVAILABLE_IPS);
    }

    private List<IpAddress> found(Holder holder, PoolSpace pool, List<IpFamily> needs) {
        IpAddress first = pick(holder, pool, needs.get(0));
        IpAddress second = needs.size() == 2 ? pick(holder, pool, needs.get(1)) : null;
        if (first == null || second == null) {
            IpAddress only = first == null ? second : first;
            return only == null ? List.of() : List.of(only);
        }
        return List.of(first, second);
    }

    /** The address of the missing family, beside the one that the service has, in the same pool; or refused. */
    Offer additional(Holder holder) {
        IpAddress has = holder.addresses().get(0);
        PoolSpace pool = territory.pool(holder.allocation.pool());
        IpFamily missing = has.isV4() ? IpFamily.IPV6 : IpFamily.IPV4;
        IpAddress more = pick(holder, pool, missing);
        if (more == null || !claims.fitsQuota(holder, List.of(has, more))) {
            return Offer.refused(Refusal.NO_AVAILABLE_IPS);
        }
        return Offer.of(pool, Families.ordered(List.of(has, more), holder.service), holder.decision);
    }

    private IpAddress pick(Holder holder, PoolSpace pool, IpFamily family) {
        IpAddress shared = shared(holder, pool, family);
        return shared != null ? shared : pool.space(family).pick(holder.name);
    }

    private IpAddress shared(Holder holder, PoolSpace pool, IpFamily family) {
        if (holder.sharing == null) {
            return null;
        }
        ShareGroup group = pool.space(family).group(holder.sharing);
        return group == null
                ? null
                : group.lowest(holder.service.traffic().ports(), address -> claims.conflict(address, holder) == null);
    }

    private static void add(List<IpAddress> list, IpAddress address) {
        if (address != null) {
            list.add(address);
        }
    }
}
