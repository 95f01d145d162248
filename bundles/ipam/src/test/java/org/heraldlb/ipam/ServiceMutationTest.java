package org.heraldlb.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.selector;
import static org.heraldlb.testkit.Intents.service;

import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ServiceIntent.Type;
import org.heraldlb.testkit.ServiceBuilder;
import org.heraldlb.testkit.ipam.AllocationWorld;
import org.junit.jupiter.api.Test;

/** Checklist G: what becomes of one service. */
class ServiceMutationTest {

    private final AllocationWorld world = new AllocationWorld(new RememberingIpam());

    private ServiceBuilder web() {
        return service("web");
    }

    private AllocationWorld pools() {
        return world.with(
                pool("pool1", "1.2.3.0/31").build(),
                pool("pool2", "3.4.5.6/32").onRequest().build(),
                pool("pool3", "1000::/127").build(),
                pool("pool4", "2000::1/128").onRequest().build());
    }

    private AllocationWorld dualPools() {
        return world.with(
                pool("pool1", "1.2.3.0/31", "1000::/127").build(),
                pool("pool2", "3.4.5.6/32", "2000::1/128").onRequest().build(),
                pool("pool4", "10.0.0.0/31").onRequest().build(),
                pool("pool6", "5000::/127").onRequest().build());
    }

    @Test
    void G01_G27_a_deleted_service_has_nothing() {
        pools().with(web().build()).withoutService("web");
        assertThat(world.result().allocations()).isEmpty();
        assertThat(world.result().failures()).isEmpty();
    }

    @Test
    void G02_a_cluster_ip_service_is_not_looked_at() {
        pools().with(web().type(Type.CLUSTER_IP).build());
        assertThat(world.addresses("web")).isEmpty();
        assertThat(world.problem("web")).isEmpty();
    }

    @Test
    void G03_G18_a_plain_service_gets_the_first_address() {
        assertThat(pools().with(web().build()).addresses("web")).isEqualTo("1.2.3.0");
    }

    @Test
    void G04_G05_requested_addresses_are_honoured() {
        assertThat(pools().with(web().wants("1.2.3.1").build()).addresses("web"))
                .isEqualTo("1.2.3.1");
    }

    @Test
    void G06_G07_G09_G10_a_faulty_request_is_the_problem_and_gives_nothing() {
        Problem problem = Problem.error("badRequest", "Service default/web", "service can not have both");
        pools().with(web().requestProblem(problem).build());
        assertThat(world.addresses("web")).isEmpty();
        assertThat(world.problem("web")).isEqualTo("service can not have both");
    }

    @Test
    void G06_a_request_that_turns_faulty_keeps_the_address() {
        Problem problem = Problem.error("badRequest", "Service default/web", "service can not have both");
        pools().with(web().build()).with(web().requestProblem(problem).build());
        assertThat(world.addresses("web")).isEqualTo("1.2.3.0");
        assertThat(world.problemCode("web")).isEqualTo("badRequest");
    }

    @Test
    void G08_an_address_outside_the_requested_pool_is_refused() {
        pools().with(web().wants("1.2.3.0").pool("pool2").build());
        assertThat(world.addresses("web")).isEmpty();
        assertThat(world.problem("web")).contains("is not compatible with requested address pool");
    }

    @Test
    void G11_an_address_outside_all_pools_is_refused_and_herald_keeps_the_existing_one() {
        pools().with(web().build()).with(web().wants("8.8.8.8").build());
        assertThat(world.addresses("web")).isEqualTo("1.2.3.0");
        assertThat(world.problem("web"))
                .isEqualTo("Failed to allocate IP for \"default/web\": [8.8.8.8] is not allowed in config;"
                        + " it keeps what it has");
        world.with(service("new").wants("8.8.8.8").build());
        assertThat(world.addresses("new")).isEmpty();
        assertThat(world.problem("new"))
                .isEqualTo("Failed to allocate IP for \"default/new\": [8.8.8.8] is not allowed in config");
    }

    @Test
    void G12_a_pool_that_is_not_automatic_may_be_requested() {
        assertThat(pools().with(web().pool("pool2").build()).addresses("web")).isEqualTo("3.4.5.6");
    }

    @Test
    void G13_a_changed_pool_moves_the_address() {
        pools().with(web().pool("pool1").build()).with(web().pool("pool2").build());
        assertThat(world.addresses("web")).isEqualTo("3.4.5.6");
        assertThat(world.pool("web")).isEqualTo("pool2");
    }

