package org.heraldlb.k8ssource.report;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * {@link Reports} of one snapshot after another: snapshots come with every step of every announcer, and most of them change no
 * report. One thread.
 */
final class ReportBook {

    /** What is reported of a session; the rest of it changes all the time. */
    private record Session(String peer, String remote, boolean up, Optional<String> bfd) {
        static Session of(SessionStatus status) {
            return new Session(
                    status.peer(), status.remote(), status.state() == SessionStatus.State.ESTABLISHED, status.bfd());
        }
    }

    /** What reports and notices are made of. Most snapshots share these with the one before, so that comparing is cheap. */
    private record Parts(
            boolean lead,
            boolean shadow,
            Intent.Addressing addressing,
            Intent.Advertising advertising,
            List<PeerPlan> peers,
            List<L2Announcement> layer2,
            List<List<AnnouncementStatus>> announced,
            List<Session> sessions,
            List<Problem> problems,
            List<Problem> own) {

        static Parts of(SystemSnapshot snapshot, boolean lead, List<Problem> own) {
            List<AnnouncerStatus> announcers = snapshot.progress().announcers();
            return new Parts(
                    lead,
                    snapshot.cluster().shadow(),
                    snapshot.intent().addressing(),
                    snapshot.intent().advertising(),
                    snapshot.plans().bgp().peers(),
                    snapshot.plans().l2().announcements(),
                    announcers.stream().map(AnnouncerStatus::announcements).toList(),
                    announcers.stream()
                            .flatMap(announcer -> announcer.sessions().stream())
                            .map(Session::of)
                            .toList(),
                    snapshot.problems(),
                    own);
        }
    }

    /** Equal to itself alone: comparing what is inside would cost more than looking. */
    private record Same(Object what) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Same same && same.what == what;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(what);
        }
    }

    /** All that reports follow from; the intent only where this node is a shadow. */
    private record Sight(String node, Same allocation, Same intent, Parts parts) {}

    private final String source;
    private final Supplier<? extends Collection<ConfigObject>> offered;
    private final Map<String, String> digests = new HashMap<>();
    private Sight seen;
    private Sight taken;
    private SortedMap<String, Report> reports = new TreeMap<>();

    /**
     * @param source id of the Kubernetes source
     * @param offered what it has, for {@link OwnProblems}
     */
    ReportBook(String source, Supplier<? extends Collection<ConfigObject>> offered) {
        this.source = source;
        this.offered = offered;
    }

    /** True when the snapshot may say something else than the last one that was {@link #take taken}. */
    boolean isNews(SystemSnapshot snapshot, boolean lead) {
        return !sight(snapshot, lead).equals(taken);
    }

    /** True when the snapshot may say something else than the one that was seen before it. */
    boolean sees(SystemSnapshot snapshot, boolean lead) {
        Sight before = seen;
        seen = sight(snapshot, lead);
        return !seen.equals(before);
    }

    private Sight sight(SystemSnapshot snapshot, boolean lead) {
        return new Sight(
                snapshot.node(),
                new Same(snapshot.allocation()),
                new Same(snapshot.cluster().shadow() ? snapshot.intent() : null),
                Parts.of(snapshot, lead, OwnProblems.of(snapshot, offered)));
    }

    /** As {@link Reports#of}. */
    SortedMap<String, Report> take(SystemSnapshot snapshot, boolean lead) {
        Sight next = sight(snapshot, lead);
        if (!next.equals(taken)) {
            taken = next;
            // Beyond that, most are of services that are gone.
            if (digests.size() > 2 * snapshot.intent().services().size()) {
                digests.clear();
            }
            SortedMap<String, Report> before = reports;
            reports = Reports.of(
                    snapshot, source, lead, next.parts().own(), text -> digests.computeIfAbsent(text, Reports::digest));
            // Who holds a report that has not changed holds this one.
            reports.replaceAll((name, fresh) -> fresh.equals(before.get(name)) ? before.get(name) : fresh);
        }
        return reports;
    }
}
