package org.heraldlb.bgp.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.BgpPeerDetail.Attempt;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.fsm.Opens;
import org.heraldlb.bgp.packet.BgpError;
import org.heraldlb.bgp.packet.Family;
import org.heraldlb.bgp.packet.Hex;
import org.heraldlb.bgp.packet.Message;
import org.heraldlb.bgp.packet.MessageCodec;
import org.heraldlb.bgp.packet.Notification;
import org.heraldlb.bgp.packet.PathAttribute;
import org.heraldlb.bgp.packet.Update;
import org.heraldlb.bgp.packet.WireContext;
import org.heraldlb.bgp.rib.BatchCache;
import org.heraldlb.testkit.Intents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's verbs, with simulated time and a wire that the test holds the other end of. */
class SpeakerControlTest {

    private static final WireContext AFTER_OPEN = new WireContext(true, WireContext.MAX_LENGTH, false);
    private static final String REFRESH_IPV4 = "00170500010001";
    private static final Opens THEIRS =
            new Opens(65002, 9, List.of(Family.IPV4_UNICAST), OptionalInt.of(120), false, OptionalInt.empty());

    private final FakeTransport transport = new FakeTransport();
    private final Speaker speaker = new Speaker(
            new Surroundings(
                    transport,
                    new SpeakerSettings(Optional.empty(), 0, SpeakerSettings.Timers.DEFAULT, true, 10),
                    (local, family) -> Optional.empty(),
                    new BatchCache(),
                    new SplittableRandom(7),
                    ""),
            BfdPort.NONE);
    private final BgpControl control = speaker.control();
    private long generation;

    @AfterEach
    void close() {
        speaker.close();
    }

    private void apply(String... peers) {
        List<PeerPlan> plans = new ArrayList<>();
        for (String name : peers) {
            plans.add(new PeerPlan(
                    Intents.peer(name, "10.0.0.2").as(65001, 65002).build(),
                    Optional.empty(),
                    Optional.empty(),
                    Loopback.routes(1)));
        }
        speaker.apply(new BgpPlan(generation++, "node", plans));
        transport.manual().runPosted();
    }

    private static byte[] bytes(Message message) {
        return MessageCodec.encode(message, AFTER_OPEN);
    }

    private FakeTransport.FakeWire establish() {
        FakeTransport.FakeWire wire = transport.lastDialled();
        wire.connect();
        wire.receive(bytes(THEIRS.open(0x0a000002, false)));
        wire.receive(bytes(Message.Keepalive.INSTANCE));
        return wire;
    }

    private BgpPeerDetail detail() {
        return onLoop(() -> control.detail("tor").orElseThrow());
    }

    private <T> T onLoop(java.util.function.Supplier<T> question) {
        List<T> answer = new ArrayList<>();
        transport.manual().execute(() -> answer.add(question.get()));
        transport.manual().runPosted();
        return answer.get(0);
    }

    private void disable(Map<String, String> reasons) {
        control.disable(reasons);
        transport.manual().runPosted();
    }

    @Test
    void a_disabled_peer_is_told_why_though_it_would_keep_our_routes_and_stays_idle() {
        apply("tor");
        FakeTransport.FakeWire wire = establish();
        disable(Map.of("tor", "moving to rack 7"));
        // Hard reset (RFC 8538) around Administrative Shutdown, as both sides do graceful restart.
        assertThat(wire.sent())
                .endsWith("03" + "0609" + "0602" + "10" + Hex.of("moving to rack 7".getBytes(StandardCharsets.UTF_8)));
        assertThat(wire.isClosed()).isTrue();
        int dialled = transport.timesDialled();
        transport.manual().advance(Duration.ofMinutes(5));
        assertThat(transport.timesDialled()).isEqualTo(dialled);
        assertThat(detail().disabled()).contains("moving to rack 7");
        assertThat(detail().status().state()).isEqualTo(State.IDLE);
        assertThat(detail().status().lastError()).isEqualTo("disabled: moving to rack 7");
    }

    @Test
    void a_peer_that_is_enabled_again_is_dialled_at_once() {
        apply("tor");
        establish();
        disable(Map.of("tor", "x"));
        int dialled = transport.timesDialled();
        apply("tor");
        assertThat(transport.timesDialled()).isEqualTo(dialled);
        disable(Map.of());
        assertThat(transport.timesDialled()).isEqualTo(dialled + 1);
        establish();
        assertThat(detail().status().state()).isEqualTo(State.ESTABLISHED);
        assertThat(detail().disabled()).isEmpty();
    }

