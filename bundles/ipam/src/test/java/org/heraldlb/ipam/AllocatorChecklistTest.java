package org.heraldlb.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.namespace;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.selector;
import static org.heraldlb.testkit.Intents.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.testkit.ServiceBuilder;
import org.heraldlb.testkit.ipam.AllocationWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checklist J: the allocator. */
class AllocatorChecklistTest {

    private final AllocationWorld world = new AllocationWorld(new RememberingIpam());

    private static ServiceBuilder of(String name, boolean six) {
        return six ? service(name).v6() : service(name);
    }

    @ParameterizedTest
    @CsvSource({"false, 1.2.3.0/30, 1.2.3.1, 1.2.3.2", "true, 1000::/126, 1000::1, 1000::2"})
    void J01_J02_an_address_has_one_owner(boolean six, String cidr, String one, String two) {
        world.with(pool("p", cidr).build(), of("a", six).wants(one).build());
        assertThat(world.settle().addresses("a")).isEqualTo(one);
        world.with(of("b", six).wants(one).build());
        assertThat(world.addresses("b")).isEmpty();
        assertThat(world.problem("b")).contains("address also in use by default/a");
        assertThat(world.with(of("b", six).wants(two).build()).addresses("b")).isEqualTo(two);
        world.withoutService("a").with(of("c", six).wants(one).build());
        assertThat(world.addresses("c")).isEqualTo(one);
    }

    @Test
    void J03_confusing_addresses_are_refused_where_the_pool_avoids_them() {
        world.with(
                pool("p", "1.2.4.0/24").avoidBuggyIps().build(),
                service("a").wants("1.2.4.0").build(),
                service("b").wants("1.2.4.255").build(),
                service("c").wants("1.2.4.254").build());
        assertThat(world.problem("a")).contains("[1.2.4.0] is not allowed in config");
        assertThat(world.problem("b")).contains("is not allowed in config");
        assertThat(world.addresses("c")).isEqualTo("1.2.4.254");
    }

    @ParameterizedTest
    @CsvSource({"false, 1.2.3.0/30, 1.2.3.1", "true, 1000::/126, 1000::1"})
    void J04_J05_sharing(boolean six, String cidr, String address) {
        world.with(
                pool("p", cidr).build(),
                of("a", six).wants(address).ports("tcp/80").build());
        world.with(of("a", six).wants(address).ports("tcp/80").sharingKey("k").build());
        assertThat(world.addresses("a")).isEqualTo(address);

        world.with(
                of("clash", six).wants(address).ports("tcp/80").sharingKey("k").build());
        assertThat(world.problem("clash")).contains("port tcp/80 is already in use on \"" + address + "\"");
        world.with(of("other", six)
                .wants(address)
                .ports("tcp/81")
                .sharingKey("other")
                .build());
        assertThat(world.problem("other"))
                .contains("can't change sharing key for \"default/other\", address also in use by default/a");
        world.with(of("back", six)
                .wants(address)
                .ports("tcp/81")
                .sharingKey("k")
                .local()
                .selector("a=b")
                .build());
        assertThat(world.problemCode("back")).isEqualTo("sharingKeyConflict");

        world.with(
                of("good", six).wants(address).ports("tcp/443").sharingKey("k").build());
        assertThat(world.addresses("good")).isEqualTo(address);
        world.with(
                of("good", six).wants(address).ports("udp/53").sharingKey("k").build());
        assertThat(world.addresses("good")).isEqualTo(address);

        world.with(
                of("good", six).wants(address).ports("udp/53").sharingKey("new").build());
        assertThat(world.addresses("good")).isEmpty();
        assertThat(world.addresses("a")).isEqualTo(address);
    }

    @Test
    void J06_two_addresses_come_from_one_pool() {
        world.with(
                pool("p", "1.2.3.0/30", "1000::/126").build(),
                pool("q", "1.2.4.0/30", "2000::/126").build(),
                service("a").dual().wants("1.2.3.1", "1000::1").build(),
                service("b").dual().wants("1.2.4.1", "1000::2").build());
        assertThat(world.addresses("a")).isEqualTo("1.2.3.1 1000::1");
        assertThat(world.problem("b")).contains("[1.2.4.1, 1000::2] is not allowed in config");
    }

