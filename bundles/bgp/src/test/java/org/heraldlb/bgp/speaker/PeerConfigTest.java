package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bgp.packet.Capability;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.PeerBuilder;
import org.junit.jupiter.api.Test;

class PeerConfigTest {

    private static PeerConfig config(PeerBuilder builder) {
        Peer peer = builder.build();
        PeerPlan plan = new PeerPlan(peer, Optional.empty(), Optional.empty(), List.of());
        return PeerConfig.of(plan, peer.endpoint().address().orElseThrow(), SpeakerSettings.DEFAULT);
    }

    private static PeerBuilder tor() {
        return Intents.peer("tor", "10.0.0.1").as(65001, 65002);
    }

    private static Peer.Endpoint endpoint(boolean multihop) {
        return new Peer.Endpoint(
                Optional.of(IpAddress.parse("10.0.0.1")),
                Optional.empty(),
                Optional.empty(),
                1179,
                Optional.of("red"),
                multihop);
    }

    private static Peer.Options gtsm(int hops) {
        Peer.Extensions extensions = new Peer.Extensions(
                true, OptionalInt.of(hops), Optional.of(Peer.Role.CUSTOMER), OptionalInt.empty(), Optional.empty());
        return new Peer.Options(Optional.empty(), Optional.empty(), true, false, true, extensions);
    }

    @Test
    void a_direct_external_peer_is_one_hop_away() {
        assertThat(config(tor()).endpoint().ttl()).hasValue(1);
        assertThat(config(tor()).endpoint().needs()).isEmpty();
    }

    @Test
    void a_peer_within_our_as_may_be_anywhere() {
        assertThat(config(tor().as(65001, 65001)).endpoint().ttl()).isEmpty();
    }

    @Test
    void long_lived_graceful_restart_comes_with_graceful_restart_only() {
        SpeakerSettings.Timers timers = new SpeakerSettings.Timers(
                Duration.ofSeconds(90),
                Duration.ofSeconds(2),
                Duration.ofSeconds(120),
                Duration.ofHours(1),
                Optional.empty());
        assertThat(longLived(new SpeakerSettings(Optional.empty(), 0, timers, true, 0)))
                .hasValue(new Capability.LongLivedGracefulRestart(
                        List.of(new Capability.LongLivedGracefulRestart.Entry(Family.IPV4_UNICAST, true, 3600))));
        assertThat(longLived(new SpeakerSettings(Optional.empty(), 0, timers, false, 0)))
                .isEmpty();
    }

    private static Optional<Capability.LongLivedGracefulRestart> longLived(SpeakerSettings settings) {
        PeerPlan plan = new PeerPlan(tor().build(), Optional.empty(), Optional.empty(), List.of());
        return PeerConfig.of(plan, IpAddress.parse("10.0.0.1"), settings)
                .opens()
                .open(1, false)
                .find(Capability.LongLivedGracefulRestart.class);
    }

    @Test
    void multihop_peers_are_reached_with_the_highest_ttl() {
        Endpoint endpoint = config(tor().endpoint(endpoint(true))).endpoint();
        assertThat(endpoint.ttl()).hasValue(255);
        assertThat(endpoint.device()).contains("red");
        assertThat(endpoint.remote().getPort()).isEqualTo(1179);
        assertThat(endpoint.needs()).containsExactly(Feature.DEVICE);
    }

    @Test
    void ttl_security_holds_both_ways() {
        Endpoint endpoint = config(tor().options(gtsm(2))).endpoint();
        assertThat(endpoint.ttl()).hasValue(255);
        assertThat(endpoint.minTtl()).hasValue(254);
        assertThat(endpoint.needs()).containsExactly(Feature.TTL);
    }

    @Test
    void extensions_reach_the_machine_and_the_open() {
        PeerConfig config = config(tor().options(gtsm(1)));
        assertThat(config.fsm().passive()).isTrue();
        assertThat(config.opens().role()).hasValue(3);
        assertThat(config.opens().restart()).hasValue(120);
        assertThat(config.opens().families()).containsExactly(Family.IPV4_UNICAST, Family.IPV6_UNICAST);
    }

    @Test
    void the_family_is_that_of_the_address() {
        assertThat(config(tor()).opens().families()).containsExactly(Family.IPV4_UNICAST);
        PeerConfig six = config(Intents.peer("tor", "2001:db8::1").as(65001, 65002));
        assertThat(six.opens().families()).containsExactly(Family.IPV6_UNICAST);
        assertThat(six.opens().extendedNextHop()).isTrue();
    }

    @Test
    void a_local_as_replaces_ours() {
        Peer.As as = new Peer.As(65001, OptionalLong.of(65002), Optional.empty(), OptionalLong.of(65009));
        assertThat(config(tor().as(as)).opens().as()).isEqualTo(65009);
        assertThat(config(tor().as(as)).fsm().rules().localAs()).isEqualTo(65009);
    }

    @Test
    void a_keepalive_time_alone_means_a_hold_time_of_three() {
        Peer.Timers timers = new Peer.Timers(Optional.empty(), Optional.of(Duration.ofSeconds(7)), Optional.empty());
        assertThat(config(tor().timers(timers)).opens().holdSeconds()).isEqualTo(21);
        assertThat(config(tor()).opens().holdSeconds()).isEqualTo(90);
    }

    @Test
    void another_password_or_address_is_another_configuration_other_routes_are_not() {
        Peer peer = tor().build();
        PeerPlan one = new PeerPlan(peer, Optional.of(new SecretValue("a")), Optional.empty(), List.of());
        PeerPlan same = new PeerPlan(peer, Optional.of(new SecretValue("a")), Optional.empty(), Loopback.routes(3));
        PeerPlan other = new PeerPlan(peer, Optional.of(new SecretValue("b")), Optional.empty(), List.of());
        IpAddress address = IpAddress.parse("10.0.0.1");
        PeerConfig config = PeerConfig.of(one, address, SpeakerSettings.DEFAULT);
        assertThat(PeerConfig.of(same, address, SpeakerSettings.DEFAULT)).isEqualTo(config);
        assertThat(PeerConfig.of(other, address, SpeakerSettings.DEFAULT)).isNotEqualTo(config);
        assertThat(config.toString()).contains("***");
    }
}