    @Test
    void a_peer_may_be_disabled_before_the_plan_brings_it() {
        disable(Map.of("tor", "not yet"));
        apply("tor");
        transport.manual().advance(Duration.ofMinutes(1));
        assertThat(transport.timesDialled()).isZero();
        disable(Map.of("other", "not me"));
        assertThat(transport.timesDialled()).isEqualTo(1);
    }

    @Test
    void a_hard_clear_resets_and_comes_back() {
        apply("tor");
        FakeTransport.FakeWire wire = establish();
        control.clear("tor", false);
        control.clear("nobody", false);
        transport.manual().runPosted();
        assertThat(wire.isClosed()).isTrue();
        assertThat(detail().failures().sent().orElseThrow().text())
                .isEqualTo("administrative reset (6/4): cleared by the operator");
        int dialled = transport.timesDialled();
        transport.manual().advance(Duration.ofSeconds(2));
        assertThat(transport.timesDialled()).isGreaterThan(dialled);
    }

    @Test
    void a_clear_between_two_attempts_does_not_end_them() {
        apply("tor");
        transport.lastDialled().fail();
        int dialled = transport.timesDialled();
        control.clear("tor", false);
        transport.manual().advance(Duration.ofSeconds(2));
        assertThat(transport.timesDialled()).isGreaterThan(dialled);
    }

    @Test
    void a_clear_does_not_bring_a_disabled_peer_back() {
        apply("tor");
        disable(Map.of("tor", "x"));
        control.clear("tor", false);
        transport.manual().runPosted();
        int dialled = transport.timesDialled();
        transport.manual().advance(Duration.ofMinutes(2));
        assertThat(transport.timesDialled()).isEqualTo(dialled);
    }

    @Test
    void a_soft_clear_tells_everything_again_and_asks_for_the_same() {
        apply("tor");
        FakeTransport.FakeWire wire = establish();
        String before = wire.sent();
        control.clear("tor", true);
        transport.manual().runPosted();
        assertThat(wire.isClosed()).isFalse();
        String more = wire.sent().substring(before.length());
        assertThat(more).contains(REFRESH_IPV4).contains("200a800000");
    }

    @Test
    void received_routes_are_shown_as_people_write_them() {
        apply("tor");
        establish()
                .receive(bytes(new Update(
                        List.of(),
                        List.of(
                                PathAttribute.Origin.IGP,
                                new PathAttribute.AsPath(List.of(new PathAttribute.AsPath.Segment(
                                        PathAttribute.AsPath.SEQUENCE, List.of(65002L, 4_200_000_000L)))),
                                new PathAttribute.NextHop(IpAddress.parse("10.0.0.2")),
                                new PathAttribute.Med(7),
                                new PathAttribute.Communities(List.of(Community.of(65002, 3)))),
                        List.of(IpPrefix.parse("192.0.2.0/24")))));
        ReceivedRoute route = onLoop(() -> control.received("tor")).get(0);
        assertThat(route)
                .isEqualTo(new ReceivedRoute(
                        IpPrefix.parse("192.0.2.0/24"),
                        Optional.of(IpAddress.parse("10.0.0.2")),
                        "65002 4200000000",
                        "IGP",
                        java.util.OptionalLong.empty(),
                        java.util.OptionalLong.of(7),
                        List.of("65002:3")));
        assertThat(onLoop(() -> control.received("nobody"))).isEmpty();
    }

    @Test
    void a_trace_shows_both_directions_until_it_is_closed_and_across_sessions() {
        apply("tor");
        List<String> lines = new ArrayList<>();
        Registration trace = control.trace("tor", lines::add);
        transport.manual().runPosted();
        establish();
        assertThat(lines)
                .extracting(line -> line.replaceFirst("^\\S+ ", ""))
                .anySatisfy(line -> assertThat(line).startsWith("-> OPEN AS 65001, hold time 90 s"))
                .anySatisfy(
                        line -> assertThat(line).contains("<- OPEN AS 65002").contains("graceful-restart(120 s N)"))
                .contains("-- OpenConfirm -> Established")
                .anySatisfy(line -> assertThat(line).startsWith("-> UPDATE announces 10.128.0.0/32, origin IGP"))
                .contains("-> UPDATE end-of-RIB ipv4-unicast");
        transport.lastDialled().receive(bytes(Notification.of(BgpError.OUT_OF_RESOURCES)));
        transport.manual().advance(Duration.ofSeconds(2));
        establish();
        assertThat(lines.stream().filter(line -> line.contains("-> OPEN"))).hasSize(2);
        trace.close();
        trace.close();
        transport.manual().runPosted();
        int before = lines.size();
        transport.lastDialled().receive(bytes(Message.Keepalive.INSTANCE));
        assertThat(lines).hasSize(before);
    }