    @Test
    void J07_pinned_pools_refuse_requests_of_others() {
        world.with(
                pool("ns", "10.0.0.0/28").namespaces("one").build(),
                pool("label", "10.0.1.0/28").serviceSelectors(selector("a=b")).build(),
                pool("both", "10.0.2.0/28")
                        .namespaces("one")
                        .serviceSelectors(selector("a=b"))
                        .build());
        world.with(
                service("one/n").wants("10.0.0.1").build(),
                service("two/n").wants("10.0.0.2").build(),
                service("one/l").labels("a=b").wants("10.0.1.1").build(),
                service("one/k").labels("a=c").wants("10.0.1.2").build(),
                service("one/b").labels("a=b").wants("10.0.2.1").build(),
                service("one/c").labels("a=c").wants("10.0.2.2").build(),
                service("two/d").labels("a=b").wants("10.0.2.3").build());
        assertThat(world.addresses("one/n")).isEqualTo("10.0.0.1");
        assertThat(world.problem("two/n")).contains("pool ns not compatible for ip assignment");
        assertThat(world.addresses("one/l")).isEqualTo("10.0.1.1");
        assertThat(world.problemCode("one/k")).isEqualTo("poolNotCompatible");
        assertThat(world.addresses("one/b")).isEqualTo("10.0.2.1");
        assertThat(world.problemCode("one/c")).isEqualTo("poolNotCompatible");
        assertThat(world.problemCode("two/d")).isEqualTo("poolNotCompatible");
    }

    @Test
    void J07_selectors_of_namespaces_that_match_nothing_exclude_nobody_who_asks() {
        world.with(
                pool("p", "10.0.0.0/28").namespaceSelectors(selector("no=such")).build(),
                namespace("one", "some=thing"),
                service("one/asks").wants("10.0.0.1").build(),
                service("one/waits").build());
        assertThat(world.addresses("one/asks")).isEqualTo("10.0.0.1");
        assertThat(world.problem("one/waits")).contains("no available IPs");
    }

    private void exhausts(UnaryOperator<ServiceBuilder> how, UnaryOperator<ServiceBuilder> request, String lack) {
        for (int i = 1; i <= 6; i++) {
            world.with(request.apply(how.apply(service("s" + i))).build());
        }
        assertThat(world.result().allocations()).hasSize(4);
        assertThat(world.problem("s5")).contains(lack);
        world.withoutService("s1");
        assertThat(world.result().allocations()).hasSize(4);
        assertThat(world.addresses("s5")).isNotEmpty();
        assertThat(world.problem("s6")).contains(lack);
        world.with(request.apply(how.apply(service("s5").sharingKey("share").ports("tcp/80")))
                .build());
        world.with(request.apply(how.apply(service("s6").sharingKey("share").ports("tcp/443")))
                .build());
        assertThat(world.addresses("s6")).isNotEmpty().isEqualTo(world.addresses("s5"));
    }

    @Test
    void J08_a_named_pool_serves_as_many_as_it_has_addresses() {
        world.with(
                pool("not", "9.0.0.0/24").build(),
                pool("p", "1.2.3.4/31", "1.2.3.10/31").build());
        exhausts(service -> service, service -> service.pool("p"), "no available IPs in pool p");
    }

    @Test
    void J09_a_named_pool_serves_as_many_as_it_has_addresses_v6() {
        world.with(pool("p", "1000::4/127", "1000::10/127").build());
        exhausts(ServiceBuilder::v6, service -> service.pool("p"), "no available IPs in pool p");
    }

    @Test
    void J09_a_named_pool_serves_as_many_as_it_has_pairs() {
        world.with(pool("p", "1.2.3.4/31", "1000::4/127", "1.2.3.10/31", "1000::10/127")
                .build());
        exhausts(ServiceBuilder::dual, service -> service.pool("p"), "no available IPs in pool p");
    }

    @Test
    void J10_a_service_that_has_ipv4_never_gets_ipv6_beside_it() {
        world.with(pool("p", "1.2.3.4/31", "1000::4/127").build(), service("a").build());
        assertThat(world.with(service("a").v6().pool("p").build()).addresses("a"))
                .isEqualTo("1000::4");
    }

    @Test
    void J11_what_single_services_leave_still_makes_pairs() {
        world.with(
                pool("p", "1.2.3.4/31", "1000::4/127").build(),
                service("four").build(),
                service("six").v6().build(),
                service("two").dual().build());
        assertThat(world.addresses("two")).isEqualTo("1.2.3.5 1000::5");
        world.with(service("late").dual().build());
        assertThat(world.problem("late")).contains("no available IPs");
    }

    @Test
    void J12_any_pool_serves_as_many_as_there_are() {
        world.with(pool("p", "1.2.3.4/31").build(), pool("q", "1.2.3.10/31").build());
        exhausts(service -> service, service -> service, "no available IPs");
    }

    @Test
    void J12_any_pool_serves_as_many_as_there_are_v6() {
        world.with(pool("p", "1000::4/127").build(), pool("q", "1000::10/127").build());
        exhausts(ServiceBuilder::v6, service -> service, "no available IPs");
    }

    @Test
    void J12_any_pool_serves_as_many_as_there_are_dual() {
        world.with(
                pool("p", "1.2.3.4/31", "1000::4/127").build(),
                pool("q", "1.2.3.10/31", "1000::10/127").build());
        exhausts(ServiceBuilder::dual, service -> service, "no available IPs");
    }

