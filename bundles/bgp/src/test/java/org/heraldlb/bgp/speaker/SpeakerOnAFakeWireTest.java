package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.bgp.fsm.Opens;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.MessageCodec;
import org.heraldlb.bgp.packet.Samples;
import org.heraldlb.bgp.packet.WireContext;
import org.heraldlb.bgp.rib.BatchCache;
import org.heraldlb.testkit.Intents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole speaker with simulated time and a wire that the test holds the other end of. */
class SpeakerOnAFakeWireTest {

    private static final String CEASE_BFD = "001503060a";
    private static final String HOLD_EXPIRED = "0015030400";
    private static final Opens THEIRS =
            new Opens(65002, 9, List.of(Family.IPV4_UNICAST), OptionalInt.empty(), false, OptionalInt.empty());

    private final FakeTransport transport = new FakeTransport();
    private final List<Consumer<BfdSessionState>> bfd = new ArrayList<>();
    private final List<BfdSessionKey> bfdClosed = new ArrayList<>();
    private final List<String> bfdCalls = new ArrayList<>();
    private final Speaker speaker = new Speaker(
            new Surroundings(
                    transport,
                    new SpeakerSettings(Optional.empty(), 179, SpeakerSettings.Timers.DEFAULT, false, 10),
                    (local, family) -> Optional.empty(),
                    new BatchCache(),
                    new SplittableRandom(7),
                    ""),
            (key, timing, authentication, client, observer) -> {
                bfd.add(observer);
                int number = bfd.size();
                bfdCalls.add("ask " + number);
                return () -> {
                    bfdClosed.add(key);
                    bfdCalls.add("give up " + number);
                };
            });
    private long generation;

    @AfterEach
    void close() {
        speaker.close();
    }

    private void apply(List<Route> routes, Optional<SecretValue> password, Optional<BfdProfile> profile) {
        speaker.apply(new BgpPlan(
                generation++,
                "node",
                List.of(new PeerPlan(
                        Intents.peer("tor", "10.0.0.2").as(65001, 65002).build(), password, profile, routes))));
        transport.manual().runPosted();
    }

    private void apply(List<Route> routes) {
        apply(routes, Optional.empty(), Optional.empty());
    }

    private static byte[] bytes(Message message) {
        return MessageCodec.encode(message, WireContext.INITIAL);
    }

    private FakeTransport.FakeWire establish() {
        FakeTransport.FakeWire wire = transport.lastDialled();
        wire.connect();
        wire.receive(bytes(THEIRS.open(0x0a000002, false)));
        wire.receive(bytes(Message.Keepalive.INSTANCE));
        return wire;
    }

    @Test
    void a_peer_that_falls_silent_is_told_and_dialled_again() {
        speaker.start();
        apply(Loopback.routes(1));
        FakeTransport.FakeWire wire = establish();
        transport.manual().advance(Duration.ofSeconds(10));
        assertThat(wire.isClosed()).isTrue();
        assertThat(wire.sent()).endsWith(HOLD_EXPIRED);
        int before = transport.timesDialled();
        transport.manual().advance(Duration.ofSeconds(2));
        assertThat(transport.timesDialled()).isGreaterThan(before);
    }

    @Test
    void a_peer_that_does_not_read_gets_no_more_than_fits_and_is_given_up_in_the_end() {
        apply(List.of());
        FakeTransport.FakeWire wire = establish();
        wire.writable(false);
        int before = wire.writes();
        for (int i = 1; i < 50; i++) {
            apply(Loopback.routes(i));
        }
        assertThat(wire.writes()).isEqualTo(before);
        for (int i = 0; i < 200 && !wire.isClosed(); i++) {
            wire.receive(bytes(Message.Keepalive.INSTANCE));
            transport.manual().advance(Duration.ofSeconds(5));
        }
        assertThat(wire.isClosed()).isTrue();
        assertThat(wire.sent()).endsWith("0015030800");
    }

    @Test
    void a_peer_that_reads_again_is_told_the_newest_only() {
        apply(List.of());
        FakeTransport.FakeWire wire = establish();
        wire.writable(false);
        for (int i = 1; i < 50; i++) {
            apply(Loopback.routes(i));
        }
        int before = wire.writes();
        wire.writable(true);
        assertThat(wire.writes()).isEqualTo(before + 1);
    }

