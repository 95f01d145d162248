package org.heraldlb.frr.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.frr.config.FakeFrr;
import org.heraldlb.frr.render.FrrSettings;
import org.heraldlb.frr.render.Plans;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.ManualLoop;
import org.junit.jupiter.api.Test;

class FrrAnnouncerTest {

    private static final BgpPlan ONE =
            Plans.of(Plans.told(Intents.peer("tor", "192.0.2.1"), Plans.route("203.0.113.1/32")));
    private static final BgpPlan TWO = Plans.of(
            Plans.told(Intents.peer("tor", "192.0.2.1"), Plans.route("203.0.113.1/32"), Plans.route("203.0.113.2/32")));

    private final ManualLoop loop = new ManualLoop();
    private final FakeHost host = new FakeHost();
    private final FrrAnnouncer announcer = new FrrAnnouncer(loop, host, FrrSettings.DEFAULT, List.of());

    private AnnouncerStatus after(long millis) {
        loop.advance(Duration.ofMillis(millis));
        return announcer.status().current();
    }

    private List<String> codes() {
        return announcer.status().current().problems().stream()
                .map(Problem::code)
                .toList();
    }

    @Test
    void oneServiceMoreIsOneLineAndNoNeighbour() {
        announcer.apply(ONE);
        after(1000);
        host.said.clear();

        announcer.apply(TWO);
        after(1000);

        assertThat(host.said)
                .containsExactly(
                        "router bgp 64512",
                        "address-family ipv4 unicast",
                        "network 203.0.113.2/32 route-map herald-tag-3082353300",
                        "exit-address-family",
                        "exit");
    }

    @Test
    void aServiceIsToldBeforeFrrIsLookedAt() {
        announcer.apply(ONE);
        after(1000);
        int looks = host.looks;

        announcer.apply(TWO);
        loop.advance(Duration.ZERO);

        assertThat(host.frr.running()).contains("network 203.0.113.2/32 route-map herald-tag-");
        assertThat(host.looks).isEqualTo(looks);
        after(1000);
        assertThat(host.looks).isEqualTo(looks + 1);
        assertThat(codes()).isEmpty();
    }

    @Test
    void aRouteThatTheOperatorCameToAnnounceIsLeftAlone() {
        announcer.apply(ONE);
        after(1000);

        host.frr.say(List.of(
                "router bgp 64512",
                "address-family ipv4 unicast",
                "network 203.0.113.2/32",
                "exit-address-family",
                "exit"));
        announcer.apply(TWO);
        after(1000);

        assertThat(host.frr.running())
                .contains("network 203.0.113.2/32\n")
                .doesNotContain("network 203.0.113.2/32 route-map");
        assertThat(codes()).containsExactly("frrNetwork");
    }

    @Test
    void aRouteThatWasTakenOutByHandIsPutBackWithTheNextChange() {
        announcer.apply(TWO);
        after(1000);

        host.frr.say(List.of(
                "router bgp 64512",
                "address-family ipv4 unicast",
                "no network 203.0.113.2/32 route-map herald-tag-3082353300",
                "exit-address-family",
                "exit"));
        announcer.apply(ONE);
        after(1000);

        assertThat(host.frr.running()).contains("network 203.0.113.1/32").doesNotContain("203.0.113.2");
        assertThat(codes()).isEmpty();
    }

    @Test
    void anEqualPlanSaysNothing() {
        announcer.apply(ONE);
        after(1000);
        host.said.clear();

        announcer.apply(new BgpPlan(2, "node", ONE.peers()));

        assertThat(after(20_000).observedGeneration()).isEqualTo(2);
        assertThat(host.said).isEmpty();
    }

    @Test
    void anFrrThatIsGoneIsReportedAndToldEverythingWhenItIsBack() {
        announcer.apply(ONE);
        after(1000);

        host.there = false;
        AnnouncerStatus gone = after(1000);
        assertThat(gone.ready()).isFalse();
        assertThat(codes()).containsExactly("frrUnreachable");

        host.frr = new FakeFrr();
        host.there = true;
        assertThat(after(2000).ready()).isTrue();
        assertThat(host.frr.running()).contains("network 203.0.113.1/32 route-map herald-tag-");
        assertThat(codes()).isEmpty();
    }

