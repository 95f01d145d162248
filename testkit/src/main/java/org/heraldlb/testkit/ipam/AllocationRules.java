package org.heraldlb.testkit.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.intent.ServiceIntent.FamilyPolicy;
import org.heraldlb.api.intent.ServiceIntent.TrafficPolicy;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/** What is true of every result of every allocator. */
public final class AllocationRules {

    private AllocationRules() {}

    /** Fails, with {@code context} in the message, when a rule is broken. */
    public static void check(AllocationRequest request, AllocationResult result, String context) {
        everyServiceIsAnswered(request, result, context);
        Map<IpAddress, List<ServiceIntent>> users = new HashMap<>();
        result.allocations().forEach((name, allocation) -> {
            ServiceIntent service = request.services().get(name);
            allIsInOnePool(request, allocation, context);
            familiesFit(service, allocation, context);
            allocation.addresses().forEach(address -> users.computeIfAbsent(address, any -> new ArrayList<>())
                    .add(service));
        });
        users.forEach((address, services) -> sharingIsAllowed(address, services, context));
        nothingKeptIsGiven(request, result, context);
        usageAddsUp(request, result, context);
    }

    private static void everyServiceIsAnswered(AllocationRequest request, AllocationResult result, String context) {
        Set<NamespacedName> ours = new HashSet<>();
        request.services().forEach((name, service) -> {
            if (request.isOurs(service)) {
                ours.add(name);
                assertThat(result.allocations().containsKey(name)
                                || result.failures().containsKey(name))
                        .as("%s: %s has an address or a reason", context, name)
                        .isTrue();
            }
        });
        assertThat(ours).as(context).containsAll(result.allocations().keySet());
        assertThat(ours).as(context).containsAll(result.failures().keySet());
        assertThat(List.copyOf(result.allocations().keySet())).as(context).isSorted();
    }

    private static void allIsInOnePool(AllocationRequest request, Allocation allocation, String context) {
        AddressPool pool = request.addressing().pools().stream()
                .filter(candidate -> candidate.name().equals(allocation.pool()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(context + ": " + allocation + " is of no pool"));
        assertThat(allocation.addresses()).as("%s: %s", context, allocation).allMatch(pool::contains);
    }

    private static void familiesFit(ServiceIntent service, Allocation allocation, String context) {
        Set<IpFamily> needs = new HashSet<>(service.families().cluster());
        List<IpFamily> has =
                allocation.addresses().stream().map(IpAddress::family).toList();
        assertThat(has)
                .as("%s: %s", context, allocation)
                .doesNotHaveDuplicates()
                .isSubsetOf(needs);
        boolean oneWillDo = Objects.equals(service.families().policy().orElse(null), FamilyPolicy.PREFER_DUAL_STACK);
        assertThat(has)
                .as("%s: %s of %s", context, allocation, service)
                .hasSizeBetween(oneWillDo ? 1 : needs.size(), needs.size());
    }

    private static void sharingIsAllowed(IpAddress address, List<ServiceIntent> services, String context) {
        Set<Object> keys = new HashSet<>();
        List<ServiceIntent.Port> ports = new ArrayList<>();
        for (ServiceIntent service : services) {
            boolean local = service.traffic().external() == TrafficPolicy.LOCAL;
            keys.add(List.of(
                    service.request().sharingKey().orElse(""),
                    local ? service.traffic().selector() : "cluster"));
            ports.addAll(service.traffic().ports());
        }
        if (services.size() > 1) {
            assertThat(keys).as("%s: %s of %s", context, address, services).hasSize(1);
            assertThat(services.get(0).request().sharingKey().orElse(""))
                    .as(context)
                    .isNotEmpty();
            assertThat(ports).as("%s: %s", context, address).doesNotHaveDuplicates();
        }
    }

    private static void nothingKeptIsGiven(AllocationRequest request, AllocationResult result, String context) {
        Set<IpAddress> before = new HashSet<>();
        request.held().values().forEach(before::addAll);
        Map<IpAddress, NamespacedName> kept = kept(request);
        result.allocations().forEach((name, allocation) -> allocation.addresses().stream()
                .filter(address -> kept.containsKey(address) && !before.contains(address))
                .forEach(address -> assertThat(users(result, address))
                        .as("%s: %s is kept for %s", context, address, kept.get(address))
                        .contains(kept.get(address))));
    }

    /** Reservations are stronger than grace times, the first one stronger than others. */
    private static Map<IpAddress, NamespacedName> kept(AllocationRequest request) {
        Map<IpAddress, NamespacedName> kept = new HashMap<>();
        request.addressing().reservations().stream()
                .filter(reservation ->
                        reservation.expires().map(request.now()::isBefore).orElse(true))
                .forEach(reservation ->
                        reservation.addresses().forEach(address -> kept.putIfAbsent(address, reservation.service())));
        request.released().forEach((address, grace) -> {
            if (request.now().isBefore(grace.until())) {
                kept.putIfAbsent(address, grace.by());
            }
        });
        return kept;
    }

    private static List<NamespacedName> users(AllocationResult result, IpAddress address) {
        return result.allocations().values().stream()
                .filter(allocation -> allocation.addresses().contains(address))
                .map(Allocation::service)
                .toList();
    }

    private static void usageAddsUp(AllocationRequest request, AllocationResult result, String context) {
        Set<IpAddress> distinct = new HashSet<>();
        result.allocations().values().forEach(allocation -> distinct.addAll(allocation.addresses()));
        long counted = result.usage().stream()
                .mapToLong(usage -> usage.assignedIPv4() + usage.assignedIPv6())
                .sum();
        assertThat(counted).as(context).isEqualTo(distinct.size());
        assertThat(result.usage())
                .as(context)
                .hasSize(request.addressing().pools().size());
        assertThat(result.usage())
                .as(context)
                .allMatch(usage -> usage.availableIPv4() >= 0 && usage.availableIPv6() >= 0);
    }
}