    @Test
    void bfd_down_ends_a_settled_session_with_its_own_reason() {
        BfdProfile profile = new BfdProfile(
                ObjectRef.of(Kind.BFD_PROFILE, "fast"),
                new Origin("test", "test"),
                BfdProfile.Timing.DEFAULT,
                false,
                false,
                OptionalInt.empty());
        apply(List.of(), Optional.empty(), Optional.of(profile));
        FakeTransport.FakeWire wire = establish();
        heard(BfdState.UP);
        heard(BfdState.DOWN);
        assertThat(wire.isClosed())
                .as("a router replaces its BFD session just now")
                .isFalse();
        heard(BfdState.UP);
        transport.manual().advance(Duration.ofSeconds(2));
        heard(BfdState.ADMIN_DOWN);
        heard(BfdState.DOWN);
        assertThat(wire.isClosed()).as("taken down on purpose").isFalse();
        heard(BfdState.UP);
        heard(BfdState.DOWN);
        assertThat(wire.sent()).endsWith(CEASE_BFD);
        apply(List.of());
        assertThat(bfdClosed).hasSize(1);
    }

    @Test
    void a_changed_profile_is_asked_for_before_the_old_one_is_given_up() {
        apply(List.of(), Optional.empty(), Optional.of(BfdWatchTest.profile(false, 0)));
        apply(List.of(), Optional.empty(), Optional.of(BfdWatchTest.profile(true, 0)));
        assertThat(bfdCalls).containsExactly("ask 1", "ask 2", "give up 1");
    }

