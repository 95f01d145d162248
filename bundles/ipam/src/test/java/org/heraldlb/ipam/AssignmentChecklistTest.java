package org.heraldlb.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.namespace;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.selector;
import static org.heraldlb.testkit.Intents.service;

import java.util.List;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.ServiceIntent.Type;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.testkit.ipam.AllocationWorld;
import org.junit.jupiter.api.Test;

/** Checklist A and B, as far as allocation decides it. */
class AssignmentChecklistTest {

    private final AllocationWorld world = new AllocationWorld(new RememberingIpam());

    @Test
    void A13_A16_a_requested_pool_gives_the_address_and_earlier_services_keep_theirs() {
        for (boolean automatic : List.of(true, false)) {
            AllocationWorld each = new AllocationWorld(new RememberingIpam());
            for (String name : List.of("p1", "p2", "p3")) {
                var pool = pool(name, "10.0." + name.charAt(1) + ".0/30", "fd0" + name.charAt(1) + "::/126");
                each.with((automatic ? pool : pool.onRequest()).build());
                each.with(service("four-" + name).pool(name).build());
                each.with(service("six-" + name).v6().pool(name).build());
            }
            assertThat(each.addresses("four-p1")).isEqualTo("10.0.1.0");
            assertThat(each.addresses("four-p3")).isEqualTo("10.0.3.0");
            assertThat(each.addresses("six-p2")).isEqualTo("fd02::");
        }
    }

    @Test
    void A21_a_service_of_another_class_is_not_ours() {
        world.with(
                pool("p", "10.0.0.0/30").build(),
                service("a").loadBalancerClass("foo").build());
        assertThat(world.result().allocations()).isEmpty();
        assertThat(world.ours("foo").settle().addresses("a")).isEqualTo("10.0.0.0");
        world.with(service("plain").build());
        assertThat(world.addresses("plain")).isEmpty();
    }

    @Test
    void B01_the_second_service_waits_until_the_first_is_none() {
        world.with(pool("p", "10.0.0.1/32").build(), service("z").build());
        world.with(service("a").build());
        assertThat(world.addresses("a")).isEmpty();
        world.with(service("z").type(Type.CLUSTER_IP).build());
        assertThat(world.addresses("a")).isEqualTo("10.0.0.1");
    }

    @Test
    void B02_the_second_service_waits_until_the_first_is_gone() {
        world.with(pool("p", "10.0.0.1/32").build(), service("z").build());
        world.with(service("a").build()).withoutService("z");
        assertThat(world.addresses("a")).isEqualTo("10.0.0.1");
    }

    @Test
    void B03_addresses_survive_a_restart() {
        world.with(pool("p", "10.0.0.0/24").build());
        for (String name : List.of("d", "c", "b", "a")) {
            world.with(service(name).build());
        }
        var before = world.result().allocations();
        assertThat(new RememberingIpam().allocate(world.request()).allocations())
                .isEqualTo(before);
        assertThat(world.addresses("d")).isEqualTo("10.0.0.0");
    }

    @Test
    void B04_sharing_follows_policy_and_selector() {
        world.with(pool("p", "10.0.0.1/32").build());
        world.with(service("a")
                .sharingKey("k")
                .ports("tcp/80")
                .selector("x=1")
                .wants("10.0.0.1")
                .build());
        world.with(service("b")
                .sharingKey("k")
                .ports("tcp/81")
                .selector("x=1")
                .wants("10.0.0.1")
                .build());
        assertThat(world.addresses("b")).isEqualTo("10.0.0.1");

        world.with(service("b")
                .sharingKey("k")
                .ports("tcp/81")
                .selector("x=1")
                .local()
                .wants("10.0.0.1")
                .build());
        assertThat(world.addresses("a")).isEqualTo("10.0.0.1");
        assertThat(world.addresses("b")).isEmpty();
        world.with(service("a")
                .sharingKey("k")
                .ports("tcp/80")
                .selector("x=1")
                .local()
                .wants("10.0.0.1")
                .build());
        assertThat(world.addresses("a") + " " + world.addresses("b")).isEqualTo("10.0.0.1 10.0.0.1");

        world.with(service("a")
                .sharingKey("k")
                .ports("tcp/80")
                .selector("x=2")
                .local()
                .wants("10.0.0.1")
                .build());
        assertThat(List.of(world.addresses("a"), world.addresses("b")))
                .as("one of two keeps it; MetalLB takes it from the one that changed, Herald does not know who did")
                .containsExactly("10.0.0.1", "");
        world.with(service("b")
                .sharingKey("k")
                .ports("tcp/81")
                .selector("x=2")
                .local()
                .wants("10.0.0.1")
                .build());
        assertThat(world.addresses("b")).isEqualTo("10.0.0.1");
    }

