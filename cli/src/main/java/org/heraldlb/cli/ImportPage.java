package org.heraldlb.cli;

import java.util.List;
import org.heraldlb.cli.PlanPage.ProblemLine;
import org.heraldlb.view.Column;

/**
 * What {@code import metallb} answers.
 *
 * @param same nothing is different, unsupported or refused, and every service keeps its addresses
 * @param objects MetalLB's configuration
 * @param services that Herald would be responsible for
 * @param settings lines for {@code org.heraldlb.core.cfg} that make Herald start as MetalLB was started
 * @param problems of all documents together
 * @param summary for people
 */
public record ImportPage(
        boolean same,
        List<ObjectLine> objects,
        List<ServiceLine> services,
        List<String> settings,
        List<ProblemLine> problems,
        String summary) {

    /**
     * @param object {@code Kind namespace/name}
     * @param verdict {@code same}, {@code different}, {@code unsupported} or {@code refused}
     * @param note why, or what to know
     */
    public record ObjectLine(String object, String verdict, String note) {
        static final List<Column<ObjectLine>> COLUMNS = List.of(
                Column.text("OBJECT", ObjectLine::object),
                Column.text("VERDICT", ObjectLine::verdict),
                Column.text("NOTE", ObjectLine::note));
    }

    /**
     * @param service {@code namespace/name}
     * @param has addresses of its status
     * @param gets addresses that Herald gives it
     * @param verdict {@code keeps}, {@code changes}, {@code new}, or {@code none} where it has none and gets none
     * @param layer2 who answers by Herald's election
     * @param layer2Now who answers by MetalLB's ServiceL2Status, empty where there is none
     * @param note why it has none
     */
    public record ServiceLine(
            String service,
            List<String> has,
            List<String> gets,
            String verdict,
            List<String> layer2,
            List<String> layer2Now,
            String note) {
        static final List<Column<ServiceLine>> COLUMNS = List.of(
                Column.text("SERVICE", ServiceLine::service),
                Column.text("HAS", line -> String.join(",", line.has())),
                Column.text("GETS", line -> String.join(",", line.gets())),
                Column.text("VERDICT", ServiceLine::verdict),
                Column.text("LAYER2", line -> String.join(",", line.layer2())),
                Column.text("NOW", line -> String.join(",", line.layer2Now())),
                Column.text("NOTE", ServiceLine::note));

        /** What is announced stays where it is. */
        boolean same() {
            boolean stays = layer2Now.isEmpty() || layer2.equals(layer2Now);
            return stays && !verdict.equals("changes");
        }
    }
}
