package org.heraldlb.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.ORIGIN;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.ServiceIntent.Type;
import org.heraldlb.testkit.ipam.AllocationWorld;
import org.junit.jupiter.api.Test;

/** The defects of the register that concern allocation and do not exist here. */
class DefectsTest {

    private final AllocationWorld world = new AllocationWorld(new RememberingIpam());

    @Test
    void D1_a_single_service_that_prefers_dual_does_not_flap() {
        world.with(
                pool("a", "10.0.0.0/30", "fd00::/126").build(),
                service("s").preferDual().build());
        for (int i = 0; i < 4; i++) {
            assertThat(world.settle().addresses("s")).isEqualTo("10.0.0.0");
        }
    }

    @Test
    void D2_a_service_of_our_class_that_loses_type_and_class_leaks_nothing() {
        world.ours("ours")
                .with(
                        pool("a", "10.0.0.1/32").build(),
                        service("s").loadBalancerClass("ours").build());
        assertThat(world.addresses("s")).isEqualTo("10.0.0.1");
        world.with(service("s").type(Type.CLUSTER_IP).build());
        assertThat(world.result().usage().get(0).assignedIPv4()).isZero();
        world.with(service("t").loadBalancerClass("ours").build());
        assertThat(world.addresses("t")).isEqualTo("10.0.0.1");
    }

    @Test
    void D3_an_infeasible_request_keeps_the_address_until_it_is_feasible() {
        world.with(
                pool("a", "10.0.0.0/30").build(),
                service("other").wants("10.0.0.3").build());
        world.with(service("s").build()).with(service("s").wants("10.0.0.3").build());
        assertThat(world.addresses("s")).isEqualTo("10.0.0.0");
        assertThat(world.problem("s"))
                .contains("address also in use by default/other")
                .endsWith("it keeps what it has");
        world.withoutService("other");
        assertThat(world.addresses("s")).isEqualTo("10.0.0.3");
        assertThat(world.problem("s")).isEmpty();
    }

    @Test
    void D3_a_request_of_the_wrong_family_or_an_exhausted_pool_keeps_the_address() {
        world.with(
                pool("a", "10.0.0.0/30", "fd00::/126").build(),
                pool("full", "10.0.1.1/32").build(),
                service("other").pool("full").build());
        world.with(service("s").build()).with(service("s").wants("fd00::1").build());
        assertThat(world.addresses("s")).isEqualTo("10.0.0.0");
        world.with(service("s").pool("full").build());
        assertThat(world.addresses("s")).isEqualTo("10.0.0.0");
        assertThat(world.problem("s")).contains("no available IPs in pool full");
    }

    @Test
    void D3_services_move_in_a_chain_and_never_lose_an_address() {
        world.with(pool("a", "10.0.0.0/29").build());
        for (int i = 0; i < 5; i++) {
            world.with(service("s" + i).wants("10.0.0." + i).build());
        }
        for (int i = 0; i < 4; i++) {
            world.with(service("s" + i).wants("10.0.0." + (i + 1)).build());
            assertThat(world.addresses("s" + i)).isEqualTo("10.0.0." + i);
        }
        world.with(service("s4").wants("10.0.0.5").build());
        assertThat(world.addresses("s0")).as("one free place moves all of them").isEqualTo("10.0.0.1");
        assertThat(world.addresses("s3")).isEqualTo("10.0.0.4");
    }

    @Test
    void D4_general_pools_are_taken_by_name() {
        world.with(
                pool("z", "10.0.0.0/30").build(),
                pool("a", "10.0.1.0/30").build(),
                service("s").build());
        assertThat(world.pool("s")).isEqualTo("a");
    }

    @Test
    void D5_services_with_one_key_are_together_where_the_rules_allow() {
        world.with(pool("a", "10.0.0.0/30").build(), pool("b", "10.0.1.0/30").build());
        world.with(service("x").sharingKey("k").ports("tcp/80").pool("b").build());
        world.with(service("free").build());
        world.with(service("y").sharingKey("k").ports("tcp/443").build());
        assertThat(world.addresses("y")).as("although pool a comes first").isEqualTo("10.0.1.0");
        world.with(service("z").sharingKey("k").ports("tcp/80").build());
        assertThat(world.addresses("z")).as("the port is taken").isEqualTo("10.0.0.1");
    }

    @Test
    void D5_a_thousand_services_with_one_key_and_one_port_do_not_look_at_each_other() {
        world.with(pool("a", "10.0.0.0/16").build());
        ConfigObject[] services = new ConfigObject[5_000];
        for (int i = 0; i < services.length; i++) {
            services[i] = service("s" + i).sharingKey("k").build();
        }
        world.with(services);
        assertThat(world.result().usage().get(0).assignedIPv4()).isEqualTo(services.length);
    }

    @Test
    void D14_counters_do_not_overflow_after_an_endless_prefix() {
        world.with(pool("a", "fd00::/48", "fd01::/120", "fd02::/66").build());
        assertThat(world.result().usage().get(0).availableIPv6()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void D15_a_pool_without_prefixes_is_no_exception() {
        AddressPool empty = new AddressPool(
                ObjectRef.of(Kind.IP_ADDRESS_POOL, "a"),
                ORIGIN,
                Map.of(),
                List.of(new AddressPool.Entry("10.0.0.1-fd00::1", List.of())),
                true,
                false,
                Optional.empty(),
                AddressPool.Rules.METALLB);
        world.with(empty, service("s").build());
        assertThat(world.problem("s")).contains("no available IPs");
    }
}
