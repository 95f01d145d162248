package org.heraldlb.bgp.speaker;

import java.util.List;
import java.util.Map;
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

    private record Draft(AnnouncerStatus status, List<AnnouncementStates.PeerTables> tables) {}

    StatusDesk(String announcer, Ticker ticker) {
        cell = new SnapshotCell<>(AnnouncerStatus.initial(announcer));
        loop = ThreadEventLoop.start("herald-bgp-status", ticker);
        drafts = new LatestWins<>(loop, this::complete);
    }

    SnapshotSource<AnnouncerStatus> status() {
        return cell;
    }

    void publish(
            long generation,
            List<SessionStatus> sessions,
            List<AnnouncementStates.PeerTables> tables,
            List<Problem> problems,
            Map<String, Long> counters) {
        AnnouncerStatus status = new AnnouncerStatus(
                cell.current().announcer(), generation, true, List.of(), sessions, problems, counters);
        drafts.offer(new Draft(status, List.copyOf(tables)));
    }

    private void complete(Draft draft) {
        if (!same(draft.tables, lastTables)) {
            lastAnnouncements = List.copyOf(AnnouncementStates.of(draft.tables));
            lastTables = draft.tables;
        }
        AnnouncerStatus status = draft.status;
        cell.set(new AnnouncerStatus(
                status.announcer(),
                status.observedGeneration(),
                status.ready(),
                lastAnnouncements,
                status.sessions(),
                status.problems(),
                status.counters()));
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
                    && java.util.Objects.equals(a.policy(), b.policy());
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
