package org.heraldlb.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bgp.BgpControl;
import org.heraldlb.api.bgp.BgpPeerDetail;
import org.heraldlb.api.bgp.ReceivedRoute;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.shell.NodeView;
import org.heraldlb.shell.internal.BgpSessionsComponent;
import org.heraldlb.testkit.SnapshotBuilder;
import org.heraldlb.view.Status;
import org.junit.jupiter.api.Test;

class BgpCommandsTest {

    private static final SystemSnapshot SAMPLE = new SnapshotBuilder(4, "one").build();
    private static final NodeView VIEW = new NodeView() {
        @Override
        public SystemSnapshot snapshot() {
            return SAMPLE;
        }

        @Override
        public Status status() {
            return Status.of(SAMPLE, List.of());
        }
    };

    private final List<String> deeds = new ArrayList<>();

    /** One peer, tor1; says one line when traced. */
    private final class OnePeer implements BgpControl {
        @Override
        public void clear(String peer, boolean soft) {
            deeds.add("clear " + peer + " " + soft);
        }

        @Override
        public List<ReceivedRoute> received(String peer) {
            return List.of();
        }

        @Override
        public Registration trace(String peer, Consumer<String> line) {
            line.accept("-> KEEPALIVE");
            return () -> deeds.add("closed");
        }

        @Override
        public void disable(Map<String, String> reasonByPeer) {
            throw new AssertionError("only core does that");
        }

        @Override
        public Optional<BgpPeerDetail> detail(String peer) {
            SessionStatus status = new SessionStatus(
                    "tor1",
                    "192.0.2.1:179",
                    SessionStatus.State.ESTABLISHED,
                    Instant.EPOCH,
                    0,
                    0,
                    "",
                    Optional.empty(),
                    Map.of());
            return peer.equals("tor1")
                    ? Optional.of(new BgpPeerDetail(
                            status,
                            Optional.empty(),
                            new BgpPeerDetail.Transport(false, false, OptionalLong.empty(), false, false),
                            Map.of(),
                            BgpPeerDetail.Capabilities.NONE,
                            BgpPeerDetail.Failures.NONE,
                            BgpPeerDetail.Counts.NONE))
                    : Optional.empty();
        }
    }

    private String run(BgpQuery command, String... words) {
        command.view = VIEW;
        command.session = Sessions.with(Map.of());
        command.sessions = peer -> Optional.<BgpControl>of(new OnePeer())
                .filter(each -> each.detail(peer).isPresent());
        command.words = List.of(words);
        return command.execute();
    }

    @Test
    void a_peer_is_a_page_and_json() {
        assertThat(run(new BgpPeer(), "tor1")).startsWith("BGP peer tor1 192.0.2.1:179\nState         Established");
        assertThat(run(new BgpPeer(), "tor1", "-o", "json")).contains("\"name\": \"tor1\"");
    }

    @Test
    void the_doctor_gives_a_verdict() {
        assertThat(run(new BgpDoctor(), "tor1")).contains("VERDICT").contains("good");
        assertThat(run(new BgpDoctor(), "tor1", "-o", "json")).contains("\"verdict\": \"good\"");
    }

    @Test
    void a_peer_is_cleared_hard_or_softly_wherever_the_option_stands() {
        run(new BgpClear(), "tor1");
        run(new BgpClear(), "tor1", "--soft");
        assertThat(deeds).containsExactly("clear tor1 false", "clear tor1 true");
    }

    @Test
    void a_trace_ends_by_itself_and_is_closed() {
        BgpTrace trace = new BgpTrace();
        assertThatThrownBy(() -> run(trace, "tor1", "--for", "soon")).hasMessageContaining("--for takes a time");
        BgpTrace ends = new BgpTrace();
        List<String> lines = new ArrayList<>();
        ends.sink = lines::add;
        assertThat(run(ends, "tor1", "--for", "1ms")).isNull();
        assertThat(lines).containsExactly("-> KEEPALIVE");
        assertThat(deeds).containsExactly("closed");
    }

    @Test
    void received_routes_want_a_peer() {
        assertThat(run(new BgpRoutes(), "tor1", "--received")).isEqualTo("no routes received");
        assertThatThrownBy(() -> run(new BgpRoutes(), "--received")).hasMessage("received from which peer?");
        assertThatThrownBy(() -> run(new BgpRoutes(), "tor9")).hasMessageStartingWith("no BGP peer \"tor9\"");
    }

    @Test
    void a_peer_that_is_not_there_is_one_line() {
        assertThatThrownBy(() -> run(new BgpDoctor(), "tor2")).hasMessage("no BGP peer \"tor2\"; there is none");
        assertThatThrownBy(() -> run(new BgpDoctor())).hasMessage("which peer? bgp:peers lists them");
    }

    @Test
    void without_announcers_nobody_has_a_session() {
        assertThat(new BgpSessionsComponent().of("tor1")).isEmpty();
    }
}