    @Test
    void J13_automatic_choice_avoids_confusing_addresses() {
        world.with(pool("p", "1.2.3.0/31", "1.2.3.254/31", "1.2.4.100/31", "1.2.5.20/31")
                .avoidBuggyIps()
                .build());
        for (int i = 1; i <= 7; i++) {
            world.with(service("s" + i).build());
        }
        assertThat(world.result().allocations()).hasSize(6);
        assertThat(world.problem("s7")).contains("no available IPs");
    }

    @Test
    void J14_a_reload_keeps_whoever_is_still_in_a_pool() {
        world.with(pool("p", "1.2.3.0/30", "1000::/126").build());
        world.with(
                service("a").wants("1.2.3.0").build(),
                service("b").v6().wants("1000::").build());
        world.with(service("a").build(), service("b").v6().build());

        world.settle();
        world.with(pool("p", "1.2.3.0/29", "1000::/125").build());
        world.with(pool("p", "1.2.3.0/31", "1000::/127").build());
        assertThat(world.addresses("a")).as("same, grown, shrunk").isEqualTo("1.2.3.0");
        assertThat(world.addresses("b")).isEqualTo("1000::");

        world.with(pool("p", "1.2.3.2/31", "1000::/127").build());
        assertThat(world.addresses("a")).as("shrunk without it").isEqualTo("1.2.3.2");
        world.with(pool("p", "1.2.3.2/31", "1000::2/127").build());
        assertThat(world.addresses("b")).isEqualTo("1000::2");

        world.withoutPool("p");
        world.holding("a", "1.2.3.2").holding("b", "1000::2");
        world.with(pool("renamed", "1.2.3.2/31", "1000::2/127").build());
        assertThat(world.pool("a")).isEqualTo("renamed");
        assertThat(world.addresses("a")).isEqualTo("1.2.3.2");

        world.holding("a", "1.2.3.3").settle();
        world.with(
                pool("renamed", "1.2.3.2/32", "1000::2/127").build(),
                pool("split", "1.2.3.3/32").build());
        assertThat(world.pool("a")).isEqualTo("split");
        assertThat(world.addresses("a")).isEqualTo("1.2.3.3");
    }

    @Test
    void J14_avoiding_confusing_addresses_evicts_those_who_have_them() {
        world.with(pool("p", "1.2.3.0/30").build(), service("a").build());
        assertThat(world.addresses("a")).isEqualTo("1.2.3.0");
        world.with(pool("p", "1.2.3.0/30").avoidBuggyIps().build());
        assertThat(world.addresses("a")).isEqualTo("1.2.3.1");
    }

    @Test
    void J15_pools_that_are_not_automatic_are_never_used_unasked() {
        world.with(
                pool("p", "1.2.3.4/31", "1000::4/127").onRequest().build(),
                service("four").build(),
                service("six").v6().build(),
                service("two").dual().build());
        assertThat(world.result().allocations()).isEmpty();
        assertThat(world.result().failures()).hasSize(3);
    }

    private PoolUsage usage() {
        return world.result().usage().get(0);
    }

    @Test
    void J16_pool_sizes() {
        world.with(pool("p", "1.2.3.0/24").build());
        assertThat(usage().availableIPv4()).isEqualTo(256);
        world.with(pool("p", "1.2.3.0/24", "1.2.4.0/25").build());
        assertThat(usage().availableIPv4()).isEqualTo(384);
        world.with(pool("p", "1.2.3.0/24", "1.2.4.0/25").avoidBuggyIps().build());
        assertThat(usage().availableIPv4()).isEqualTo(381);
        world.with(pool("p", "1.2.3.0/24", "1000::/64").build());
        assertThat(usage().availableIPv6()).isEqualTo(Long.MAX_VALUE);
        world.with(pool("p", "1.2.3.0/31", "1000::/127").avoidBuggyIps().build());
        assertThat(usage().availableIPv4() + usage().availableIPv6()).isEqualTo(3);
    }

    @Test
    void J17_counters_count_distinct_addresses() {
        world.with(pool("p", "1.2.3.0/30", "1000::/126").build());
        List<long[]> seen = new ArrayList<>();
        Runnable look = () -> seen.add(new long[] {
            usage().assignedIPv4(), usage().availableIPv4(), usage().assignedIPv6(), usage().availableIPv6()
        });
        look.run();
        world.with(service("a").build());
        look.run();
        world.with(service("b").sharingKey("k").ports("tcp/1").build());
        look.run();
        world.with(service("c").sharingKey("k").ports("tcp/2").build());
        look.run();
        world.with(service("d").dual().build());
        look.run();
        world.withoutService("b");
        look.run();
        world.withoutService("c");
        look.run();
        world.withoutService("a").withoutService("d");
        look.run();
        assertThat(seen.stream().map(Arrays::toString))
                .containsExactly(
                        "[0, 4, 0, 4]",
                        "[1, 3, 0, 4]",
                        "[2, 2, 0, 4]",
                        "[2, 2, 0, 4]",
                        "[3, 1, 1, 3]",
                        "[3, 1, 1, 3]",
                        "[2, 2, 1, 3]",
                        "[0, 4, 0, 4]");
    }
}
