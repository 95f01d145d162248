package org.heraldlb.shadow;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.Announcer;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Plan;
import org.heraldlb.api.SnapshotSource;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.LatestWins;
import org.heraldlb.runtime.SnapshotCell;

/**
 * Takes plans and reports them as not announced.
 *
 * @param <P> kind of plan
 */
final class Shadow<P extends Plan> implements Announcer<P>, AutoCloseable {

    /** Value of the service property {@code announcer.name}. */
    static final String NAME = "shadow";

    private static final String DETAIL = "computed, and not announced: this is the shadow announcer";

    private final EventLoop loop;
    private final Function<P, List<IpPrefix>> contents;
    private final LatestWins<P> plans;
    private final SnapshotCell<AnnouncerStatus> status = new SnapshotCell<>(AnnouncerStatus.initial(NAME));

    /**
     * @param loop closed with the announcer
     * @param contents what a plan would announce, ascending, each once
     */
    Shadow(EventLoop loop, Function<P, List<IpPrefix>> contents) {
        this.loop = loop;
        this.contents = contents;
        plans = new LatestWins<>(loop, this::take);
    }

    private void take(P plan) {
        List<AnnouncementStatus> announcements = contents.apply(plan).stream()
                .map(prefix -> new AnnouncementStatus(prefix, AnnouncementStatus.State.PENDING, List.of(), DETAIL))
                .toList();
        status.set(new AnnouncerStatus(NAME, plan.generation(), true, announcements, List.of(), List.of(), Map.of()));
    }

    @Override
    public void apply(P plan) {
        plans.offer(plan);
    }

    @Override
    public SnapshotSource<AnnouncerStatus> status() {
        return status;
    }

    @Override
    public void close() {
        loop.close();
    }
}
