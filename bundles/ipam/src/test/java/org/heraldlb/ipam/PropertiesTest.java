package org.heraldlb.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.quota;
import static org.heraldlb.testkit.Intents.reservation;
import static org.heraldlb.testkit.Intents.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.heraldlb.api.intent.AddressPool.Strategy;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.testkit.ServiceBuilder;
import org.heraldlb.testkit.ipam.AllocationWorld;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One property each, over worlds from seeds that are made to break it. */
class PropertiesTest {

    private final AllocationWorld world = new AllocationWorld(new RememberingIpam());

    private static List<String> names(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format("s%03d", i))
                .toList();
    }

    private static List<String> shuffled(List<String> names, Random random) {
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private Map<NamespacedName, List<IpAddress>> addresses() {
        Map<NamespacedName, List<IpAddress>> addresses = new HashMap<>();
        world.result().allocations().forEach((name, allocation) -> addresses.put(name, allocation.addresses()));
        return addresses;
    }

    private ServiceIntent random(String name, Random random) {
        ServiceBuilder service = service(name).ports("tcp/" + (80 + random.nextInt(3)));
        switch (random.nextInt(4)) {
            case 0 -> service.v6();
            case 1 -> service.dual().preferDual();
            case 2 -> service.dual();
            default -> {}
        }
        if (random.nextInt(3) == 0) {
            service.sharingKey("k" + random.nextInt(2));
        }
        if (random.nextInt(5) == 0) {
            service.local().selector("app=" + random.nextInt(2));
        }
        return service.build();
    }

    /** But for those who share an address with one that changes: the request does not say which of them did. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void who_asks_for_nothing_and_does_not_change_keeps_all_that_he_has(long seed) {
        Random random = new Random(seed);
        world.with(
                pool("a", "10.0.0.0/29", "fd00::/126").build(),
                pool("b", "10.0.1.0/29", "fd01::/126").build());
        for (int step = 0; step < 300; step++) {
            Map<NamespacedName, List<IpAddress>> before = addresses();
            String changed = "s" + random.nextInt(20);
            if (random.nextInt(4) == 0) {
                world.withoutService(changed);
            } else {
                world.with(random(changed, random));
            }
            Map<NamespacedName, List<IpAddress>> after = addresses();
            List<IpAddress> contested = before.getOrDefault(NamespacedName.parse(changed), List.of());
            before.forEach((name, had) -> {
                if (Collections.disjoint(had, contested)) {
                    assertThat(after.get(name)).as("seed %d: %s", seed, name).containsAll(had);
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"LOWEST, 1", "LOWEST, 2", "SPREAD, 1", "SPREAD, 2", "RANDOM_STABLE, 1", "RANDOM_STABLE, 2"})
    void a_pool_serves_exactly_as_many_as_it_has_addresses(Strategy strategy, long seed) {
        Random random = new Random(seed);
        int size = 3 + random.nextInt(40);
        world.with(pool("p", "10.0.0.1-10.0.0." + size).strategy(strategy).build());
        Set<String> present = new TreeSet<>();
        for (int step = 0; step < 150; step++) {
            String name = names(60).get(random.nextInt(60));
            if (present.remove(name)) {
                world.withoutService(name);
            } else {
                present.add(name);
                world.with(service(name).build());
            }
            Set<IpAddress> given = new HashSet<>();
            addresses().values().forEach(given::addAll);
            assertThat(addresses()).as("seed %d step %d", seed, step).hasSize(Math.min(size, present.size()));
            assertThat(given).hasSameSizeAs(addresses().keySet());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whoever_arrives_together_is_served_by_name_in_whatever_order_he_is_told_of(long seed) {
        Random random = new Random(seed);
        Map<NamespacedName, Allocation> expected = null;
        List<ConfigObject> objects = new ArrayList<>(List.of(
                pool("b", "10.0.1.0/30", "fd01::/127").build(),
                pool("a", "10.0.0.0/30", "fd00::/127").build(),
                pool("c", "10.0.2.0/29").strategy(Strategy.RANDOM_STABLE).build(),
                reservation("s003", "10.0.1.2"),
                quota("default", 9)));
        names(14).forEach(name -> objects.add(random(name, random)));
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(objects, random);
            AllocationWorld fresh = new AllocationWorld(new RememberingIpam());
            fresh.with(objects.toArray(ConfigObject[]::new));
            expected = expected == null ? fresh.result().allocations() : expected;
            assertThat(fresh.result().allocations()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_freed_address_goes_to_the_first_who_waits_and_nobody_else_moves(long seed) {
        Random random = new Random(seed);
        world.with(pool("p", "10.0.0.0/28").build());
        Set<String> waiting = new TreeSet<>();
        for (String name : shuffled(names(30), random)) {
            world.with(service(name).build());
            if (world.addresses(name).isEmpty()) {
                waiting.add(name);
            }
        }
        assertThat(waiting).hasSize(14);
        while (!waiting.isEmpty()) {
            Map<NamespacedName, List<IpAddress>> before = addresses();
            NamespacedName leaving = new ArrayList<>(before.keySet()).get(random.nextInt(before.size()));
            List<IpAddress> freed = before.remove(leaving);
            world.withoutService(leaving.toString());
            String first = waiting.iterator().next();
            waiting.remove(first);
            before.put(NamespacedName.parse(first), freed);
            assertThat(addresses()).as("seed %d", seed).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void no_namespace_gets_past_its_quota_and_none_loses_by_a_smaller_one(long seed) {
        Random random = new Random(seed);
        world.with(pool("p", "10.0.0.0/26", "fd00::/122").build());
        int limit = 5;
        world.with(quota("shop", limit));
        for (int step = 0; step < 250; step++) {
            Set<IpAddress> before = distinct("shop");
            String name = "shop/s" + random.nextInt(15);
            switch (random.nextInt(6)) {
                case 0 -> world.withoutService(name);
                case 1 -> {
                    limit = random.nextInt(9);
                    world.with(quota("shop", limit));
                }
                default -> world.with(random(name, random));
            }
            Set<IpAddress> after = distinct("shop");
            assertThat(after.size())
                    .as("seed %d step %d", seed, step)
                    .isLessThanOrEqualTo(Math.max(limit, before.size()));
            if (after.size() > limit) {
                assertThat(before)
                        .as("seed %d step %d: nothing new", seed, step)
                        .containsAll(after);
            }
        }
    }

    private Set<IpAddress> distinct(String namespace) {
        Set<IpAddress> distinct = new HashSet<>();
        addresses().forEach((name, addresses) -> {
            if (name.namespace().equals(namespace)) {
                distinct.addAll(addresses);
            }
        });
        return distinct;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void a_released_address_is_nobody_elses_until_its_time_is_over(long seed) {
        Random random = new Random(seed);
        world.with(pool("p", "10.0.0.0/28").build());
        Map<String, String> waits = new HashMap<>();
        Map<String, Integer> until = new HashMap<>();
        for (int second = 0; second < 300; second++) {
            String name = "s" + random.nextInt(24);
            String had = world.addresses(name);
            if (random.nextInt(3) > 0) {
                String expected = until.getOrDefault(name, 0) > second && had.isEmpty() ? waits.get(name) : null;
                world.with(service(name).build());
                if (expected != null) {
                    assertThat(world.addresses(name))
                            .as("seed %d second %d", seed, second)
                            .isEqualTo(expected);
                }
                waits.remove(name);
                until.remove(name);
            } else if (!had.isEmpty()) {
                int grace = 1 + random.nextInt(30);
                waits.put(name, had);
                until.put(name, second + grace);
                world.released(had, "default/" + name, Duration.ofSeconds(grace));
                world.withoutService(name);
            }
            int now = second;
            waits.forEach((owner, address) -> {
                if (until.get(owner) > now) {
                    assertThat(users(address))
                            .as("seed %d second %d: %s of %s", seed, now, address, owner)
                            .isEmpty();
                }
            });
            world.after(Duration.ofSeconds(1));
        }
    }

    private List<NamespacedName> users(String address) {
        IpAddress wanted = IpAddress.parse(address);
        return world.result().allocations().values().stream()
                .filter(allocation -> allocation.addresses().contains(wanted))
                .map(Allocation::service)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void pools_may_be_renamed_split_and_joined_under_services_that_stay(long seed) {
        Random random = new Random(seed);
        world.with(pool("p0", "10.0.0.0-10.0.0.63").build());
        for (String name : names(40)) {
            world.with(service(name).build());
        }
        Map<NamespacedName, List<IpAddress>> before = addresses();
        for (int step = 1; step < 30; step++) {
            List<ConfigObject> next = new ArrayList<>();
            for (int from = 0; from < 64; ) {
                int to = Math.min(63, from + random.nextInt(64));
                next.add(pool("p" + step + "-" + from, "10.0.0." + from + "-10.0.0." + to)
                        .build());
                from = to + 1;
            }
            names(40).forEach(name -> next.add(service(name).build()));
            AllocationWorld edited = new AllocationWorld(new RememberingIpam());
            before.forEach(
                    (name, had) -> edited.holding(name.toString(), had.get(0).toString()));
            edited.with(next.toArray(ConfigObject[]::new));
            Map<NamespacedName, List<IpAddress>> after = new HashMap<>();
            edited.result().allocations().forEach((name, allocation) -> after.put(name, allocation.addresses()));
            assertThat(after).as("seed %d step %d", seed, step).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 33, 64})
    void spread_leaves_gaps_that_differ_by_a_factor_of_two_at_the_most(int services) {
        world.with(pool("p", "10.0.0.0/24").strategy(Strategy.SPREAD).build());
        names(services).forEach(name -> world.with(service(name).build()));
        List<Long> taken = addresses().values().stream()
                .map(list -> list.get(0).low() & 255)
                .sorted()
                .toList();
        long widest = taken.get(0);
        long narrowest = taken.get(0);
        for (int i = 1; i <= taken.size(); i++) {
            long gap = (i == taken.size() ? 256 : taken.get(i)) - taken.get(i - 1) - 1;
            widest = Math.max(widest, gap);
            narrowest = Math.min(narrowest, gap);
        }
        assertThat(widest).isLessThanOrEqualTo(2 * narrowest + 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_stable_gives_nearly_everybody_the_address_that_he_would_have_alone(long seed) {
        Random random = new Random(seed);
        world.with(pool("p", "10.0.0.0/16").strategy(Strategy.RANDOM_STABLE).build());
        List<String> all = shuffled(names(200), random);
        world.with(all.stream().map(name -> service(name).build()).toArray(ConfigObject[]::new));
        int same = 0;
        for (String name : all) {
            AllocationWorld alone = new AllocationWorld(new RememberingIpam());
            alone.with(
                    pool("p", "10.0.0.0/16").strategy(Strategy.RANDOM_STABLE).build(),
                    service(name).build());
            same += alone.addresses(name).equals(world.addresses(name)) ? 1 : 0;
        }
        assertThat(same).isGreaterThanOrEqualTo(195);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void services_of_one_key_are_on_as_few_addresses_as_their_ports_allow(long seed) {
        Random random = new Random(seed);
        world.with(pool("p", "10.0.0.0/24").build());
        Map<Integer, Integer> users = new HashMap<>();
        for (String name : shuffled(names(40), random)) {
            int port = 80 + random.nextInt(6);
            users.merge(port, 1, Integer::sum);
            world.with(service(name).sharingKey("k").ports("tcp/" + port).build());
        }
        Set<IpAddress> used = new HashSet<>();
        addresses().values().forEach(used::addAll);
        assertThat(used).as("seed %d", seed).hasSize(Collections.max(users.values()));
    }
}
