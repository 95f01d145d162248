package org.heraldlb.view;

import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.api.system.SystemSnapshot.SourceStatus;

/**
 * The whole node on one page.
 *
 * @param node its name, empty before core runs
 * @param generation of the snapshot, -1 before core runs
 * @param ready nothing is waited for
 * @param waiting what is waited for
 * @param counts how much there is
 * @param sources what each source said
 * @param announcers what each announcer did
 * @param maintenance what operators asked for, one line each
 * @param components DS components that wait, each with the reference that it misses
 * @param problems all of them
 * @param next the one thing to do next, empty when nothing is wrong
 */
public record Status(
        String node,
        long generation,
        boolean ready,
        List<String> waiting,
        Counts counts,
        List<SourceRow> sources,
        List<AnnouncerRow> announcers,
        List<String> maintenance,
        List<String> components,
        List<ProblemRow> problems,
        String next) {

    /**
     * @param services that Herald is responsible for
     * @param withAddress that have an address
     * @param pools of addresses
     * @param layer2 addresses that this node answers for
     * @param peers BGP peers of this node
     */
    public record Counts(long services, long withAddress, long pools, long layer2, long peers) {}

    /**
     * @param source id
     * @param synced has read everything once
     * @param objects good ones
     * @param refused bad ones
     */
    public record SourceRow(String source, boolean synced, long objects, long refused) {

        static final List<Column<SourceRow>> COLUMNS = List.of(
                Column.text("SOURCE", SourceRow::source),
                Column.text("SYNCED", row -> row.synced() ? "yes" : "no"),
                Column.number("OBJECTS", SourceRow::objects),
                Column.number("REFUSED", SourceRow::refused));

        private static SourceRow of(SourceStatus status) {
            return new SourceRow(status.source(), status.synced(), status.objects(), status.problems());
        }
    }

    /**
     * @param announcer name
     * @param ready can act
     * @param generation of the newest plan acted upon
     * @param announced things that are on the wire
     * @param planned things in its plan
     */
    public record AnnouncerRow(String announcer, boolean ready, long generation, long announced, long planned) {

        static final List<Column<AnnouncerRow>> COLUMNS = List.of(
                Column.text("ANNOUNCER", AnnouncerRow::announcer),
                Column.text("READY", row -> row.ready() ? "yes" : "no"),
                Column.number("GENERATION", AnnouncerRow::generation),
                Column.number("ANNOUNCED", AnnouncerRow::announced),
                Column.number("PLANNED", AnnouncerRow::planned));

        private static AnnouncerRow of(AnnouncerStatus status) {
            long announced =
                    status.announcements().stream().filter(Deeds::isDone).count();
            return new AnnouncerRow(
                    status.announcer(),
                    status.ready(),
                    status.observedGeneration(),
                    announced,
                    status.announcements().size());
        }
    }

    /** Of a running core. {@code components} are those that wait, whoever noticed. */
    public static Status of(SystemSnapshot snapshot, List<String> components) {
        Readiness readiness = Readiness.of(snapshot);
        List<ProblemRow> problems = ProblemRow.of(snapshot.problems());
        return new Status(
                snapshot.node(),
                snapshot.generation(),
                readiness.ready(),
                readiness.waiting(),
                counts(snapshot),
                snapshot.progress().sources().stream().map(SourceRow::of).toList(),
                snapshot.progress().announcers().stream().map(AnnouncerRow::of).toList(),
                MaintenancePage.of(snapshot).lines(),
                components,
                problems,
                next(readiness, problems, components, snapshot));
    }

    /** When core does not run. */
    public static Status withoutCore(List<String> components) {
        Readiness readiness = Readiness.withoutCore();
        return new Status(
                "",
                -1,
                false,
                readiness.waiting(),
                new Counts(0, 0, 0, 0, 0),
                List.of(),
                List.of(),
                List.of(),
                components,
                List.of(),
                components.isEmpty()
                        ? "start the core bundle: bundle:list, then bundle:start org.heraldlb.core"
                        : "see to it: " + components.get(0));
    }

    private static Counts counts(SystemSnapshot snapshot) {
        return new Counts(
                ServiceRow.names(snapshot).size(),
                snapshot.allocation().allocations().size(),
                snapshot.intent().addressing().pools().size(),
                snapshot.plans().l2().announcements().size(),
                snapshot.plans().bgp().peers().size());
    }

    private static String next(
            Readiness readiness, List<ProblemRow> problems, List<String> components, SystemSnapshot snapshot) {
        List<ProblemRow> errors = problems.stream()
                .filter(problem -> problem.severity().equals("error"))
                .toList();
        if (!errors.isEmpty()) {
            return toCorrect(errors.get(0));
        }
        if (!readiness.ready() && !components.isEmpty()) {
            return "see to it: " + components.get(0);
        }
        return firstSteps(snapshot);
    }

    private static String toCorrect(ProblemRow error) {
        String advice = error.fix().orElse(error.text());
        return error.document()
                .map(document -> "correct " + document + ": " + advice)
                .orElse(error.subject() + ": " + advice);
    }

    private static String firstSteps(SystemSnapshot snapshot) {
        if (snapshot.intent().addressing().pools().isEmpty()) {
            return "add an IPAddressPool, for example as a file in etc/herald.d/";
        }
        List<String> unserved = new ArrayList<>();
        snapshot.allocation().failures().keySet().forEach(name -> unserved.add(name.toString()));
        return unserved.isEmpty() ? "" : "see vip:explain " + unserved.get(0);
    }

    /** For people. */
    public String text(Paper paper) {
        return StatusText.of(this, paper);
    }
}
