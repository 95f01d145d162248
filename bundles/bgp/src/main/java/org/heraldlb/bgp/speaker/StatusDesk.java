package org.heraldlb.bgp.speaker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.runtime.LatestWins;
import org.heraldlb.runtime.SnapshotCell;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;

/** Puts statuses together away from the loop of the sockets, which must not wait for a million entries. */
final class StatusDesk implements AutoCloseable {

    private final SnapshotCell<AnnouncerStatus> cell;
    private final ThreadEventLoop loop;
    private final LatestWins<Draft> drafts;
    private List<AnnouncementStates.PeerTables> lastTables = List.of();
    private List<AnnouncementStatus> lastAnnouncements = List.of();
    private volatile long tookNanos;

    /**
     * What the loop of the sockets knows at one moment.
     *
     * @param refused connections of strangers
     * @param encoded batches that were made
     */
    record Draft(
            long generation,
            List<SessionStatus> sessions,
            List<AnnouncementStates.PeerTables> tables,
            List<Problem> problems,
            List<SessionCounters.Values> counts,
            long refused,
            long encoded) {}

    StatusDesk(String announcer, Ticker ticker) {
        cell = new SnapshotCell<>(AnnouncerStatus.initial(announcer));
        loop = ThreadEventLoop.start("herald-bgp-status", ticker);
        drafts = new LatestWins<>(loop, this::complete);
    }

    SnapshotSource<AnnouncerStatus> status() {
        return cell;
    }

    /** @param draft its lists change no more */
    void publish(Draft draft) {
        drafts.offer(draft);
    }

    /** How long the last status took. Any thread. */
    long tookNanos() {
        return tookNanos;
    }

    private void complete(Draft draft) {
        long begun = loop.ticker().nanos();
        if (!same(draft.tables, lastTables)) {
            lastAnnouncements = AnnouncementStates.of(draft.tables);
            lastTables = draft.tables;
        }
        cell.set(new AnnouncerStatus(
                cell.current().announcer(),
                draft.generation,
                true,
                lastAnnouncements,
                draft.sessions,
                draft.problems,
                counters(draft)));
        tookNanos = loop.ticker().nanos() - begun;
    }

    private static Map<String, Long> counters(Draft draft) {
        Map<String, Long> totals = new HashMap<>();
        totals.put("bgp_refused_connections_total", draft.refused);
        totals.put("bgp_encodings_total", draft.encoded);
        draft.counts.forEach(values -> values.addTo(totals));
        return totals;
    }

    /** Tables by identity: comparing a million routes is what this is meant to avoid. */
    private static boolean same(List<AnnouncementStates.PeerTables> one, List<AnnouncementStates.PeerTables> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            AnnouncementStates.PeerTables a = one.get(i);
            AnnouncementStates.PeerTables b = other.get(i);
            boolean equal = a.peer().equals(b.peer())
                    && a.wanted() == b.wanted()
                    && a.told() == b.told()
                    && Objects.equals(a.policy(), b.policy());
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        loop.close();
    }
}
