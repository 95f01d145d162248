package org.heraldlb.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.BfdSnapshots.session;
import static org.heraldlb.testkit.BfdSnapshots.snapshot;

import java.util.Optional;
import org.heraldlb.api.bfd.BfdSnapshot.Echo;
import org.heraldlb.api.bfd.BfdSnapshot.Gaps;
import org.heraldlb.api.bfd.BfdSnapshot.SessionView;
import org.heraldlb.api.bfd.BfdState;
import org.junit.jupiter.api.Test;

class BfdMetricsTest {

    @Test
    void sessionsAreCountedUnderBothNames() {
        assertThat(BfdMetrics.of(snapshot(session(BfdState.UP, 1))).lines())
                .contains(
                        "herald_bfd_session_up{peer=\"192.0.2.1\",path=\"%eth0\"} 1",
                        "herald_bfd_packets_received_total{peer=\"192.0.2.1\",path=\"%eth0\"} 10",
                        "herald_bfd_discards_total{reason=\"TTL\"} 7",
                        "metallb_bfd_session_up{peer=\"192.0.2.1\"} 1",
                        "metallb_bfd_control_packet_output{peer=\"192.0.2.1\"} 11",
                        "metallb_bfd_session_down_events{peer=\"192.0.2.1\"} 1");
    }

    @Test
    void echoesAreCountedAsMetalLbNamesThem() {
        SessionView plain = session(BfdState.UP, 1);
        SessionView echoing = new SessionView(
                plain.key(),
                plain.clients(),
                plain.state(),
                plain.remoteState(),
                plain.since(),
                plain.localDiscriminator(),
                plain.remoteDiscriminator(),
                plain.timing(),
                plain.packets(),
                plain.transitions(),
                Optional.of(new Echo(true, 50_000, 21, 20, new Gaps(1, 2, 3))));
        assertThat(BfdMetrics.of(snapshot(plain, echoing)).lines())
                .contains(
                        "metallb_bfd_echo_packet_input{peer=\"192.0.2.1\"} 20",
                        "metallb_bfd_echo_packet_output{peer=\"192.0.2.1\"} 21");
    }

    @Test
    void severalSessionsWithOnePeerAreUpWhenAllAre() {
        assertThat(BfdMetrics.of(snapshot(session(BfdState.UP, 1), session(BfdState.DOWN, 1)))
                        .lines())
                .contains(
                        "metallb_bfd_session_up{peer=\"192.0.2.1\"} 0",
                        "metallb_bfd_control_packet_input{peer=\"192.0.2.1\"} 20")
                .filteredOn(line -> line.startsWith("metallb_bfd_session_up{"))
                .hasSize(1);
    }

    @Test
    void latenessIsACumulativeHistogramInSeconds() {
        assertThat(BfdMetrics.of(snapshot()).lines())
                .contains(
                        "# TYPE herald_bfd_timer_lag_seconds histogram",
                        "herald_bfd_timer_lag_seconds_bucket{le=\"6.4E-5\"} 1",
                        "herald_bfd_timer_lag_seconds_bucket{le=\"1.28E-4\"} 4",
                        "herald_bfd_timer_lag_seconds_bucket{le=\"2.097152\"} 5",
                        "herald_bfd_timer_lag_seconds_bucket{le=\"+Inf\"} 5",
                        "herald_bfd_timer_lag_seconds_sum 1.0",
                        "herald_bfd_timer_lag_seconds_count 5");
    }
}