    @Test
    void G14_an_unknown_pool_is_refused_and_herald_keeps_the_existing_address() {
        pools().with(web().build()).with(web().pool("nope").build());
        assertThat(world.addresses("web")).isEqualTo("1.2.3.0");
        assertThat(world.problem("web")).contains("unknown pool \"nope\"");
        world.with(service("new").pool("nope").build());
        assertThat(world.addresses("new")).isEmpty();
        assertThat(world.problemCode("new")).isEqualTo("unknownPool");
    }

    @Test
    void G15_a_held_address_outside_the_pools_is_replaced() {
        pools().holding("web", "2.2.2.2").with(web().build());
        assertThat(world.addresses("web")).isEqualTo("1.2.3.0");
    }

    @Test
    void G16_nothing_held_is_replaced() {
        pools().holding("web").with(web().build());
        assertThat(world.addresses("web")).isEqualTo("1.2.3.0");
    }

    @Test
    void G17_a_service_that_is_no_load_balancer_any_more_is_cleared() {
        pools().with(web().build()).with(web().type(Type.NODE_PORT).build());
        assertThat(world.addresses("web")).isEmpty();
        assertThat(world.result().usage().get(0).assignedIPv4()).isZero();
    }

    @Test
    void G19_policy_local_makes_no_difference() {
        assertThat(pools().with(web().local().build()).addresses("web")).isEqualTo("1.2.3.0");
    }

    @Test
    void G20_no_cluster_address_no_address() {
        pools().with(web().build()).with(web().noClusterAddress().build());
        assertThat(world.addresses("web")).isEmpty();
        assertThat(world.problemCode("web")).isEqualTo("noClusterAddress");
    }

    @Test
    void G21_G22_an_ipv4_request_of_an_ipv6_service_is_refused() {
        pools().with(web().v6().wants("1.2.3.0").build());
        assertThat(world.addresses("web")).isEmpty();
        assertThat(world.problem("web")).contains("does not match the ipFamily of the service");
    }

    @Test
    void G23_G24_an_ipv6_request_of_an_ipv4_service_is_refused() {
        pools().with(web().wants("1000::").build());
        assertThat(world.problemCode("web")).isEqualTo("familyMismatch");
    }

    @Test
    void G25_an_ipv6_address_of_an_ipv4_service_is_replaced() {
        assertThat(pools().holding("web", "1000::").with(web().build()).addresses("web"))
                .isEqualTo("1.2.3.0");
    }

    @Test
    void G26_an_ipv4_address_of_an_ipv6_service_is_replaced() {
        assertThat(pools().holding("web", "1.2.3.0").with(web().v6().build()).addresses("web"))
                .isEqualTo("1000::");
    }

    @Test
    void G28_a_dual_service_gets_both_from_the_dual_pool() {
        assertThat(dualPools().with(web().dual().build()).addresses("web")).isEqualTo("1.2.3.0 1000::");
    }

    @Test
    void G29_G32_dual_from_a_named_pool() {
        assertThat(dualPools().with(web().dual().pool("pool2").build()).addresses("web"))
                .isEqualTo("3.4.5.6 2000::1");
        world.withoutService("web").with(web().dual().preferDual().pool("pool2").build());
        assertThat(world.addresses("web")).isEqualTo("3.4.5.6 2000::1");
    }

    @Test
    void G30_dual_that_prefers_dual_gets_both() {
        assertThat(dualPools().with(web().dual().preferDual().build()).addresses("web"))
                .isEqualTo("1.2.3.0 1000::");
    }

    @Test
    void G31_G35_a_single_service_that_prefers_dual_gets_one() {
        assertThat(dualPools().with(web().preferDual().build()).addresses("web"))
                .isEqualTo("1.2.3.0");
        world.with(service("named").preferDual().pool("pool2").build());
        assertThat(world.addresses("named")).isEqualTo("3.4.5.6");
    }

    @Test
    void G33_G34_a_named_pool_of_one_family_gives_that_family_to_one_that_prefers_dual() {
        dualPools()
                .with(
                        web().dual().preferDual().pool("pool4").build(),
                        service("six").dual().preferDual().pool("pool6").build());
        assertThat(world.addresses("web")).isEqualTo("10.0.0.0");
        assertThat(world.addresses("six")).isEqualTo("5000::");
        world.with(service("both").dual().pool("pool4").build());
        assertThat(world.problemCode("both")).isEqualTo("familyMissing");
    }

    @Test
    void G36_require_dual_with_one_cluster_address_is_refused() {
        dualPools().with(web().requireDual().pool("pool2").build());
        assertThat(world.addresses("web")).isEmpty();
        assertThat(world.problem("web")).contains("not enough clusterips");
    }

    @Test
    void G37_G38_one_address_for_a_dual_service_is_refused() {
        dualPools().with(web().dual().wants("1.2.3.0").build());
        assertThat(world.problemCode("web")).isEqualTo("familyMismatch");
    }

