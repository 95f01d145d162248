package org.heraldlb.l2.speaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.l2.selection.Selection;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.SnapshotCell;

/** What became of the plan, told to whoever wants to know. The loop writes it. */
final class Publication {

    private static final String COUNT = "count";
    private static final long COUNT_NANOS = Duration.ofSeconds(5).toNanos();

    private final EventLoop loop;
    private final Counters counters;
    private final Ports ports;
    private final Watchdog watchdog;
    private final Observatory observatory;
    private final Predicate<Mode> permits;
    private final SnapshotCell<AnnouncerStatus> cell = new SnapshotCell<>(AnnouncerStatus.initial(L2Engine.NAME));
    private long activity;

    Publication(
            EventLoop loop,
            Counters counters,
            Ports ports,
            Watchdog watchdog,
            Observatory observatory,
            Predicate<Mode> permits) {
        this.loop = loop;
        this.counters = counters;
        this.ports = ports;
        this.watchdog = watchdog;
        this.observatory = observatory;
        this.permits = permits;
    }

    SnapshotCell<AnnouncerStatus> cell() {
        return cell;
    }

    /** {@code idle} is true when nothing is to be open. */
    void publish(L2Plan plan, Selection selection, boolean idle) {
        Collection<Station> stations = ports.stations().values();
        Report report = new Report(selection, ports.stations(), ports.refused(), permits);
        List<AnnouncementStatus> announcements = new ArrayList<>();
        plan.announcements().forEach(announcement -> announcements.add(report.of(announcement)));
        observatory.look(stations, watchdog.entries());
        activity = counters.activity(stations);
        cell.set(new AnnouncerStatus(
                L2Engine.NAME,
                plan.generation(),
                idle || !stations.isEmpty() || ports.refused().isEmpty(),
                announcements,
                List.of(),
                Troubles.of(ports, watchdog.entries()),
                counters.metrics(stations)));
        loop.schedule(COUNT, loop.ticker().nanos() + COUNT_NANOS, this::count);
    }

    /** Brings the counters of the status up to date, which frames alone do not. */
    private void count() {
        AnnouncerStatus now = cell.current();
        Collection<Station> stations = ports.stations().values();
        long newest = counters.activity(stations);
        if (newest != activity) {
            activity = newest;
            cell.set(new AnnouncerStatus(
                    L2Engine.NAME,
                    now.observedGeneration(),
                    now.ready(),
                    now.announcements(),
                    now.sessions(),
                    now.problems(),
                    counters.metrics(stations)));
        }
        loop.schedule(COUNT, loop.ticker().nanos() + COUNT_NANOS, this::count);
    }
}
