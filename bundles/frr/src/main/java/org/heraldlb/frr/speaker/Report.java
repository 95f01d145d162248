package org.heraldlb.frr.speaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.frr.render.Target;
import org.heraldlb.frr.state.Announcements;

/** Makes the status of what is known. The loop's. */
final class Report {

    private static final long EDITED_SHOWN_NANOS = Duration.ofMinutes(5).toNanos();

    private final FrrHost host;
    private List<AnnouncementStatus> announcements = List.of();
    private List<Object> announcedFor = List.of();

    Report(FrrHost host) {
        this.host = host;
    }

    /**
     * @param observed generation of the plan that was last carried out, -1 for none
     * @param trouble why FRR cannot be told anything; empty: it can
     * @param hasBfdd bfdd runs; also true while nobody knows
     */
    AnnouncerStatus of(
            BgpPlan plan,
            long observed,
            Teller teller,
            Sessions sessions,
            String trouble,
            boolean hasBfdd,
            long nowNanos) {
        Map<String, Long> counters = new TreeMap<>(sessions.counters());
        counters.put("frr_repairs_total", teller.verdict().repairs());
        List<Problem> problems = new ArrayList<>(teller.target().problems());
        if (trouble.isEmpty()) {
            problems.addAll(ofHost(plan, hasBfdd));
            teller.verdict().problem(nowNanos, EDITED_SHOWN_NANOS).ifPresent(problems::add);
        } else {
            problems.add(Problem.error("frrUnreachable", subject(), trouble)
                    .withFix("start FRR, let Herald read and write its sockets, or choose another backend:"
                            + " herald:bgp-backend native"));
        }
        return new AnnouncerStatus(
                FrrAnnouncer.NAME,
                observed,
                trouble.isEmpty(),
                announcements(plan, teller.target(), sessions),
                sessions.statuses(plan),
                problems,
                counters);
    }

    private String subject() {
        return "FRR (" + host.describe() + ")";
    }

    private List<Problem> ofHost(BgpPlan plan, boolean hasBfdd) {
        List<Problem> problems = new ArrayList<>();
        if (!hasBfdd && plan.peers().stream().anyMatch(peer -> peer.bfd().isPresent())) {
            problems.add(Problem.error("frrNoBfdd", subject(), "bfdd does not run, so BFD does not")
                    .withFix("set bfdd=yes in /etc/frr/daemons and restart FRR"));
        }
        for (PeerPlan peer : plan.peers()) {
            if (!host.listens() && peer.peer().options().extensions().passive()) {
                problems.add(Problem.error(
                                "frrUnsupported",
                                peer.peer().ref().toString(),
                                "passive: the FRR that Herald runs does not listen")
                        .withFix("set mode=attached in org.heraldlb.frr.cfg, or announce by the native backend"));
            }
        }
        return problems;
    }

    /** Ten thousand of them are made anew only where something about them is. */
    private List<AnnouncementStatus> announcements(BgpPlan plan, Target target, Sessions sessions) {
        List<Object> basis = List.of(
                System.identityHashCode(plan),
                sessions.states().values().stream()
                        .map(state -> List.of(state.state(), state.told()))
                        .toList());
        if (!basis.equals(announcedFor)) {
            announcements = Announcements.of(plan, target.neighbors(), sessions.states());
            announcedFor = basis;
        }
        return announcements;
    }
}
