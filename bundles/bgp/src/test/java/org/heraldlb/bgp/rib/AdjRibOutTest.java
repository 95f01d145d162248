package org.heraldlb.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.PathAttribute;
import org.heraldlb.bgp.packet.RouteRefresh;
import org.heraldlb.bgp.packet.Update;
import org.heraldlb.bgp.packet.WireContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdjRibOutTest {

    private static final WireContext WIRE = new WireContext(true, 4096, false);

    private final BatchCache cache = new BatchCache();

    private AdjRibOut out(EncodingPolicy policy, List<Route> routes) {
        return new AdjRibOut(cache, policy, routes, true);
    }

    /** The figure: 124 UPDATEs for 100,000 /32s; end-of-RIB for two families comes on top. */
    @ParameterizedTest
    @CsvSource({"100000, 124", "10000, 13", "1000, 2", "1, 1"})
    void ipv4_routes_fill_messages(int routes, int updates) {
        List<Message> messages = Tables.drain(out(Tables.EXTERNAL, Tables.v4(routes)), WIRE);
        assertThat(messages).hasSize(updates + 2);
        List<Message> gone = withdrawAll(Tables.v4(routes));
        assertThat(gone.size()).isLessThanOrEqualTo(updates);
    }

    @Test
    void ipv6_routes_fill_messages() {
        int room = (4096 - 23 - 4 - 3 - 1 - 16 - 1 - 4 - 9) / 17;
        List<Message> messages = Tables.drain(out(Tables.EXTERNAL, Tables.v6(10_000)), WIRE);
        assertThat(messages).hasSize((10_000 + room - 1) / room + 2);
        assertThat(withdrawAll(Tables.v6(10_000))).hasSize((10_000 + 238) / 239);
    }

    private List<Message> withdrawAll(List<Route> routes) {
        AdjRibOut out = out(Tables.EXTERNAL, routes);
        Tables.drain(out, WIRE);
        out.target(List.of());
        return Tables.drain(out, WIRE);
    }

    @Test
    void extended_messages_are_filled_too() {
        WireContext wide = new WireContext(true, 65535, false);
        List<Message> messages = Tables.drain(out(Tables.policy(false, 65535), Tables.v4(100_000)), wide);
        assertThat(messages).hasSize(8 + 2);
    }

    @Test
    void the_first_table_ends_with_end_of_rib_for_each_family_even_when_empty() {
        List<Message> messages = Tables.drain(out(Tables.EXTERNAL, List.of()), WIRE);
        assertThat(messages)
                .containsExactly(Update.endOfRib(Family.IPV4_UNICAST), Update.endOfRib(Family.IPV6_UNICAST));
    }

    @Test
    void equal_peers_share_one_encoding() {
        List<Route> table = Tables.v4(5000);
        List<Route> smaller = table.subList(1, 5000);
        for (int i = 0; i < 10; i++) {
            AdjRibOut peer = out(Tables.policy(false, 4096), table);
            Tables.drain(peer, WIRE);
            peer.target(smaller);
            assertThat(Tables.drain(peer, WIRE)).hasSize(1);
        }
        assertThat(cache.encoded()).isEqualTo(2);
    }

    @Test
    void one_changed_service_is_one_small_message() {
        List<Route> table = Tables.v4(1000);
        AdjRibOut peer = out(Tables.EXTERNAL, table);
        Tables.drain(peer, WIRE);
        List<Route> next = new ArrayList<>(table);
        next.set(500, Tables.v4(500, Tables.community(7)));
        peer.target(next);
        List<Message> messages = Tables.drain(peer, WIRE);
        assertThat(messages).hasSize(1);
        assertThat(((Update) messages.get(0)).announced())
                .containsExactly(table.get(500).prefix());
    }

    @Test
    void an_equal_table_says_nothing() {
        AdjRibOut peer = out(Tables.EXTERNAL, Tables.v4(1000));
        Tables.drain(peer, WIRE);
        peer.target(Tables.v4(1000));
        assertThat(peer.next()).isNull();
        assertThat(peer.isComplete()).isTrue();
        assertThat(peer.tableSize()).isEqualTo(1000);
    }

    @Test
    void local_pref_is_no_news_to_another_as() {
        RouteAttributes everything = Tables.everything();
        RouteAttributes other = new RouteAttributes(
                java.util.OptionalLong.of(300),
                everything.communities(),
                everything.largeCommunities(),
                everything.med(),
                everything.prepend(),
                everything.linkBandwidth());
        for (boolean internal : new boolean[] {false, true}) {
            AdjRibOut peer = out(Tables.policy(internal, 4096), List.of(Tables.v4(1, everything)));
            Tables.drain(peer, WIRE);
            peer.target(List.of(Tables.v4(1, other)));
            assertThat(Tables.drain(peer, WIRE)).hasSize(internal ? 1 : 0);
        }
    }

    @Test
    void attributes_for_another_as() {
        Update update = first(Tables.EXTERNAL, Tables.v4(1, Tables.everything()));
        assertThat(update.attributes())
                .containsExactly(
                        PathAttribute.Origin.IGP,
                        path(65001L, 65001L, 65001L),
                        new PathAttribute.NextHop(IpAddress.parse("10.0.0.1")),
                        new PathAttribute.Med(50),
                        new PathAttribute.Communities(List.of(Community.of(65001, 1))),
                        new PathAttribute.ExtendedCommunities(
                                List.of(PathAttribute.ExtendedCommunities.linkBandwidth(65001, 125_000))),
                        new PathAttribute.LargeCommunities(Tables.everything().largeCommunities()));
    }

    @Test
    void attributes_within_our_as() {
        Update update = first(Tables.policy(true, 4096), Tables.v4(1, RouteAttributes.NONE));
        assertThat(update.attributes())
                .containsExactly(
                        PathAttribute.Origin.IGP,
                        new PathAttribute.AsPath(List.of()),
                        new PathAttribute.NextHop(IpAddress.parse("10.0.0.1")),
                        new PathAttribute.LocalPref(100));
        assertThat(first(Tables.policy(true, 4096), Tables.v4(1, Tables.everything()))
                        .attributes())
                .contains(new PathAttribute.LocalPref(200));
    }

    private static PathAttribute.AsPath path(Long... numbers) {
        return new PathAttribute.AsPath(
                List.of(new PathAttribute.AsPath.Segment(PathAttribute.AsPath.SEQUENCE, List.of(numbers))));
    }

    private Update first(EncodingPolicy policy, Route route) {
        WireContext wire = new WireContext(policy.fourOctetAs(), 4096, policy.internal());
        return (Update) Tables.drain(out(policy, List.of(route)), wire).get(0);
    }

    @Test
    void a_large_as_reaches_a_peer_of_two_octets_as_as_trans_and_as4_path() {
        EncodingPolicy policy = new EncodingPolicy(
                4_200_000_000L, false, false, 4096, Tables.EXTERNAL.families(), Tables.EXTERNAL.nextHops(), false);
        Update update = first(policy, Tables.v4(1, RouteAttributes.NONE));
        assertThat(update.attributes()).contains(path(23456L));
        assertThat(update.find(PathAttribute.As4Path.class)
                        .orElseThrow()
                        .segments()
                        .get(0)
                        .numbers())
                .containsExactly(4_200_000_000L);
    }

    @Test
    void ipv4_routes_take_an_ipv6_next_hop_where_there_is_no_other_and_the_peer_can_read_it() {
        EncodingPolicy.NextHops hops = new EncodingPolicy.NextHops(
                Optional.empty(),
                Optional.of(IpAddress.parse("2001:db8::1")),
                Optional.of(IpAddress.parse("fe80::1")),
                true);
        EncodingPolicy policy = new EncodingPolicy(65001, false, true, 4096, Tables.EXTERNAL.families(), hops, false);
        Update update = first(policy, Tables.v4(1, RouteAttributes.NONE));
        assertThat(update.attributes().get(0))
                .isEqualTo(new PathAttribute.MpReach(
                        Family.IPV4_UNICAST,
                        IpAddress.parse("2001:db8::1"),
                        Optional.of(IpAddress.parse("fe80::1")),
                        List.of(Tables.v4(1, RouteAttributes.NONE).prefix())));
        assertThat(update.find(PathAttribute.NextHop.class)).isEmpty();
    }

    @Test
    void routes_without_a_next_hop_or_a_family_are_not_told() {
        EncodingPolicy noV4 = new EncodingPolicy(
                65001,
                false,
                true,
                4096,
                Tables.EXTERNAL.families(),
                new EncodingPolicy.NextHops(
                        Optional.empty(), Tables.EXTERNAL.nextHops().v6(), Optional.empty(), false),
                false);
        EncodingPolicy onlyV4 = new EncodingPolicy(
                65001, false, true, 4096, Set.of(Family.IPV4_UNICAST), Tables.EXTERNAL.nextHops(), false);
        List<Route> both = new ArrayList<>(Tables.v4(3));
        both.addAll(Tables.v6(2));
        AdjRibOut six = out(noV4, both);
        assertThat(Tables.drain(six, WIRE)).hasSize(3);
        assertThat(six.tableSize()).isEqualTo(2);
        AdjRibOut four = out(onlyV4, both);
        assertThat(Tables.drain(four, WIRE)).hasSize(2);
        assertThat(four.tableSize()).isEqualTo(3);
        four.target(List.of());
        assertThat(Tables.drain(four, WIRE)).hasSize(1);
    }

    @Test
    void graceful_shutdown_says_everything_again_with_its_community() {
        AdjRibOut peer = out(Tables.EXTERNAL, Tables.v4(10));
        Tables.drain(peer, WIRE);
        EncodingPolicy draining = new EncodingPolicy(
                65001, false, true, 4096, Tables.EXTERNAL.families(), Tables.EXTERNAL.nextHops(), true);
        peer.policy(draining);
        assertThat(peer.isComplete()).isFalse();
        Tables.Receiver receiver = new Tables.Receiver();
        receiver.read(Tables.drain(peer, WIRE));
        assertThat(receiver.announcements()).isEqualTo(10);
        assertThat(receiver.table().values()).allSatisfy(list -> assertThat(list)
                .contains(new PathAttribute.Communities(List.of(Community.GRACEFUL_SHUTDOWN))));
    }

    @Test
    void routes_that_are_for_customers_only_say_so() {
        EncodingPolicy provider = new EncodingPolicy(
                65001, false, true, 4096, Tables.EXTERNAL.families(), Tables.EXTERNAL.nextHops(), false, true);
        Tables.Receiver receiver = new Tables.Receiver();
        receiver.read(Tables.drain(out(provider, Tables.v4(3)), WIRE));
        assertThat(receiver.table().values()).hasSize(3).allSatisfy(list -> assertThat(list)
                .endsWith(new PathAttribute.OnlyToCustomer(65001)));
    }

    @Test
    void a_refresh_says_one_family_again_between_brackets() {
        List<Route> both = new ArrayList<>(Tables.v4(3));
        both.addAll(Tables.v6(2));
        AdjRibOut peer = out(Tables.EXTERNAL, both);
        Tables.drain(peer, WIRE);
        peer.again(Family.IPV6_UNICAST);
        List<Message> messages = Tables.drain(peer, WIRE);
        assertThat(messages).hasSize(3);
        assertThat(messages.get(0)).isEqualTo(new RouteRefresh(Family.IPV6_UNICAST, RouteRefresh.BEGIN));
        assertThat(messages.get(2)).isEqualTo(new RouteRefresh(Family.IPV6_UNICAST, RouteRefresh.END));
        peer.again(new Family(25, 70));
        assertThat(peer.next()).isNull();
    }

    /** A peer that reads slowly, on a table that changes while it does, ends where it should, without detours. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void random_histories_end_at_the_wanted_table(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EncodingPolicy policy = Tables.policy(random.nextBoolean(), 4096);
        WireContext wire = new WireContext(true, 4096, policy.internal());
        Map<IpPrefix, Route> wanted = new TreeMap<>();
        AdjRibOut peer = out(policy, List.of());
        Tables.Receiver receiver = new Tables.Receiver();
        for (int round = 0; round < 200; round++) {
            change(wanted, random);
            peer.target(List.copyOf(wanted.values()));
            for (int reads = random.nextInt(3); reads > 0; reads--) {
                readOne(peer, receiver, wire);
            }
        }
        receiver.read(Tables.drain(peer, wire));
        Tables.Receiver fresh = new Tables.Receiver();
        fresh.read(Tables.drain(out(policy, List.copyOf(wanted.values())), wire));
        assertThat(receiver.table()).as("seed " + seed).isEqualTo(fresh.table());
        assertThat(peer.tableSize()).as("seed " + seed).isEqualTo(wanted.size());
    }

    private static void readOne(AdjRibOut peer, Tables.Receiver receiver, WireContext wire) {
        java.nio.ByteBuffer chunk = peer.next();
        if (chunk != null) {
            receiver.read(Tables.messages(chunk, wire));
        }
    }

    private static void change(Map<IpPrefix, Route> wanted, SplittableRandom random) {
        for (int i = random.nextInt(20); i > 0; i--) {
            int index = random.nextInt(100);
            RouteAttributes attributes =
                    random.nextInt(4) == 0 ? Tables.everything() : Tables.community(random.nextInt(3));
            Route route = random.nextBoolean() ? Tables.v4(index, attributes) : Tables.v6(index, attributes);
            if (random.nextInt(3) == 0) {
                wanted.remove(route.prefix());
            } else {
                wanted.put(route.prefix(), route);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void a_change_costs_no_more_messages_than_routes_and_attribute_sets_demand(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<IpPrefix, Route> wanted = new TreeMap<>();
        change(wanted, random);
        AdjRibOut peer = out(Tables.EXTERNAL, List.copyOf(wanted.values()));
        Tables.drain(peer, WIRE);
        for (int round = 0; round < 50; round++) {
            Map<IpPrefix, Route> before = new TreeMap<>(wanted);
            change(wanted, random);
            peer.target(List.copyOf(wanted.values()));
            Tables.Receiver receiver = new Tables.Receiver();
            receiver.read(Tables.drain(peer, WIRE));
            long changed = wanted.entrySet().stream()
                    .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                    .count();
            long gone = before.keySet().stream()
                    .filter(key -> !wanted.containsKey(key))
                    .count();
            assertThat(receiver.announcements()).as("seed " + seed).isEqualTo((int) changed);
            assertThat(receiver.withdrawals()).as("seed " + seed).isEqualTo((int) gone);
        }
    }
}