    @Test
    void whatIsChangedByHandIsPutBackAndReported() {
        announcer.apply(ONE);
        after(1000);

        host.frr.say(List.of(
                "router bgp 64512",
                "address-family ipv4 unicast",
                "no network 203.0.113.1/32 route-map herald-tag-3082353300",
                "exit-address-family",
                "exit"));
        after(6000);

        assertThat(host.frr.running()).contains("network 203.0.113.1/32 route-map herald-tag-3082353300");
        assertThat(codes()).containsExactly("frrEdited");
        assertThat(announcer.status().current().counters()).containsEntry("frr_repairs_total", 1L);
        after(400_000);
        assertThat(codes()).isEmpty();
    }

    @Test
    void whatFrrRefusesIsSaidOnceAndReported() {
        host.refuses = "coalesce-time";
        announcer.apply(ONE);
        after(1000);
        int lines = host.said.size();

        after(60_000);

        assertThat(codes()).containsExactly("frrRefused");
        assertThat(host.said.size() - lines).isLessThan(10);
    }

    @Test
    void anOldFrrIsNotTouched() {
        host.version = "FRRouting 7.5.1 (test)";
        announcer.apply(ONE);
        after(1000);

        assertThat(codes()).containsExactly("frrUnreachable");
        assertThat(host.said).isEmpty();
    }

    @Test
    void aSessionAndItsCountsAreReadBack() {
        host.neighbors = """
                {"default":{"vrfId":0,"192.0.2.1":{"remoteAs":64513,"localAs":64512,"bgpState":"Established",
                 "bgpTimerHoldTimeMsecs":9000,"connectionsDropped":2,"peerBfdInfo":{"status":"Up"},
                 "messageStats":{"updatesSent":5},"addressFamilyInfo":{"ipv4Unicast":{"sentPrefixCounter":1}}}}}
                """;
        announcer.apply(ONE);

        AnnouncerStatus status = after(1000);

        assertThat(status.sessions()).singleElement().satisfies(session -> {
            assertThat(session.state()).isEqualTo(SessionStatus.State.ESTABLISHED);
            assertThat(session.advertised()).isEqualTo(1);
            assertThat(session.details()).containsEntry("holdTime", "9").containsEntry("flaps", "2");
        });
        assertThat(status.announcements())
                .extracting(AnnouncementStatus::state)
                .containsExactly(AnnouncementStatus.State.ANNOUNCED);
        assertThat(status.counters())
                .containsEntry("bgp_session_flaps_total", 2L)
                .containsEntry("bgp_updates_sent_total", 5L);
    }

    @Test
    void lettingGoCutsTheSessionsFirstAndThenTakesEverythingOut() {
        announcer.apply(ONE);
        after(1000);
        AtomicInteger done = new AtomicInteger();

        announcer.letGo(done::incrementAndGet);
        after(3000);

        assertThat(done).hasValue(1);
        assertThat(host.cuts).isEqualTo(1);
        assertThat(host.frr.running()).doesNotContain("herald");
        announcer.apply(ONE);
        after(1000);
        assertThat(host.frr.running()).contains("network 203.0.113.1/32");
    }

    @Test
    void aDisabledPeerIsShutDownWithPlainWordsAndComesBack() {
        announcer.apply(ONE);
        after(1000);

        new FrrControl(announcer).disable(Map.of("tor", "maintenance\n| include x\0 until 5, \"tonight\""));
        after(1000);
        assertThat(host.frr.running())
                .contains("neighbor 192.0.2.1 shutdown message maintenance include x until 5, tonight\n");

        new FrrControl(announcer).disable(Map.of());
        after(1000);
        assertThat(host.frr.running()).contains("neighbor 192.0.2.1 remote-as").doesNotContain("shutdown");
    }

    @Test
    void lettingAnFrrOfOursGoEndsIt() {
        host.outlives = false;
        announcer.apply(ONE);
        after(1000);

        announcer.letGo(() -> {});
        after(3000);
        assertThat(host.cuts).isEqualTo(1);
        assertThat(announcer.status().current().sessions()).isEmpty();
    }

    @Test
    void whatNobodyChoseIsTakenOutInTheEnd() {
        host.frr.say(List.of("route-map herald-in deny 10", "exit", "route-map mine deny 10", "exit"));

        after(100_000);
        assertThat(host.frr.running()).contains("herald-in");
        after(30_000);
        assertThat(host.frr.running()).doesNotContain("herald-in").contains("mine");
    }
}