    private void applyStrict(boolean strict) {
        Peer.Extensions extensions = new Peer.Extensions(
                false, OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), strict);
        Peer peer = Intents.peer("tor", "10.0.0.2")
                .as(65001, 65002)
                .options(new Peer.Options(Optional.empty(), Optional.of("fast"), false, false, false, extensions))
                .build();
        Optional<BfdProfile> profile = Optional.of(BfdWatchTest.profile(false, 0));
        speaker.apply(
                new BgpPlan(generation++, "node", List.of(new PeerPlan(peer, Optional.empty(), profile, List.of()))));
        transport.manual().runPosted();
    }

    @Test
    void strict_bfd_lets_nothing_through_before_it_is_up_and_again_after_it_went_down() {
        speaker.start();
        applyStrict(true);
        heard(BfdState.DOWN);
        heard(BfdState.INIT);
        transport.manual().advance(Duration.ofSeconds(20));
        assertThat(transport.timesDialled()).isZero();
        assertThat(transport.call()).isEmpty();
        heard(BfdState.UP);
        FakeTransport.FakeWire wire = establish();
        transport.manual().advance(Duration.ofSeconds(2));
        heard(BfdState.DOWN);
        assertThat(wire.sent()).endsWith(CEASE_BFD);
        int before = transport.timesDialled();
        transport.manual().advance(Duration.ofSeconds(60));
        assertThat(transport.timesDialled()).isEqualTo(before);
        heard(BfdState.UP);
        assertThat(transport.timesDialled()).isEqualTo(before + 1);
    }

    @Test
    void strict_bfd_that_went_down_while_the_session_settled_has_half_a_minute() {
        applyStrict(true);
        heard(BfdState.UP);
        FakeTransport.FakeWire wire = establish();
        heard(BfdState.DOWN);
        for (int i = 0; i < 8; i++) {
            assertThat(wire.isClosed()).as("after " + 4 * i + " s").isFalse();
            wire.receive(bytes(Message.Keepalive.INSTANCE));
            transport.manual().advance(Duration.ofSeconds(4));
        }
        assertThat(wire.sent()).endsWith(CEASE_BFD);
    }

    @Test
    void strict_bfd_that_is_down_on_purpose_or_no_longer_wanted_has_no_say() {
        applyStrict(true);
        assertThat(transport.timesDialled()).isZero();
        heard(BfdState.ADMIN_DOWN);
        assertThat(transport.timesDialled()).isEqualTo(1);
        heard(BfdState.DOWN);
        assertThat(transport.lastDialled().isClosed()).isTrue();
        applyStrict(false);
        assertThat(transport.timesDialled()).isEqualTo(2);
    }

    private void heard(BfdState state) {
        bfd.get(bfd.size() - 1).accept(new BfdSessionState(state, 0, state == BfdState.ADMIN_DOWN));
        transport.manual().runPosted();
    }

    @Test
    void what_the_transport_lacks_is_refused_by_name() {
        transport.without(Feature.MD5);
        apply(List.of(), Optional.of(new SecretValue("x")), Optional.empty());
        assertThat(transport.timesDialled()).isZero();
    }

    @Test
    void a_changed_password_resets_and_changed_routes_do_not() {
        apply(Loopback.routes(1));
        FakeTransport.FakeWire wire = establish();
        apply(Loopback.routes(2));
        assertThat(wire.isClosed()).isFalse();
        apply(Loopback.routes(2), Optional.of(new SecretValue("x")), Optional.empty());
        assertThat(wire.isClosed()).isTrue();
        assertThat(wire.sent()).endsWith("0015030606");
    }

    @Test
    void a_changed_keepalive_time_takes_effect_without_a_reset() {
        apply(Loopback.routes(1));
        FakeTransport.FakeWire wire = establish();
        int before = wire.writes();
        Peer.Timers often = new Peer.Timers(
                Optional.of(Duration.ofSeconds(90)), Optional.of(Duration.ofSeconds(1)), Optional.empty());
        speaker.apply(new BgpPlan(
                generation++,
                "node",
                List.of(new PeerPlan(
                        Intents.peer("tor", "10.0.0.2")
                                .as(65001, 65002)
                                .timers(often)
                                .build(),
                        Optional.empty(),
                        Optional.empty(),
                        Loopback.routes(1)))));
        transport.manual().runPosted();
        transport.manual().advance(Duration.ofSeconds(8));
        assertThat(wire.isClosed()).isFalse();
        // The one that was due after 3 s still is; from then on one each second or a little sooner.
        assertThat(wire.writes() - before).isGreaterThanOrEqualTo(5);
    }

    /** Anything at any time, from any of the peer's connections: no exception, and a good session comes up afterwards. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noise_never_breaks_the_speaker(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        speaker.start();
        apply(Loopback.routes(100));
        List<FakeTransport.FakeWire> wires = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            disturb(random, wires);
        }
        wires.forEach(FakeTransport.FakeWire::fail);
        transport.manual().advance(Duration.ofSeconds(40));
        for (int i = 0; i < 50 && transport.lastDialled().isClosed(); i++) {
            transport.manual().advance(Duration.ofSeconds(1));
        }
        FakeTransport.FakeWire good = transport.lastDialled();
        good.connect();
        good.receive(bytes(THEIRS.open(0x0a000002, false)));
        good.receive(bytes(Message.Keepalive.INSTANCE));
        assertThat(good.sent()).as("seed " + seed).contains("0a800000");
    }

    private void disturb(SplittableRandom random, List<FakeTransport.FakeWire> wires) {
        FakeTransport.FakeWire wire =
                wires.isEmpty() ? transport.lastDialled() : wires.get(random.nextInt(wires.size()));
        switch (random.nextInt(10)) {
            case 0 -> transport.call().ifPresent(wires::add);
            case 1 -> wires.add(transport.lastDialled());
            case 2 -> wire.connect();
            case 3 -> wire.receive(bytes(THEIRS.open(random.nextInt(), random.nextBoolean())));
            case 4 -> wire.receive(bytes(Message.Keepalive.INSTANCE));
            case 5 ->
                wire.receive(
                        Samples.all().get(random.nextInt(Samples.all().size())).bytes());
            case 6 -> wire.receive(noise(random));
            case 7 -> wire.writable(random.nextBoolean());
            case 8 -> transport.manual().advance(Duration.ofMillis(random.nextInt(3000)));
            default -> wire.fail();
        }
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] noise = Samples.all().get(random.nextInt(Samples.all().size())).bytes();
        noise[random.nextInt(noise.length)] = (byte) random.nextInt();
        return noise;
    }
}
