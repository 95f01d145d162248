package org.heraldlb.view;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.api.system.SystemSnapshot.SourceStatus;

/**
 * Whether this node does what it is told: every source has said everything once, and every announcer has acted on the
 * newest plan. A refused document does not make a node unready, because its last good state keeps running.
 *
 * @param waiting what is missing, one line each; empty means ready
 */
public record Readiness(List<String> waiting) {

    public Readiness {
        waiting = List.copyOf(waiting);
    }

    /** Before there is any snapshot. */
    public static Readiness withoutCore() {
        return new Readiness(List.of("core: not running, see the components that wait"));
    }

    public static Readiness of(SystemSnapshot snapshot) {
        List<String> waiting = new ArrayList<>();
        if (snapshot.progress().sources().isEmpty()) {
            waiting.add("sources: there is none; install herald-file-source or another one");
        }
        snapshot.progress().sources().stream()
                .filter(source -> !source.synced())
                .map(Readiness::unsynced)
                .forEach(waiting::add);
        snapshot.progress().announcers().forEach(status -> check(status, snapshot.generation(), waiting));
        waiting.addAll(missing(snapshot));
        return new Readiness(waiting);
    }

    public boolean ready() {
        return waiting.isEmpty();
    }

    private static String unsynced(SourceStatus source) {
        return "source " + source.source() + ": has not read everything yet";
    }

    private static void check(AnnouncerStatus status, long generation, List<String> waiting) {
        if (!status.ready()) {
            waiting.add("announcer " + status.announcer() + ": cannot act yet" + why(status));
        } else if (status.observedGeneration() < generation) {
            waiting.add("announcer " + status.announcer() + ": acted on generation " + status.observedGeneration()
                    + ", the newest is " + generation);
        }
    }

    private static String why(AnnouncerStatus status) {
        return status.problems().isEmpty()
                ? ""
                : ": " + status.problems().get(0).text();
    }

    /** A plan that nobody carries out. */
    private static List<String> missing(SystemSnapshot snapshot) {
        List<AnnouncerStatus> announcers = snapshot.progress().announcers();
        List<String> missing = new ArrayList<>();
        if (!snapshot.plans().l2().announcements().isEmpty()
                && announcers.stream().noneMatch(Deeds::isLayer2)) {
            missing.add("announcer l2: not running, but there are addresses to announce on the link");
        }
        if (!snapshot.plans().bgp().peers().isEmpty() && announcers.stream().noneMatch(Deeds::isBgp)) {
            missing.add("announcer bgp: not running, but there are peers");
        }
        return missing;
    }
}
