package org.heraldlb.observability.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.api.system.SystemSnapshot.SourceStatus;
import org.heraldlb.observability.metrics.Exposition.Type;
import org.heraldlb.view.Readiness;

/** Herald's own metrics, then those whose names and meaning are MetalLB's. */
public final class SnapshotMetrics {

    /** Content type of {@link #of}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Exposition out = new Exposition();
    private final SystemSnapshot snapshot;

    private SnapshotMetrics(SystemSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Everything that a running core knows. */
    public static String of(SystemSnapshot snapshot) {
        SnapshotMetrics metrics = new SnapshotMetrics(snapshot);
        metrics.node();
        metrics.sources();
        metrics.announcers();
        new MetalLbMetrics(metrics.out, snapshot).write();
        return metrics.out.text();
    }

    /** What is known without core. */
    public static String withoutCore() {
        return new Exposition()
                .family("herald_ready", Type.GAUGE, "1 when nothing is waited for")
                .sample("herald_ready", 0)
                .text();
    }

    private void node() {
        boolean ready = Readiness.of(snapshot).ready();
        gauge("herald_ready", "1 when nothing is waited for", ready ? 1 : 0);
        gauge("herald_generation", "Generation of the newest snapshot", snapshot.generation());
        gauge(
                "herald_pools",
                "Address pools",
                snapshot.intent().addressing().pools().size());
        gauge(
                "herald_services",
                "Services that have an address",
                snapshot.allocation().allocations().size());
        gauge(
                "herald_services_failed",
                "Services that have no address, or a doubtful one",
                snapshot.allocation().failures().size());
        cluster(snapshot.cluster());
        out.family("herald_problems", Type.GAUGE, "Problems by severity");
        for (Problem.Severity severity : Problem.Severity.values()) {
            out.sample("herald_problems", count(severity), "severity", lower(severity));
        }
    }

    private long count(Problem.Severity severity) {
        return snapshot.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .count();
    }

    private void cluster(SystemSnapshot.Cluster cluster) {
        cluster.members().ifPresent(members -> {
            gauge("herald_members", "Nodes that are alive", members.members().size());
            gauge(
                    "herald_members_lost",
                    "Nodes that were members and are lost",
                    members.suspects().size());
            gauge(
                    "herald_quorum",
                    "1 when the majority agrees",
                    members.agreement().held() ? 1 : 0);
        });
        gauge(
                "herald_drain_phase",
                "0 takes part, 1 hands over, 2 has withdrawn its routes, 3 drained",
                cluster.maintenance().drain().phase().ordinal());
        gauge(
                "herald_withdrawn_addresses",
                "Addresses that an operator withdrew on this node",
                cluster.maintenance().withdrawn().size());
    }

    private void gauge(String name, String help, long value) {
        out.family(name, Type.GAUGE, help).sample(name, value);
    }

    private void sources() {
        sources("herald_source_synced", "1 when the source has read everything once", each -> each.synced() ? 1 : 0);
        sources("herald_source_objects", "Good objects of the source", SourceStatus::objects);
        sources("herald_source_refused", "Refused objects of the source", SourceStatus::problems);
    }

    private void sources(String name, String help, ToLongFunction<SourceStatus> value) {
        out.family(name, Type.GAUGE, help);
        snapshot.progress()
                .sources()
                .forEach(source -> out.sample(name, value.applyAsLong(source), "source", source.source()));
    }

    private void announcers() {
        announcers("herald_announcer_ready", "1 when the announcer can act", each -> each.ready() ? 1 : 0);
        announcers(
                "herald_announcer_generation",
                "Generation of the newest plan acted upon",
                AnnouncerStatus::observedGeneration);
        out.family("herald_announcements", Type.GAUGE, "Announcements by state");
        snapshot.progress().announcers().forEach(this::states);
        counters(snapshot.progress().announcers());
    }

    private void announcers(String name, String help, ToLongFunction<AnnouncerStatus> value) {
        out.family(name, Type.GAUGE, help);
        snapshot.progress()
                .announcers()
                .forEach(each -> out.sample(name, value.applyAsLong(each), "announcer", each.announcer()));
    }

    private void states(AnnouncerStatus status) {
        for (var state : org.heraldlb.api.AnnouncementStatus.State.values()) {
            long count = status.announcements().stream()
                    .filter(deed -> deed.state() == state)
                    .count();
            out.sample("herald_announcements", count, "announcer", status.announcer(), "state", lower(state));
        }
    }

    /** The announcers' own counters: {@code herald_NAME}, by announcer and whatever labels the counter has. */
    private void counters(List<AnnouncerStatus> announcers) {
        SortedMap<String, List<Sample>> families = new TreeMap<>();
        for (Sample sample : Sample.of(announcers)) {
            families.computeIfAbsent(sample.name(), fresh -> new ArrayList<>()).add(sample);
        }
        families.forEach(this::counter);
    }

    private void counter(String counter, List<Sample> samples) {
        String name = "herald_" + counter;
        out.family(name, Type.COUNTER, "Counter " + counter + " of the announcer");
        samples.forEach(each -> out.sample(name, each.value(), "announcer", each.announcer(), each.labels()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
