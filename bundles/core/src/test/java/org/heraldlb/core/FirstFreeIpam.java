package org.heraldlb.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.api.net.IpAddress;

/** As little as a core needs: what is held stays, else the first free IPv4 address of the first pool. */
final class FirstFreeIpam implements Ipam {

    int calls;

    @Override
    public AllocationResult allocate(AllocationRequest request) {
        calls++;
        Map<NamespacedName, Allocation> allocations = new TreeMap<>();
        Map<NamespacedName, Problem> failures = new TreeMap<>();
        Map<IpAddress, NamespacedName> used = new HashMap<>();
        request.released().forEach((address, released) -> used.put(address, released.by()));
        for (boolean holders : List.of(true, false)) {
            for (ServiceIntent service : request.services().values()) {
                if (request.isOurs(service) && request.held().containsKey(service.serviceName()) == holders) {
                    allocate(service, request, used)
                            .ifPresentOrElse(
                                    allocation -> allocations.put(service.serviceName(), allocation),
                                    () -> failures.put(
                                            service.serviceName(),
                                            Problem.error(
                                                    "exhausted", service.ref().toString(), "no address")));
                }
            }
        }
        return new AllocationResult(allocations, failures, List.of(), List.of());
    }

    private static Optional<Allocation> allocate(
            ServiceIntent service, AllocationRequest request, Map<IpAddress, NamespacedName> used) {
        for (AddressPool pool : request.addressing().pools()) {
            List<IpAddress> held = request.held().getOrDefault(service.serviceName(), List.of());
            if (!held.isEmpty() && held.stream().allMatch(pool::contains)) {
                held.forEach(address -> used.put(address, service.serviceName()));
                return Optional.of(new Allocation(service.serviceName(), pool.name(), held));
            }
            IpAddress last = pool.entries().get(0).prefixes().get(0).last();
            for (IpAddress at = pool.entries().get(0).prefixes().get(0).address();
                    at.compareTo(last) <= 0;
                    at = at.plus(1)) {
                NamespacedName owner = used.get(at);
                if (owner == null || owner.equals(service.serviceName())) {
                    used.put(at, service.serviceName());
                    return Optional.of(new Allocation(service.serviceName(), pool.name(), List.of(at)));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public AllocationTrace explain(AllocationRequest request, NamespacedName service) {
        return new AllocationTrace(
                service, Optional.ofNullable(allocate(request).allocations().get(service)), "first free", List.of());
    }
}