    @Test
    void G39_two_families_requested_are_given_primary_first() {
        dualPools().with(web().dual().wants("1000::1", "1.2.3.1").build());
        assertThat(world.addresses("web")).isEqualTo("1.2.3.1 1000::1");
    }

    @Test
    void G40_a_dual_service_with_one_address_is_repaired_with_both() {
        dualPools().holding("web", "1.2.3.0").with(web().dual().build());
        assertThat(world.addresses("web")).isEqualTo("1.2.3.0 1000::");
    }

    @Test
    void G41_two_families_for_a_single_service_are_refused() {
        dualPools().with(web().wants("1.2.3.1", "1000::1").build());
        assertThat(world.problemCode("web")).isEqualTo("familyMismatch");
    }

    @Test
    void G42_the_lowest_priority_number_wins_among_pools_of_a_namespace() {
        world.with(
                pool("a", "10.0.0.0/31").namespaces("default").priority(11).build(),
                pool("b", "10.0.1.0/31").namespaces("default").priority(10).build(),
                pool("c", "10.0.2.0/31").build());
        assertThat(world.with(web().build()).pool("web")).isEqualTo("b");
    }

    @Test
    void G43_a_pool_of_a_namespace_needs_no_priority() {
        world.with(
                pool("a", "10.0.0.0/31").build(),
                pool("b", "10.0.1.0/31").namespaces("default").build());
        assertThat(world.with(web().build()).pool("web")).isEqualTo("b");
    }

    @Test
    void G44_the_lowest_priority_number_wins_among_pools_with_service_selectors() {
        world.with(
                pool("a", "10.0.0.0/31")
                        .serviceSelectors(selector("x=y"))
                        .priority(9)
                        .build(),
                pool("b", "10.0.1.0/31")
                        .serviceSelectors(selector("x=y"))
                        .priority(8)
                        .build());
        assertThat(world.with(web().labels("x=y").build()).pool("web")).isEqualTo("b");
    }

    @Test
    void G45_namespace_and_selector_and_the_best_priority_win() {
        world.with(
                pool("a", "10.0.0.0/31").namespaces("default").priority(10).build(),
                pool("b", "10.0.1.0/31")
                        .serviceSelectors(selector("x=y"))
                        .priority(8)
                        .build(),
                pool("c", "10.0.2.0/31")
                        .namespaces("default")
                        .serviceSelectors(selector("x=y"))
                        .priority(5)
                        .build());
        assertThat(world.with(web().labels("x=y").build()).pool("web")).isEqualTo("c");
        assertThat(world.with(service("other/web").labels("x=y").build()).pool("other/web"))
                .isEqualTo("b");
    }

    @Test
    void G46_three_held_addresses_are_replaced_by_one() {
        pools().holding("web", "1.2.3.0", "1000::", "1.2.3.1").with(web().build());
        assertThat(world.addresses("web")).isEqualTo("1.2.3.0");
    }

    @Test
    void G47_without_pools_nobody_has_anything_and_with_pools_everybody_has() {
        world.with(web().build());
        assertThat(world.problemCode("web")).isEqualTo("noPools");
        assertThat(pools().addresses("web")).isEqualTo("1.2.3.0");
        world.withoutPool("pool1").withoutPool("pool2").withoutPool("pool3").withoutPool("pool4");
        assertThat(world.addresses("web")).isEmpty();
    }

    @Test
    void G48_the_second_service_of_an_exhausted_pool_waits_for_the_first_to_go() {
        world.with(pool("one", "10.0.0.1/32").build(), web().build());
        world.with(service("second").build());
        assertThat(world.problem("second")).isEqualTo("Failed to allocate IP for \"default/second\": no available IPs");
        assertThat(world.withoutService("web").addresses("second")).isEqualTo("10.0.0.1");
        assertThat(world.problem("second")).isEmpty();
    }

    @Test
    void G49_a_new_pool_moves_nobody_and_a_removed_one_only_its_own() {
        world.with(pool("b", "10.0.0.0/31").build(), web().build());
        world.with(pool("a", "10.0.1.0/31").build());
        assertThat(world.addresses("web")).isEqualTo("10.0.0.0");
        assertThat(world.withoutPool("b").addresses("web")).isEqualTo("10.0.1.0");
    }

    @Test
    void G50_the_same_for_dual_stack() {
        world.with(pool("b", "10.0.0.0/31", "1000::/127").build(), web().dual().build());
        world.with(pool("a", "10.0.1.0/31", "2000::/127").build());
        assertThat(world.addresses("web")).isEqualTo("10.0.0.0 1000::");
        assertThat(world.withoutPool("b").addresses("web")).isEqualTo("10.0.1.0 2000::");
        assertThat(world.withoutPool("a").addresses("web")).isEmpty();
    }
}
