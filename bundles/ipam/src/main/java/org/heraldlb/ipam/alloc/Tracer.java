package org.heraldlb.ipam.alloc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.api.ipam.AllocationTrace.Step;
import org.heraldlb.api.net.IpFamily;

/**
 * Says afterwards why each pool was chosen or not. That is possible because nothing becomes free while places are found:
 * a pool that has room in the end had room when it was passed over.
 */
final class Tracer {

    private final Territory territory;

    Tracer(Territory territory) {
        this.territory = territory;
    }

    static AllocationTrace unknown(NamespacedName service) {
        return new AllocationTrace(
                service, Optional.empty(), "there is no load balancer service of our class with this name", List.of());
    }

    AllocationTrace trace(Holder holder) {
        List<Step> steps = new ArrayList<>();
        for (PoolSpace pool : considered(holder.service)) {
            boolean chosen =
                    holder.allocation != null && holder.allocation.pool().equals(pool.name());
            steps.add(chosen ? chosen(holder, pool) : passed(holder, pool));
        }
        return new AllocationTrace(holder.name, Optional.ofNullable(holder.allocation), summary(holder), steps);
    }

    private Set<PoolSpace> considered(ServiceIntent service) {
        Set<PoolSpace> order = new LinkedHashSet<>(territory.pinnedFor(service));
        order.addAll(territory.general());
        order.addAll(territory.pools());
        return order;
    }

    private static String summary(Holder holder) {
        if (holder.allocation == null) {
            return holder.problem.text();
        }
        return holder.decision.text() + (holder.problem == null ? "" : "; " + holder.problem.text());
    }

    private static Step chosen(Holder holder, PoolSpace pool) {
        String reason = holder.decision.text() + ": " + holder.addresses() + lacking(holder, pool);
        return new Step(pool.name(), true, "chosen", reason);
    }

    /** Why a service that would like both families has one; nothing else but a quota withholds a free address. */
    private static String lacking(Holder holder, PoolSpace pool) {
        for (IpFamily family : Families.of(holder.service)) {
            if (holder.addresses().stream().noneMatch(address -> address.family() == family)) {
                String lack = lack(holder, pool, family);
                return "; no " + name(family) + " address: "
                        + (lack.isEmpty() ? "the quota of the namespace allows no more" : lack);
            }
        }
        return "";
    }

    private static String lack(Holder holder, PoolSpace pool, IpFamily family) {
        if (!pool.space(family).isPresent()) {
            return "it has no " + name(family) + " addresses";
        }
        return pool.space(family).isExhausted(holder.name) ? "it has no free " + name(family) + " addresses" : "";
    }

    private static Step passed(Holder holder, PoolSpace pool) {
        Step step = unasked(holder.service.request(), pool);
        step = step != null ? step : closed(holder.service, pool);
        step = step != null ? step : full(holder, pool);
        return step != null ? step : unneeded(holder, pool);
    }

    private static Step step(PoolSpace pool, String code, String reason) {
        return new Step(pool.name(), false, code, reason);
    }

    private static Step unasked(ServiceIntent.AddressRequest request, PoolSpace pool) {
        if (request.pool().isPresent() && !request.pool().get().equals(pool.name())) {
            return step(
                    pool,
                    "notRequested",
                    "the service asks for pool " + request.pool().get());
        }
        if (!request.addresses().isEmpty()
                && !pool.pool().contains(request.addresses().get(0))) {
            return step(pool, "notRequested", "the service asks for " + request.addresses() + ", not in this pool");
        }
        return null;
    }

    private static Step closed(ServiceIntent service, PoolSpace pool) {
        if (!pool.servesNamespace(service)) {
            return step(pool, "namespaceMismatch", "the pool is for other namespaces");
        }
        if (!pool.servesLabels(service)) {
            return step(pool, "serviceSelectorMismatch", "the pool is for services with other labels");
        }
        boolean asked = service.request().pool().isPresent()
                || !service.request().addresses().isEmpty();
        if (!asked && !pool.pool().autoAssign()) {
            return step(pool, "notAutoAssign", "autoAssign is false: only for those who ask for it");
        }
        if (!asked && pool.isPinned() && !pool.pulls(service)) {
            return step(pool, "namespaceMismatch", "its namespace selectors match nothing: only for those who ask");
        }
        return null;
    }

    private static Step full(Holder holder, PoolSpace pool) {
        List<IpFamily> needs = Families.of(holder.service);
        for (IpFamily family : needs) {
            if (!pool.space(family).isPresent()) {
                return step(pool, "familyMissing", "it has no " + name(family) + " addresses");
            }
        }
        for (IpFamily family : needs) {
            if (pool.space(family).isExhausted(holder.name)) {
                return step(pool, "exhausted", "it has no free " + name(family) + " addresses");
            }
        }
        return null;
    }

    private static String name(IpFamily family) {
        return family == IpFamily.IPV4 ? "IPv4" : "IPv6";
    }

    private static Step unneeded(Holder holder, PoolSpace pool) {
        if (holder.allocation == null) {
            return step(pool, holder.problem.code(), holder.problem.text());
        }
        return holder.decision == Holder.Decision.HELD
                ? step(pool, "notNeeded", "the service keeps what it has in pool " + holder.allocation.pool())
                : step(pool, "notNeeded", "pool " + holder.allocation.pool() + " was chosen");
    }
}
