package org.heraldlb.api.ipam;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.net.IpAddress;

/**
 * Everything that allocation depends on.
 *
 * @param addressing pools, reservations, quotas
 * @param namespaces by name, for namespace selectors
 * @param services all services of all types, ordered by name; the map is immutable
 * @param held what each service has now, by service; the result keeps it wherever the rules allow
 * @param released addresses in their grace time: who had them and when they become free
 * @param now wall clock, for expiries only
 * @param loadBalancerClass which services are ours: empty means those without a class
 */
public record AllocationRequest(
        Intent.Addressing addressing,
        SortedMap<String, Namespace> namespaces,
        Map<NamespacedName, ServiceIntent> services,
        Map<NamespacedName, List<IpAddress>> held,
        Map<IpAddress, Released> released,
        Instant now,
        Optional<String> loadBalancerClass) {

    /**
     * @param by the service that had it; it alone may have it again before {@code until}
     * @param until when everybody may
     */
    public record Released(NamespacedName by, Instant until) {}

    /** True when the service is a load balancer of our class. */
    public boolean isOurs(ServiceIntent service) {
        return service.type() == ServiceIntent.Type.LOAD_BALANCER
                && service.loadBalancerClass().equals(loadBalancerClass);
    }
}
