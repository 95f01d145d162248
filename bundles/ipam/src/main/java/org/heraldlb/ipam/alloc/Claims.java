package org.heraldlb.ipam.alloc;

import java.util.Collection;
import java.util.List;
import org.heraldlb.api.net.IpAddress;

/**
 * Who uses which address, and the rules of sharing. Keeps the free lists of the pools, their counters, the sharing groups
 * and the quota counts in step.
 */
final class Claims {

    private final Territory territory;
    private final Keeps keeps;
    private final Quotas quotas;
    /** A {@link Holder}, or {@link Shared} when there are several: most addresses have one user. */
    private final Table<IpAddress, Object> users = new Table<>();

    Claims(Territory territory, Keeps keeps, Quotas quotas) {
        this.territory = territory;
        this.keeps = keeps;
        this.quotas = quotas;
        keeps.reserved().keySet().forEach(this::hide);
    }

    boolean isUsed(IpAddress address) {
        return users.get(address) != null;
    }

    /** Everybody who uses an address, by name; a live view, empty when nobody does. */
    Collection<Holder> users(IpAddress address) {
        Object is = users.get(address);
        if (is == null) {
            return List.of();
        }
        return is instanceof Shared shared ? shared.users() : List.of((Holder) is);
    }

    /** Why {@code holder} may not use an address together with those who do, or null. It does not disturb itself. */
    Refusal conflict(IpAddress address, Holder holder) {
        Object is = users.get(address);
        if (is == null || is == holder) {
            return null;
        }
        if (is instanceof Shared shared) {
            return shared.conflict(address, holder);
        }
        Holder other = (Holder) is;
        if (other.sharing == null || !other.sharing.equals(holder.sharing)) {
            return Refusal.otherKey(holder.name, List.of(other.name), 0);
        }
        for (var port : holder.service.traffic().ports()) {
            if (other.service.traffic().ports().contains(port)) {
                return Refusal.portInUse(port, address);
            }
        }
        return null;
    }

    /** Why a service that does not use an address may not begin to, or null. */
    Refusal refuse(IpAddress address, Holder holder) {
        return isUsed(address) ? conflict(address, holder) : keeps.refuse(address, holder.name);
    }

    /** {@code holder} uses these addresses, which lie in pools, from now on. */
    void claim(Holder holder, List<IpAddress> addresses) {
        for (int i = 0; i < addresses.size(); i++) {
            claim(holder, addresses.get(i));
        }
    }

    private void claim(Holder holder, IpAddress address) {
        countQuota(holder, address, 1);
        Object is = users.getOrMake(address, any -> holder);
        if (is == holder) {
            begin(holder, address);
        } else if (is instanceof Shared shared) {
            shared.add(holder);
        } else {
            Shared shared = new Shared();
            shared.add((Holder) is);
            shared.add(holder);
            users.put(address, shared);
        }
    }

    private void begin(Holder holder, IpAddress address) {
        Piece piece = territory.find(address);
        FamilySpace space = piece.pool().space(address.family());
        space.countAssigned(1);
        space.take(piece, address);
        if (holder.sharing != null) {
            space.joinGroup(holder.sharing, address);
        }
    }

    /** {@code holder}, as it was when it claimed them, uses these addresses no more. */
    void release(Holder holder, List<IpAddress> addresses) {
        for (IpAddress address : addresses) {
            release(holder, address);
        }
    }

    private void release(Holder holder, IpAddress address) {
        Object is = users.get(address);
        if (is instanceof Shared shared) {
            leave(shared, holder, address);
        } else {
            users.remove(address);
            end(holder, address);
        }
        countQuota(holder, address, -1);
    }

    private void leave(Shared shared, Holder holder, IpAddress address) {
        shared.remove(holder);
        if (shared.users().size() == 1) {
            users.put(address, shared.first());
        }
        territory
                .find(address)
                .pool()
                .space(address.family())
                .group(holder.sharing)
                .forgetClashes();
    }

    private void end(Holder holder, IpAddress address) {
        Piece piece = territory.find(address);
        FamilySpace space = piece.pool().space(address.family());
        space.countAssigned(-1);
        if (!keeps.isKept(address)) {
            space.free(piece, address);
        }
        if (holder.sharing != null) {
            space.leaveGroup(holder.sharing, address);
        }
    }

    /** Called before the first and after the last use by a namespace. */
    private void countQuota(Holder holder, IpAddress address, int change) {
        String namespace = holder.name.namespace();
        if (quotas.limits(namespace) && !namespaceHas(holder, address)) {
            quotas.count(namespace, change);
        }
    }

    /** True when another service of the same namespace uses the address. */
    private boolean namespaceHas(Holder holder, IpAddress address) {
        Object is = users.get(address);
        if (is instanceof Shared shared) {
            return shared.hasOther(holder);
        }
        return is != null && is != holder && ((Holder) is).name.namespace().equals(holder.name.namespace());
    }

    /** True when the quota of its namespace lets {@code holder} have these instead of what it has. */
    boolean fitsQuota(Holder holder, List<IpAddress> addresses) {
        String namespace = holder.name.namespace();
        if (!quotas.limits(namespace)) {
            return true;
        }
        int more = 0;
        for (IpAddress address : addresses) {
            more += namespaceHas(holder, address) || holder.addresses().contains(address) ? 0 : 1;
        }
        for (IpAddress address : holder.addresses()) {
            more -= namespaceHas(holder, address) || addresses.contains(address) ? 0 : 1;
        }
        return quotas.allows(namespace, more);
    }

    boolean hasQuota(Holder holder) {
        return quotas.limits(holder.name.namespace());
    }

    Refusal quotaRefusal(Holder holder) {
        return Refusal.quota(holder.name.namespace(), quotas.limit(holder.name.namespace()));
    }

    /** An address is kept for somebody from now on. */
    void hide(IpAddress address) {
        Piece piece = territory.find(address);
        if (piece != null) {
            piece.pool().space(address.family()).take(piece, address);
        }
    }

    /** An address may be kept no more. */
    void show(IpAddress address) {
        Piece piece = territory.find(address);
        if (piece != null && !isUsed(address) && !keeps.isKept(address)) {
            piece.pool().space(address.family()).free(piece, address);
        }
    }
}
