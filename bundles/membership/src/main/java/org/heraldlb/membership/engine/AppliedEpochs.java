package org.heraldlb.membership.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * Which agreement everything on this node acts by: a plan that was made from it was acted upon by every announcer of
 * layer 2. Before that the old owner might still answer while a new one is told to begin.
 */
final class AppliedEpochs {

    static final String LAYER2 = "l2";

    private final Deque<Planned> waiting = new ArrayDeque<>();
    private long newest;

    private record Planned(long generation, long epoch) {}

    /** The newest epoch that is wholly acted upon, if this snapshot is news about that. */
    OptionalLong observe(SystemSnapshot snapshot) {
        long epoch = snapshot.cluster()
                .members()
                .map(MemberSnapshot::agreement)
                .map(MemberSnapshot.Agreement::epoch)
                .orElse(0L);
        if (epoch > newest) {
            newest = epoch;
            waiting.add(new Planned(snapshot.generation(), epoch));
        }
        long observed = snapshot.progress().announcers().stream()
                .filter(status -> status.announcer().equals(LAYER2))
                .mapToLong(AnnouncerStatus::observedGeneration)
                .min()
                .orElse(Long.MAX_VALUE);
        OptionalLong applied = OptionalLong.empty();
        while (!waiting.isEmpty() && waiting.peek().generation <= observed) {
            applied = OptionalLong.of(waiting.remove().epoch);
        }
        return applied;
    }
}