    @Test
    void B04_one_that_changes_its_key_does_not_turn_out_two_who_did_not() {
        world.with(pool("p", "10.0.0.0/31").build());
        for (int i = 0; i < 3; i++) {
            world.with(service("s" + i).sharingKey("k").ports("tcp/" + (80 + i)).build());
        }
        assertThat(world.addresses("s0")).isEqualTo("10.0.0.0").isEqualTo(world.addresses("s2"));
        world.with(service("s0").sharingKey("new").ports("tcp/80").build());
        assertThat(world.addresses("s0")).isEqualTo("10.0.0.1");
        assertThat(world.addresses("s1")).isEqualTo("10.0.0.0").isEqualTo(world.addresses("s2"));
    }

    @Test
    void B05_without_pools_there_are_no_addresses() {
        world.with(pool("p", "10.0.0.1/32").build(), service("a").build()).withoutPool("p");
        assertThat(world.addresses("a")).isEmpty();
    }

    @Test
    void B06_another_pool_takes_over() {
        world.with(
                pool("p1", "10.0.1.1/32").build(),
                pool("p2", "10.0.2.1/32").build(),
                service("a").build());
        assertThat(world.withoutPool("p1").addresses("a")).isEqualTo("10.0.2.1");
    }

    private void servesInOrder(String namespace, AddressPool... pools) {
        world.with(pools).with(pool("general", "10.9.0.0/24").build());
        for (int i = 0; i < 3; i++) {
            world.with(service(namespace + "/s" + i).labels("x=y").build());
        }
        assertThat(List.of(world.pool(namespace + "/s0"), world.pool(namespace + "/s1"), world.pool(namespace + "/s2")))
                .containsExactly("late-but-first", "early-but-second", "general");
    }

    @Test
    void B07_pools_of_a_namespace_in_order_of_priority() {
        servesInOrder(
                "one",
                pool("early-but-second", "10.0.1.1/32")
                        .namespaces("one")
                        .priority(20)
                        .build(),
                pool("late-but-first", "10.0.2.1/32")
                        .namespaces("one")
                        .priority(10)
                        .build());
        assertThat(world.with(service("two/s").build()).pool("two/s")).isEqualTo("general");
    }

    @Test
    void B08_pools_with_only_a_priority_serve_everybody() {
        servesInOrder(
                "any",
                pool("early-but-second", "10.0.1.1/32").priority(20).build(),
                pool("late-but-first", "10.0.2.1/32").priority(10).build());
    }

    @Test
    void B08_no_priority_comes_after_every_priority() {
        servesInOrder(
                "any",
                pool("early-but-second", "10.0.1.1/32").priority(0).build(),
                pool("late-but-first", "10.0.2.1/32").priority(100).build());
    }

    @Test
    void B09_names_and_selectors_of_namespaces_add_up() {
        world.with(namespace("one", "team=a"));
        servesInOrder(
                "one",
                pool("early-but-second", "10.0.1.1/32")
                        .namespaces("one")
                        .priority(20)
                        .build(),
                pool("late-but-first", "10.0.2.1/32")
                        .namespaces("other")
                        .namespaceSelectors(selector("team=a"))
                        .priority(10)
                        .build());
    }

    @Test
    void B10_selectors_of_services() {
        servesInOrder(
                "any",
                pool("early-but-second", "10.0.1.1/32")
                        .serviceSelectors(selector("x=y"))
                        .priority(20)
                        .build(),
                pool("late-but-first", "10.0.2.1/32")
                        .serviceSelectors(selector("x=y"))
                        .priority(10)
                        .build());
        assertThat(world.with(service("s").build()).pool("s")).isEqualTo("general");
    }

    @Test
    void B11_namespace_and_label_must_both_match() {
        world.with(
                pool("both", "10.0.1.0/30")
                        .namespaces("one")
                        .serviceSelectors(selector("x=y"))
                        .priority(1)
                        .build(),
                pool("general", "10.9.0.0/24").build(),
                service("one/a").labels("x=y").build(),
                service("one/b").build(),
                service("two/a").labels("x=y").build());
        assertThat(world.pool("one/a")).isEqualTo("both");
        assertThat(world.pool("one/b") + world.pool("two/a")).isEqualTo("generalgeneral");
    }

