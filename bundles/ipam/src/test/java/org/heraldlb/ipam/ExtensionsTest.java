package org.heraldlb.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.ORIGIN;
import static org.heraldlb.testkit.Intents.ips;
import static org.heraldlb.testkit.Intents.name;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.quota;
import static org.heraldlb.testkit.Intents.reservation;
import static org.heraldlb.testkit.Intents.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.heraldlb.api.intent.AddressPool.Strategy;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.testkit.ipam.AllocationWorld;
import org.junit.jupiter.api.Test;

/** What Herald has beyond MetalLB: reservations, excluded ranges, grace times, quotas, strategies. */
class ExtensionsTest {

    private final AllocationWorld world = new AllocationWorld(new RememberingIpam());

    @Test
    void a_reserved_address_waits_for_its_service() {
        world.with(pool("p", "10.0.0.0/31").build(), reservation("later", "10.0.0.0"));
        world.with(service("a").build(), service("b").build());
        assertThat(world.addresses("a")).isEqualTo("10.0.0.1");
        assertThat(world.addresses("b")).isEmpty();
        world.with(service("b").wants("10.0.0.0").build());
        assertThat(world.problem("b")).contains("\"10.0.0.0\" is reserved for default/later");
        assertThat(world.with(service("later").build()).addresses("later")).isEqualTo("10.0.0.0");
        world.withoutService("later");
        assertThat(world.addresses("b"))
                .as("kept, whether the service exists or not")
                .isEmpty();
    }

    @Test
    void a_reservation_of_one_family_is_completed_from_the_same_pool() {
        world.with(
                pool("a", "10.0.0.0/30", "fd00::/126").build(),
                pool("b", "10.0.1.0/30", "fd01::/126").build(),
                reservation("s", "10.0.1.3"),
                service("s").dual().build());
        assertThat(world.addresses("s")).isEqualTo("10.0.1.3 fd01::");
    }

    @Test
    void a_reservation_takes_nothing_from_whoever_holds_the_address() {
        world.with(pool("p", "10.0.0.0/31").build(), service("a").build());
        world.with(reservation("later", "10.0.0.0"), service("later").build());
        assertThat(world.addresses("a")).isEqualTo("10.0.0.0");
        assertThat(world.addresses("later")).isEqualTo("10.0.0.1");
    }

    @Test
    void an_expired_reservation_is_none() {
        Reservation until = new Reservation(
                ObjectRef.of(Kind.RESERVATION, name("later")),
                ORIGIN,
                name("later"),
                ips("10.0.0.1"),
                Optional.of(Instant.parse("2026-01-01T00:01:00Z")));
        world.with(pool("p", "10.0.0.1/32").build(), until, service("a").build());
        assertThat(world.after(Duration.ofSeconds(59)).addresses("a")).isEmpty();
        assertThat(world.after(Duration.ofSeconds(1)).addresses("a")).isEqualTo("10.0.0.1");
    }

    @Test
    void a_reservation_outside_the_pools_is_told() {
        world.with(
                pool("p", "10.0.0.1/32").build(),
                reservation("s", "10.0.0.2"),
                service("s").build());
        assertThat(world.addresses("s")).isEqualTo("10.0.0.1");
        assertThat(world.result().problems()).extracting("code").containsExactly("reservationOutsidePools");
    }

    @Test
    void excluded_ranges_are_not_part_of_the_pool() {
        world.with(
                pool("p", "10.0.0.0/29")
                        .excluded("10.0.0.0/31", "10.0.0.3-10.0.0.6")
                        .build(),
                service("a").build(),
                service("b").build(),
                service("c").build(),
                service("d").wants("10.0.0.4").build());
        assertThat(world.addresses("a") + " " + world.addresses("b")).isEqualTo("10.0.0.2 10.0.0.7");
        assertThat(world.problem("c")).contains("no available IPs");
        assertThat(world.problem("d")).contains("is not allowed in config");
        assertThat(world.result().usage().get(0).assignedIPv4()).isEqualTo(2);
        assertThat(world.result().usage().get(0).availableIPv4()).isZero();
    }

    @Test
    void a_held_address_that_becomes_excluded_is_replaced() {
        world.with(pool("p", "10.0.0.0/29").build(), service("a").build());
        world.with(pool("p", "10.0.0.0/29").excluded("10.0.0.0/31").build());
        assertThat(world.addresses("a")).isEqualTo("10.0.0.2");
    }

    @Test
    void a_released_address_is_for_its_last_owner_until_the_grace_time_ends() {
        world.with(pool("p", "10.0.0.0/31").build());
        world.released("10.0.0.0", "gone", Duration.ofSeconds(30));
        world.with(service("a").build(), service("b").build());
        assertThat(world.addresses("a") + world.addresses("b")).isEqualTo("10.0.0.1");
        world.with(service("gone").build());
        assertThat(world.addresses("gone")).isEqualTo("10.0.0.0");
        world.withoutService("gone").after(Duration.ofSeconds(29));
        assertThat(world.addresses("b")).isEmpty();
        assertThat(world.after(Duration.ofSeconds(1)).addresses("b")).isEqualTo("10.0.0.0");
    }

