package org.heraldlb.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdSnapshot.AgreedTiming;
import org.heraldlb.api.bfd.BfdSnapshot.Gaps;
import org.heraldlb.api.bfd.BfdSnapshot.PacketStatistics;
import org.heraldlb.api.bfd.BfdSnapshot.SessionView;
import org.heraldlb.api.bfd.BfdSnapshot.Side;
import org.heraldlb.api.bfd.BfdSnapshot.TimerLag;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.net.IpAddress;
import org.junit.jupiter.api.Test;

class BfdMetricsTest {

    private static final IpAddress PEER = IpAddress.parse("192.0.2.1");

    private static SessionView session(BfdState state, long longestGap) {
        return new SessionView(
                new BfdSessionKey(PEER, Optional.empty(), Optional.of("eth0"), false),
                List.of("bgp:tor1"),
                new BfdSessionState(state, 1, false),
                "UP",
                Instant.EPOCH,
                0x1234,
                0xabcd,
                new AgreedTiming(100_000, 50_000, 150_000, new Side(100_000, 50_000, 3), new Side(40_000, 90_000, 3)),
                new PacketStatistics(10, 11, 0, 2, 1, new Gaps(40_000, 50_000, longestGap)),
                List.of("then DOWN -> UP: no diagnostic"));
    }

    private static BfdSnapshot snapshot(SessionView... sessions) {
        TimerLag lag = new TimerLag(
                5,
                1_000_000,
                128,
                900_000,
                List.of(0L, 1L, 0L, 0L, 0L, 0L, 0L, 3L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L));
        return new BfdSnapshot(List.of(sessions), Map.of("TTL", 7L), lag, List.of());
    }

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