    @Test
    void B12_a_namespace_that_gets_the_label_uses_the_pool_from_then_on() {
        world.with(
                pool("team", "10.0.1.0/30")
                        .namespaceSelectors(selector("team=a"))
                        .priority(1)
                        .build(),
                pool("general", "10.9.0.0/24").build(),
                namespace("one", "team=a"),
                namespace("two"),
                service("two/a").build());
        assertThat(world.pool("two/a")).isEqualTo("general");
        world.with(namespace("two", "team=a")).with(service("two/b").build());
        assertThat(world.pool("two/a")).isEqualTo("general");
        assertThat(world.pool("two/b")).isEqualTo("team");
    }

    @Test
    void B13_prefer_dual_stack_picks_the_pool_with_both() {
        world.with(
                pool("a", "10.0.0.0/30").build(),
                pool("b", "fd00::/126").build(),
                pool("c", "10.0.1.0/30", "fd01::/126").build(),
                service("s").dual().preferDual().build());
        assertThat(world.addresses("s")).isEqualTo("10.0.1.0 fd01::");
    }

    @Test
    void B14_prefer_dual_stack_takes_ipv4_where_no_pool_has_both() {
        world.with(
                pool("a", "fd00::/126").build(),
                pool("b", "10.0.0.0/30").build(),
                service("s").dual().preferDual().build());
        assertThat(world.addresses("s")).isEqualTo("10.0.0.0");
    }

    @Test
    void B15_prefer_dual_stack_takes_ipv6_where_that_is_first() {
        world.with(
                pool("a", "10.0.0.0/30").build(),
                pool("b", "fd00::/126").build(),
                service("s").families(IpFamily.IPV6, IpFamily.IPV4).preferDual().build());
        assertThat(world.addresses("s")).isEqualTo("fd00::");
    }

    @Test
    void B16_a_second_address_is_added_when_the_pool_gains_the_family() {
        world.with(
                pool("a", "10.0.0.0/30").build(),
                service("s").dual().preferDual().build());
        world.with(pool("a", "10.0.0.0/30", "fd00::/126").build());
        assertThat(world.addresses("s")).isEqualTo("10.0.0.0 fd00::");
    }

    @Test
    void B17_require_dual_stack_takes_the_one_address_away_and_prefer_gives_it_back() {
        world.with(
                pool("a", "10.0.0.0/30").build(),
                service("s").dual().preferDual().build());
        world.with(service("s").dual().requireDual().build());
        assertThat(world.addresses("s")).isEmpty();
        world.with(service("s").dual().preferDual().build());
        assertThat(world.addresses("s")).isEqualTo("10.0.0.0");
    }

    @Test
    void B18_a_service_does_not_move_because_a_dual_pool_appears() {
        world.with(
                pool("b", "10.0.0.0/30").build(),
                service("s").dual().preferDual().build());
        world.with(pool("a", "10.0.1.0/30", "fd00::/126").build());
        assertThat(world.addresses("s")).isEqualTo("10.0.0.0");
    }

    @Test
    void B19_a_dual_service_moves_when_its_pool_loses_a_family() {
        world.with(
                pool("a", "10.0.0.0/30", "fd00::/126").build(),
                pool("b", "10.0.1.0/30", "fd01::/126").build(),
                service("s").dual().build());
        world.with(pool("a", "10.0.0.0/30").build());
        assertThat(world.addresses("s")).isEqualTo("10.0.1.0 fd01::");
    }

    @Test
    void B20_counters_follow() {
        world.with(pool("a", "10.0.0.0/30", "fd00::/126").build());
        assertThat(world.result().usage()).containsExactly(new PoolUsage("a", 0, 0, 4, 4));
        world.with(service("s").dual().build());
        assertThat(world.result().usage()).containsExactly(new PoolUsage("a", 1, 1, 3, 3));
        world.with(pool("a", "10.0.0.0/29", "fd00::/125").build());
        assertThat(world.result().usage()).containsExactly(new PoolUsage("a", 1, 1, 7, 7));
        world.withoutService("s");
        assertThat(world.result().usage()).containsExactly(new PoolUsage("a", 0, 0, 8, 8));
    }
}
