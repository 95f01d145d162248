package org.heraldlb.ipam.alloc;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.AddressPool.ServiceAllocation;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.net.IpFamily;

/** A pool with its namespaces resolved and its free addresses. */
final class PoolSpace {

    private final AddressPool pool;
    private final Set<String> namespaces = new TreeSet<>();
    private final FamilySpace v4;
    private final FamilySpace v6;

    PoolSpace(AddressPool pool, Collection<Namespace> all) {
        this.pool = pool;
        this.v4 = new FamilySpace(pool);
        this.v6 = new FamilySpace(pool);
        pool.serviceAllocation().ifPresent(pinning -> resolve(pinning, all));
    }

    private void resolve(ServiceAllocation pinning, Collection<Namespace> all) {
        namespaces.addAll(pinning.namespaces());
        if (!pinning.namespaceSelectors().isEmpty()) {
            all.stream()
                    .filter(namespace -> LabelSelector.anyMatches(pinning.namespaceSelectors(), namespace.labels()))
                    .forEach(namespace -> namespaces.add(namespace.name()));
        }
    }

    String name() {
        return pool.name();
    }

    AddressPool pool() {
        return pool;
    }

    FamilySpace space(IpFamily family) {
        return family == IpFamily.IPV4 ? v4 : v6;
    }

    boolean isPinned() {
        return pool.serviceAllocation().isPresent();
    }

    /** Positive ones ascend; everything else comes last, as no priority. */
    int rank() {
        int priority = pool.serviceAllocation().map(ServiceAllocation::priority).orElse(0);
        return priority > 0 ? priority : Integer.MAX_VALUE;
    }

    /** False when the pool is for other namespaces. An empty set of namespaces excludes nobody, as in MetalLB. */
    boolean servesNamespace(ServiceIntent service) {
        return namespaces.isEmpty() || namespaces.contains(service.ref().namespace());
    }

    /** False when the pool is for services with other labels. */
    boolean servesLabels(ServiceIntent service) {
        return pool.serviceAllocation().isEmpty()
                || LabelSelector.anyMatches(pool.serviceAllocation().get().serviceSelectors(), service.labels());
    }

    /** True when the service may have addresses of this pool, asked for or not. */
    boolean isCompatible(ServiceIntent service) {
        return pool.serviceAllocation().isEmpty() || servesNamespace(service) && servesLabels(service);
    }

    /**
     * True when a pinned pool pulls the service. A pool whose namespace selectors match nothing pulls nobody, although it
     * refuses nobody who asks for it.
     */
    boolean pulls(ServiceIntent service) {
        ServiceAllocation pinning = pool.serviceAllocation().orElseThrow();
        boolean selectsServices = !pinning.serviceSelectors().isEmpty() || selectsNothing(pinning);
        return isCompatible(service)
                && (selectsServices || namespaces.contains(service.ref().namespace()));
    }

    private static boolean selectsNothing(ServiceAllocation pinning) {
        return pinning.namespaces().isEmpty()
                && pinning.namespaceSelectors().isEmpty()
                && pinning.serviceSelectors().isEmpty();
    }

    PoolUsage usage() {
        return new PoolUsage(pool.name(), v4.assigned(), v6.assigned(), v4.available(), v6.available());
    }
}
