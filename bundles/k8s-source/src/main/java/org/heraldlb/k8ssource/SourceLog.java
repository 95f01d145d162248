package org.heraldlb.k8ssource;

import java.util.HashSet;
import java.util.Set;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.IntentFragment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the source tells the log: each problem once when it appears and once when it is gone. */
final class SourceLog {

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.k8ssource");

    private SourceLog() {}

    static void published(IntentFragment before, IntentFragment now) {
        if (!before.problems().equals(now.problems())) {
            Set<Problem> known = new HashSet<>(before.problems());
            Set<Problem> present = new HashSet<>(now.problems());
            now.problems().stream().filter(problem -> !known.contains(problem)).forEach(SourceLog::appeared);
            before.problems().stream()
                    .filter(problem -> !present.contains(problem))
                    .forEach(SourceLog::gone);
        }
        if (now.synced() && !before.synced()) {
            LOG.info("{}: {} objects", now.source(), now.objects().size());
        }
    }

    private static void appeared(Problem problem) {
        Problem.Place place = problem.place();
        String where = place == Problem.Place.UNKNOWN ? "" : place.document() + " " + place.path() + " ";
        LOG.warn("{}{}: {} [{}]", where, problem.subject(), problem.text(), problem.code());
    }

    private static void gone(Problem problem) {
        LOG.info("{}: solved [{}]", problem.subject(), problem.code());
    }
}
