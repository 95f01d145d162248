package org.heraldlb.api;

import java.util.List;
import java.util.Map;
import org.heraldlb.api.bgp.SessionStatus;

/**
 * The whole state of one announcer.
 *
 * @param announcer its {@link Announcer#NAME}
 * @param observedGeneration generation of the newest plan that was acted upon, -1 before the first
 * @param ready true when it can act at all (its sockets are open, its daemon answers); says nothing about peers
 * @param announcements one entry for each thing in the plan, in the plan's order; copied unless {@link Unchanging}
 * @param sessions protocol sessions, empty for announcers without any
 * @param problems what is wrong, and what to do about it
 * @param counters monotonic counters by metric name, without the {@code herald_} prefix
 */
public record AnnouncerStatus(
        String announcer,
        long observedGeneration,
        boolean ready,
        List<AnnouncementStatus> announcements,
        List<SessionStatus> sessions,
        List<Problem> problems,
        Map<String, Long> counters) {

    public AnnouncerStatus {
        announcements = announcements instanceof Unchanging ? announcements : List.copyOf(announcements);
        sessions = List.copyOf(sessions);
        problems = List.copyOf(problems);
        counters = Map.copyOf(counters);
    }

    /** The status before any plan. */
    public static AnnouncerStatus initial(String announcer) {
        return new AnnouncerStatus(announcer, -1, false, List.of(), List.of(), List.of(), Map.of());
    }
}
