package org.heraldlb.bfd.sessions;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.bfd.BfdSnapshot.AgreedTiming;
import org.heraldlb.api.bfd.BfdSnapshot.Echo;
import org.heraldlb.api.bfd.BfdSnapshot.Gaps;
import org.heraldlb.api.bfd.BfdSnapshot.PacketStatistics;
import org.heraldlb.api.bfd.BfdSnapshot.SessionView;
import org.heraldlb.api.bfd.BfdSnapshot.TimerLag;
import org.heraldlb.bfd.fsm.EchoFunction;
import org.heraldlb.bfd.fsm.Histogram;
import org.heraldlb.bfd.packet.Discard;

/** Makes of what the engine has what others may see. */
final class SnapshotTaker {

    private static final Comparator<SessionView> ORDER = Comparator.comparing(
                    (SessionView view) -> view.key().peer())
            .thenComparing(view -> view.key().toString());

    private SnapshotTaker() {}

    static BfdSnapshot take(Crew crew, Map<Discard, Long> discards, List<Problem> problems) {
        Map<String, Long> reasons = new LinkedHashMap<>();
        discards.forEach((reason, count) -> reasons.put(reason.name(), count));
        List<SessionView> sessions = crew.table().all().stream()
                .filter(session -> !session.leaving())
                .map(SnapshotTaker::view)
                .sorted(ORDER)
                .toList();
        return new BfdSnapshot(sessions, reasons, lag(crew.agenda().lag()), problems);
    }

    private static TimerLag lag(Histogram lag) {
        return new TimerLag(lag.count(), lag.sum(), lag.percentile(99), lag.max(), lag.buckets());
    }

    private static SessionView view(LiveSession session) {
        return new SessionView(
                session.key,
                session.clients.keySet().stream()
                        .map(BfdSessionRequest::client)
                        .sorted()
                        .toList(),
                session.state(),
                session.machine.remoteState().name(),
                session.since(),
                session.machine.localDiscriminator(),
                session.machine.remoteDiscriminator(),
                timing(session),
                packets(session),
                session.transitions(),
                session.wantsEcho() ? Optional.of(echo(session)) : Optional.empty());
    }

    private static Echo echo(LiveSession session) {
        EchoFunction echo = session.machine.echo();
        return new Echo(echo.active(), echo.intervalMicros(), echo.sent(), echo.returned(), gaps(session.roundTrips));
    }

    private static Gaps gaps(Histogram times) {
        return new Gaps(times.percentile(50), times.percentile(99), times.max());
    }

    private static AgreedTiming timing(LiveSession session) {
        return new AgreedTiming(
                session.machine.agreed().transmitIntervalNanos() / 1000,
                session.machine.agreed().receiveIntervalMicros(),
                session.machine.agreed().detectionTimeNanos() / 1000,
                session.machine.agreed().localSide(),
                session.machine.agreed().remoteSide());
    }

    private static PacketStatistics packets(LiveSession session) {
        return new PacketStatistics(
                session.received, session.sent, session.unsent, session.ups, session.downs, gaps(session.gaps));
    }
}
