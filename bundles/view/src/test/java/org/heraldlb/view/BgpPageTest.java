package org.heraldlb.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.BgpPeerDetail.Attempt;
import org.heraldlb.api.bgp.BgpPeerDetail.Failures;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BgpPageTest {

    private static final BgpPeerDetail.Transport DIRECT =
            new BgpPeerDetail.Transport(false, false, OptionalLong.empty(), false, true);

    private static SessionStatus status(State state, Optional<String> bfd) {
        return new SessionStatus(
                "tor1",
                "192.0.2.1:179",
                state,
                Instant.EPOCH,
                5,
                0,
                "",
                bfd,
                Map.of("localAs", "65001", "remoteAs", "65002", "attributeFaults", "0"));
    }

    private static BgpPeerDetail detail(
            State state, Optional<String> disabled, BgpPeerDetail.Transport transport, Failures failures) {
        return new BgpPeerDetail(
                status(state, Optional.empty()),
                disabled,
                transport,
                Map.of("HoldTimer", 9000L),
                new BgpPeerDetail.Capabilities(List.of("ipv4-unicast"), List.of("route-refresh")),
                failures,
                BgpPeerDetail.Counts.NONE);
    }

    private static Failures failed(Attempt attempt, int code, int subcode) {
        Optional<BgpPeerDetail.Message> said = code == 0
                ? Optional.empty()
                : Optional.of(new BgpPeerDetail.Message(code, subcode, "its text", Instant.EPOCH));
        return new Failures(said, said, "", "the reason", attempt);
    }

    private static BgpFinding first(BgpPeerDetail detail) {
        return BgpFinding.of(detail).get(0);
    }

    @Test
    void a_page_shows_both_ways() {
        String text = BgpPage.of(detail(State.ESTABLISHED, Optional.empty(), DIRECT, Failures.NONE))
                .text(Paper.PLAIN);
        assertThat(text)
                .startsWith("BGP peer tor1 192.0.2.1:179\nState         Established since 1970-01-01T00:00:00Z\n")
                .contains("Session       AS 65001, peer AS 65002")
                .contains("Timers        HoldTimer in 9000 ms\n")
                .contains("We offer      ipv4-unicast\n")
                .contains("Peer offers   route-refresh\n")
                .doesNotContain("Last drop");
    }

    @Test
    void a_page_is_json() {
        String json = Json.compact(
                BgpPage.of(detail(State.IDLE, Optional.of("moving"), DIRECT, failed(Attempt.NOTIFIED, 6, 2))));
        assertThat(json)
                .contains("\"disabled\":\"moving\"")
                .contains("\"received\":{\"code\":6,\"subcode\":2,\"text\":\"its text\"")
                .contains("\"attempt\":\"NOTIFIED\"");
    }

    @Test
    void what_the_operator_wants_is_no_failure() {
        BgpFinding finding = first(detail(State.IDLE, Optional.of("moving"), DIRECT, failed(Attempt.REFUSED, 0, 0)));
        assertThat(finding.verdict()).isEqualTo("doubtful");
        assertThat(finding.text()).isEqualTo("disabled by the operator: moving");
    }

    @Test
    void a_strict_session_says_that_it_waits_for_bfd() {
        SessionStatus waiting = new SessionStatus(
                "tor1",
                "192.0.2.1:179",
                State.IDLE,
                Instant.EPOCH,
                0,
                0,
                "",
                Optional.of("DOWN"),
                Map.of("waitsFor", "BFD"));
        BgpFinding finding = first(new BgpPeerDetail(
                waiting,
                Optional.empty(),
                DIRECT,
                Map.of(),
                BgpPeerDetail.Capabilities.NONE,
                failed(Attempt.REJECTED, 6, 10),
                BgpPeerDetail.Counts.NONE));
        assertThat(finding.verdict()).isEqualTo("bad");
        assertThat(finding.text()).isEqualTo("waits for BFD (bfdStrict), which is DOWN");
        assertThat(finding.advice()).contains("bfd:doctor");
    }

    @Test
    void a_session_that_is_up_is_good() {
        assertThat(first(detail(State.ESTABLISHED, Optional.empty(), DIRECT, Failures.NONE))
                        .verdict())
                .isEqualTo("good");
    }

    /** Issue by issue: what kept the session down, and the word that the advice must have. */
    @ParameterizedTest
    @CsvSource({
        "REFUSED, 0, 0, refuses TCP, does BGP run there",
        "UNREACHABLE, 0, 0, no way to, ip route get",
        "TIMED_OUT, 0, 0, nobody answers, ebgpMultiHop",
        "LOCAL, 0, 0, cannot even try, source address",
        "HUNG_UP, 0, 0, closes them before its OPEN, neighbour",
        "SILENT, 0, 0, fell silent, MTU",
        "NOTIFIED, 2, 2, the peer says, another AS than 65001",
        "NOTIFIED, 6, 2, the peer says, its operator shut",
        "NOTIFIED, 2, 7, the peer says, address family",
        "NOTIFIED, 4, 0, the peer says, keepalives",
        "NOTIFIED, 6, 10, the peer says, bfd:doctor",
        "NOTIFIED, 3, 1, the peer says, bgp:trace",
        "REJECTED, 2, 2, we say, set peerASN",
        "REJECTED, 1, 1, we say, no BGP",
        "REJECTED, 2, 3, we say, identifier"
    })
    void a_session_that_does_not_come_up_has_a_likely_cause(
            Attempt attempt, int code, int subcode, String found, String advice) {
        BgpFinding finding = first(detail(State.IDLE, Optional.empty(), DIRECT, failed(attempt, code, subcode)));
        assertThat(finding.verdict()).isEqualTo("bad");
        assertThat(finding.text()).contains(found);
        assertThat(finding.advice()).contains(advice);
    }

    @Test
    void silence_is_told_by_what_is_configured() {
        BgpPeerDetail.Transport md5 = new BgpPeerDetail.Transport(false, true, OptionalLong.of(255), false, false);
        assertThat(first(detail(State.CONNECT, Optional.empty(), md5, failed(Attempt.TIMED_OUT, 0, 0)))
                        .advice())
                .startsWith("compare the password at both ends")
                .contains("TTL security");
    }

    @Test
    void a_passive_peer_that_cannot_be_dialled_is_told() {
        BgpPeerDetail.Transport deaf = new BgpPeerDetail.Transport(true, false, OptionalLong.empty(), false, false);
        assertThat(first(detail(State.ACTIVE, Optional.empty(), deaf, Failures.NONE))
                        .advice())
                .contains("listen=true");
    }

    @Test
    void received_routes_are_a_table() {
        ReceivedRoute route = new ReceivedRoute(
                IpPrefix.parse("198.51.100.0/24"),
                Optional.of(IpAddress.parse("192.0.2.1")),
                "65002 65003",
                "IGP",
                OptionalLong.empty(),
                OptionalLong.of(7),
                List.of("65002:1"));
        assertThat(ReceivedRow.listing(List.of(route)).table(Paper.PLAIN).lines())
                .containsExactly(
                        "PREFIX           NEXT HOP   LOCALPREF  MED  PATH         ORIGIN  COMMUNITIES",
                        "198.51.100.0/24  192.0.2.1  -          7    65002 65003  IGP     65002:1");
    }
}