    @Test
    void nobody_may_ask_for_an_address_in_its_grace_time() {
        world.with(pool("p", "10.0.0.0/31").build()).released("10.0.0.0", "gone", Duration.ofSeconds(30));
        world.with(service("a").wants("10.0.0.0").build());
        assertThat(world.problemCode("a")).isEqualTo("addressInGraceTime");
        assertThat(world.after(Duration.ofSeconds(31)).addresses("a")).isEqualTo("10.0.0.0");
    }

    @Test
    void a_quota_limits_distinct_addresses_of_a_namespace() {
        world.with(pool("p", "10.0.0.0/24").build(), quota("default", 2));
        world.with(
                service("a").build(),
                service("b").sharingKey("k").build(),
                service("c").build());
        assertThat(world.problem("c")).contains("namespace default may have 2 addresses and has them");
        assertThat(world.with(service("other/c").build()).addresses("other/c")).isNotEmpty();
        world.with(service("d").sharingKey("k").ports("tcp/81").build());
        assertThat(world.addresses("d")).as("sharing costs nothing").isEqualTo(world.addresses("b"));
        world.withoutService("a");
        assertThat(world.addresses("c")).isNotEmpty();
    }

    @Test
    void a_quota_takes_nothing_away_and_lets_a_service_move() {
        world.with(
                pool("p", "10.0.0.0/24").build(),
                service("a").build(),
                service("b").build());
        world.with(quota("default", 1));
        assertThat(world.result().allocations()).hasSize(2);
        world.with(service("a").wants("10.0.0.9").build());
        assertThat(world.addresses("a")).isEqualTo("10.0.0.9");
    }

    @Test
    void a_quota_of_one_leaves_one_of_two_families_to_who_prefers_both() {
        world.with(pool("p", "10.0.0.0/24", "fd00::/120").build(), quota("default", 1));
        world.with(service("a").dual().preferDual().build(), service("b").dual().build());
        assertThat(world.addresses("a")).isEqualTo("10.0.0.0");
        assertThat(world.problemCode("b")).isEqualTo("quotaExceeded");
    }

    @Test
    void spreading_takes_the_middle_of_the_widest_gap() {
        world.with(pool("p", "10.0.0.0/28").strategy(Strategy.SPREAD).build());
        for (String each : new String[] {"a", "b", "c", "d"}) {
            world.with(service(each).build());
        }
        assertThat(world.addresses("a")).isEqualTo("10.0.0.7");
        assertThat(world.addresses("b")).isEqualTo("10.0.0.11");
        assertThat(world.addresses("c")).isEqualTo("10.0.0.3");
        assertThat(world.addresses("d")).isEqualTo("10.0.0.13");
    }

    @Test
    void spreading_uses_every_address_and_avoids_confusing_ones() {
        world.with(pool("p", "10.0.0.252-10.0.1.3")
                .strategy(Strategy.SPREAD)
                .avoidBuggyIps()
                .build());
        for (int i = 0; i < 7; i++) {
            world.with(service("s" + i).build());
        }
        assertThat(world.result().allocations()).hasSize(6);
    }

    @Test
    void a_stable_random_address_comes_back_whoever_was_there_first() {
        world.with(pool("p", "10.0.0.0/16", "fd00::/64")
                .strategy(Strategy.RANDOM_STABLE)
                .build());
        world.with(service("a").dual().build());
        String first = world.addresses("a");
        world.withoutService("a")
                .with(service("b").dual().build(), service("c").dual().build());
        assertThat(world.with(service("a").dual().build()).addresses("a")).isEqualTo(first);
        assertThat(first).isEqualTo("10.0.152.69 fd00::4da5:a4f2:c33a:9845");
    }

    @Test
    void a_stable_random_pool_gives_every_address() {
        world.with(pool("p", "10.0.0.0/28").strategy(Strategy.RANDOM_STABLE).build());
        for (int i = 0; i < 17; i++) {
            world.with(service("s" + i).build());
        }
        assertThat(world.result().allocations()).hasSize(16);
    }

    @Test
    void pools_that_overlap_against_the_rules_share_nothing() {
        world.with(pool("a", "10.0.0.0/31").build(), pool("b", "10.0.0.0/30").build());
        for (int i = 0; i < 5; i++) {
            world.with(service("s" + i).build());
        }
        assertThat(world.result().allocations()).hasSize(4);
        assertThat(world.result().problems()).extracting("code").containsExactly("overlappingPrefix");
    }
}
