package org.heraldlb.observability.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdSnapshot.Echo;
import org.heraldlb.api.bfd.BfdSnapshot.SessionView;
import org.heraldlb.api.bfd.BfdSnapshot.TimerLag;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.observability.metrics.Exposition.Type;
import org.heraldlb.view.BfdRow;

/** BFD sessions, as Herald and as MetalLB name what they count. */
public final class BfdMetrics {

    private static final String LAG = "herald_bfd_timer_lag_seconds";
    /** Powers of two of microseconds: 64 microseconds to 2 seconds. */
    private static final int FIRST_BOUND = 6;

    private static final int LAST_BOUND = 21;
    private static final double MICROS = 1e6;

    private final Exposition out = new Exposition();
    private final BfdSnapshot snapshot;

    private BfdMetrics(BfdSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Everything that BFD counts, as text of the format that {@link SnapshotMetrics} writes. */
    public static String of(BfdSnapshot snapshot) {
        BfdMetrics metrics = new BfdMetrics(snapshot);
        metrics.own();
        metrics.discards();
        metrics.lag();
        metrics.likeMetalLb();
        return metrics.out.text();
    }

    private void own() {
        session("herald_bfd_session_up", Type.GAUGE, "1 when the session is Up", BfdMetrics::up);
        session("herald_bfd_packets_received_total", Type.COUNTER, "Packets taken", BfdMetrics::received);
        session("herald_bfd_packets_sent_total", Type.COUNTER, "Packets handed to the kernel", BfdMetrics::sent);
        session(
                "herald_bfd_packets_unsent_total",
                Type.COUNTER,
                "Packets that the kernel refused",
                each -> each.packets().unsent());
        session("herald_bfd_session_ups_total", Type.COUNTER, "Times that the session came up", BfdMetrics::ups);
        session("herald_bfd_session_downs_total", Type.COUNTER, "Times that it went down", BfdMetrics::downs);
        session(
                "herald_bfd_detection_microseconds",
                Type.GAUGE,
                "Silence after which the peer is gone",
                each -> each.timing().detectionMicros());
    }

    private void session(String name, Type type, String help, ToLongFunction<SessionView> value) {
        out.family(name, type, help);
        for (SessionView each : snapshot.sessions()) {
            String peer = each.key().peer().toString();
            out.sample(name, value.applyAsLong(each), "peer", peer, "path", BfdRow.path(each.key()));
        }
    }

    private void discards() {
        String name = "herald_bfd_discards_total";
        out.family(name, Type.COUNTER, "Received packets that were thrown away, by reason");
        new TreeMap<>(snapshot.discards()).forEach((reason, count) -> out.sample(name, count, "reason", reason));
    }

    private void lag() {
        TimerLag lag = snapshot.lag();
        out.family(LAG, Type.HISTOGRAM, "How late timers of BFD fired");
        long seen = 0;
        for (int i = 0; i < Math.max(lag.buckets().size(), LAST_BOUND + 1); i++) {
            seen += i < lag.buckets().size() ? lag.buckets().get(i) : 0;
            if (i >= FIRST_BOUND && i <= LAST_BOUND) {
                out.sample(LAG + "_bucket", seen, "le", String.valueOf((1L << i) / MICROS));
            }
        }
        out.sample(LAG + "_bucket", lag.count(), "le", "+Inf");
        out.decimal(LAG + "_sum", lag.sumMicros() / MICROS).sample(LAG + "_count", lag.count());
    }

    /** MetalLB knows one session for a peer: several are counted together, and are up when all are. */
    private void likeMetalLb() {
        Map<String, List<SessionView>> peers = new TreeMap<>();
        snapshot.sessions()
                .forEach(each -> peers.merge(each.key().peer().toString(), List.of(each), (a, b) -> Stream.of(a, b)
                        .flatMap(List::stream)
                        .toList()));
        String up = "metallb_bfd_session_up";
        out.family(up, Type.GAUGE, "BFD session state, 1 is up");
        peers.forEach((peer, each) ->
                out.sample(up, each.stream().mapToLong(BfdMetrics::up).min().orElse(0), "peer", peer));
        sum(peers, "control_packet_input", "BFD control packets received", BfdMetrics::received);
        sum(peers, "control_packet_output", "BFD control packets sent", BfdMetrics::sent);
        sum(peers, "echo_packet_input", "BFD echo packets received", BfdMetrics::echoesReturned);
        sum(peers, "echo_packet_output", "BFD echo packets sent", BfdMetrics::echoesSent);
        sum(peers, "session_up_events", "BFD session up events", BfdMetrics::ups);
        sum(peers, "session_down_events", "BFD session down events", BfdMetrics::downs);
    }

    private void sum(
            Map<String, List<SessionView>> peers, String event, String help, ToLongFunction<SessionView> value) {
        String name = "metallb_bfd_" + event;
        out.family(name, Type.COUNTER, help);
        peers.forEach(
                (peer, each) -> out.sample(name, each.stream().mapToLong(value).sum(), "peer", peer));
    }

    private static long up(SessionView session) {
        return session.state().state() == BfdState.UP ? 1 : 0;
    }

    private static long received(SessionView session) {
        return session.packets().received();
    }

    private static long sent(SessionView session) {
        return session.packets().sent();
    }

    private static long echoesReturned(SessionView session) {
        return session.echo().map(Echo::returned).orElse(0L);
    }

    private static long echoesSent(SessionView session) {
        return session.echo().map(Echo::sent).orElse(0L);
    }

    private static long ups(SessionView session) {
        return session.packets().ups();
    }

    private static long downs(SessionView session) {
        return session.packets().downs();
    }
}