    @Test
    void a_session_that_is_up_shows_its_capabilities_timers_and_counts() {
        apply("tor");
        establish();
        BgpPeerDetail detail = detail();
        assertThat(detail.capabilities().sent()).contains("ipv4-unicast", "route-refresh", "four-octet-as(65001)");
        assertThat(detail.capabilities().received()).contains("graceful-restart(120 s N)");
        assertThat(detail.timers()).containsKeys("HoldTimer", "KeepaliveTimer");
        assertThat(detail.timers().get("HoldTimer")).isEqualTo(9000L);
        assertThat(detail.counts().sent()).containsEntry("open", 1L).containsEntry("update", 2L);
        assertThat(detail.counts().received()).containsEntry("keepalive", 1L);
        assertThat(detail.counts().established()).isEqualTo(1);
        assertThat(detail.failures().attempt()).isEqualTo(Attempt.NONE);
        assertThat(onLoop(() -> control.detail("nobody"))).isEmpty();
    }

    @Test
    void messages_are_counted_by_peer_under_metallbs_names() {
        apply("tor");
        establish();
        transport.manual().advance(Duration.ofMillis(60));
        Map<String, Long> counters = Loopback.await(
                        speaker, status -> status.counters().containsKey("bgp_opens_sent{peer=\"10.0.0.2:179\"}"))
                .counters();
        assertThat(counters)
                .containsEntry("bgp_opens_sent{peer=\"10.0.0.2:179\"}", 1L)
                .containsEntry("bgp_updates_total{peer=\"10.0.0.2:179\"}", 2L)
                .containsEntry("bgp_keepalives_received{peer=\"10.0.0.2:179\"}", 1L)
                .containsEntry("bgp_session_flaps{peer=\"10.0.0.2:179\"}", 0L);
    }

    @ParameterizedTest
    @CsvSource({
        "Connection refused: /10.0.0.2:179, REFUSED",
        "finishConnect(..) failed with error(-113): No route to host, UNREACHABLE",
        "finishConnect(..) failed with error(-110): Connection timed out, TIMED_OUT",
        "bind(..) failed with error(-99): Cannot assign requested address, LOCAL",
        "something new, OTHER"
    })
    void a_connection_that_cannot_be_made_is_told_by_kind(String reason, Attempt kind) {
        apply("tor");
        transport.lastDialled().fail(reason);
        assertThat(detail().failures().attempt()).isEqualTo(kind);
        assertThat(detail().failures().lastAttempt()).isEqualTo(reason);
    }

    @Test
    void an_attempt_that_nobody_answers_is_told() {
        apply("tor");
        transport.manual().advance(Duration.ofSeconds(3));
        assertThat(detail().failures().attempt()).isEqualTo(Attempt.TIMED_OUT);
        assertThat(detail().failures().lastAttempt()).isEqualTo("nobody answered within 2 s");
    }

    @Test
    void a_peer_that_hangs_up_before_its_open_is_told() {
        apply("tor");
        transport.lastDialled().connect();
        transport.lastDialled().fail();
        assertThat(detail().failures().attempt()).isEqualTo(Attempt.HUNG_UP);
    }

    @Test
    void the_wrong_as_is_told_from_both_ends() {
        apply("tor");
        FakeTransport.FakeWire wire = transport.lastDialled();
        wire.connect();
        wire.receive(
                bytes(new Opens(65003, 9, List.of(Family.IPV4_UNICAST), OptionalInt.empty(), false, OptionalInt.empty())
                        .open(0x0a000002, false)));
        assertThat(detail().failures().attempt()).isEqualTo(Attempt.REJECTED);
        assertThat(detail().failures().lastAttempt())
                .isEqualTo("bad peer AS: the peer is AS 65003, configured is 65002");
        transport.manual().advance(Duration.ofSeconds(3));
        wire = transport.lastDialled();
        wire.connect();
        wire.receive(bytes(Notification.of(BgpError.BAD_PEER_AS)));
        assertThat(detail().failures().attempt()).isEqualTo(Attempt.NOTIFIED);
        assertThat(detail().failures().received().orElseThrow().code()).isEqualTo(2);
        assertThat(detail().failures().received().orElseThrow().subcode()).isEqualTo(2);
    }

    @Test
    void a_hold_time_that_expires_is_silence() {
        apply("tor");
        establish();
        transport.manual().advance(Duration.ofSeconds(10));
        assertThat(detail().failures().attempt()).isIn(Attempt.SILENT, Attempt.TIMED_OUT);
        assertThat(detail().failures().lastDrop()).isEqualTo("hold timer expired");
    }
}
