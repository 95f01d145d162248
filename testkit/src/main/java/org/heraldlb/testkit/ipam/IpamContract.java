package org.heraldlb.testkit.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.name;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.api.net.IpAddress;
import org.junit.jupiter.api.Test;

/** What core relies on in every {@link Ipam}. Extend it and say how to make one. */
public abstract class IpamContract {

    /** A new one, without a memory. */
    protected abstract Ipam newIpam();

    private static AllocationRequest request(int services, Map<NamespacedName, List<IpAddress>> held) {
        Intent.Addressing addressing = new Intent.Addressing(
                List.of(
                        pool("a", "10.0.0.0/28").build(),
                        pool("b", "10.0.1.0/24", "fd00::/120").build()),
                List.of(),
                List.of());
        Map<NamespacedName, ServiceIntent> all = new TreeMap<>();
        for (int i = 0; i < services; i++) {
            ServiceIntent service = service("ns" + i % 3 + "/s" + i).build();
            all.put(service.serviceName(), service);
        }
        return with(addressing, Collections.unmodifiableMap(all), held);
    }

    private static AllocationRequest with(
            Intent.Addressing addressing,
            Map<NamespacedName, ServiceIntent> services,
            Map<NamespacedName, List<IpAddress>> held) {
        return new AllocationRequest(
                addressing,
                new TreeMap<>(),
                services,
                held,
                Map.of(),
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.empty());
    }

    private static Map<NamespacedName, List<IpAddress>> held(AllocationResult result) {
        Map<NamespacedName, List<IpAddress>> held = new TreeMap<>();
        result.allocations().forEach((name, allocation) -> held.put(name, allocation.addresses()));
        return held;
    }

    private static <K, V> Map<K, V> shuffled(Map<K, V> map, long seed) {
        List<Map.Entry<K, V>> entries = new ArrayList<>(map.entrySet());
        Collections.shuffle(entries, new Random(seed));
        Map<K, V> shuffled = new LinkedHashMap<>();
        entries.forEach(entry -> shuffled.put(entry.getKey(), entry.getValue()));
        return shuffled;
    }

    @Test
    void contract_equal_requests_have_equal_results_whoever_is_asked_and_how_often() {
        Ipam one = newIpam();
        AllocationResult first = one.allocate(request(30, Map.of()));
        assertThat(one.allocate(request(30, Map.of()))).isEqualTo(first);
        one.allocate(request(5, Map.of()));
        assertThat(one.allocate(request(30, Map.of()))).isEqualTo(first);
        assertThat(newIpam().allocate(request(30, Map.of()))).isEqualTo(first);
        AllocationRules.check(request(30, Map.of()), first, "contract");
    }

    @Test
    void contract_the_order_of_the_maps_makes_no_difference() {
        AllocationRequest ordered = request(30, held(newIpam().allocate(request(20, Map.of()))));
        AllocationResult expected = newIpam().allocate(ordered);
        for (long seed = 0; seed < 20; seed++) {
            AllocationRequest mixed =
                    with(ordered.addressing(), shuffled(ordered.services(), seed), shuffled(ordered.held(), seed));
            assertThat(newIpam().allocate(mixed)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void contract_what_is_held_stays_wherever_it_is() {
        Map<NamespacedName, List<IpAddress>> held = Map.of(name("ns1/s1"), List.of(ip("10.0.1.77")));
        AllocationResult result = newIpam().allocate(request(10, held));
        assertThat(result.allocations().get(name("ns1/s1")))
                .isEqualTo(new Allocation(name("ns1/s1"), "b", List.of(ip("10.0.1.77"))));
    }

    @Test
    void contract_a_result_taken_for_held_is_a_result_again() {
        AllocationResult first = newIpam().allocate(request(40, Map.of()));
        assertThat(newIpam().allocate(request(40, held(first)))).isEqualTo(first);
    }

    @Test
    void contract_one_that_was_swapped_in_moves_nothing() {
        Ipam old = newIpam();
        AllocationResult before = old.allocate(request(25, Map.of()));
        AllocationResult after = newIpam().allocate(request(30, held(before)));
        assertThat(after.allocations()).containsAllEntriesOf(before.allocations());
    }

    @Test
    void contract_allocations_iterate_in_name_order_and_cannot_be_changed() {
        AllocationResult result = newIpam().allocate(request(30, Map.of()));
        assertThat(List.copyOf(result.allocations().keySet())).isSorted();
        assertThatThrownBy(() -> result.allocations().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void contract_an_explanation_agrees_with_the_result_and_changes_nothing() {
        Ipam ipam = newIpam();
        AllocationRequest request = request(30, Map.of());
        AllocationResult result = ipam.allocate(request);
        for (NamespacedName name : request.services().keySet()) {
            assertThat(ipam.explain(request, name).allocation())
                    .isEqualTo(Optional.ofNullable(result.allocations().get(name)));
        }
        assertThat(ipam.explain(request, name("no/such")).allocation()).isEmpty();
        assertThat(ipam.allocate(request)).isEqualTo(result);
    }

    @Test
    void contract_nonsense_is_a_failure_not_an_exception() {
        Map<NamespacedName, List<IpAddress>> held = Map.of(
                name("ns0/s0"), List.of(ip("10.0.0.1"), ip("10.0.0.1")),
                name("ns1/s1"), List.of(ip("fd00::1"), ip("fd00::2"), ip("10.0.0.1")),
                name("gone/gone"), List.of(ip("10.0.0.2")),
                name("ns2/s2"), List.of());
        AllocationRequest request = request(3, held);
        AllocationRules.check(request, newIpam().allocate(request), "nonsense");
    }
}
