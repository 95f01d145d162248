package org.heraldlb.filesource.watch;

import java.util.HashSet;
import java.util.Set;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.IntentFragment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the source tells the log: each problem once when it appears and once when it is gone. */
final class FileSourceLog {

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.filesource");

    private FileSourceLog() {}

    static void published(IntentFragment before, IntentFragment now) {
        Set<Problem> known = new HashSet<>(before.problems());
        Set<Problem> present = new HashSet<>(now.problems());
        now.problems().stream().filter(problem -> !known.contains(problem)).forEach(FileSourceLog::appeared);
        before.problems().stream().filter(problem -> !present.contains(problem)).forEach(FileSourceLog::gone);
        if (before.objects().size() != now.objects().size() || !before.synced()) {
            LOG.info(
                    "{}: {} objects, {} problems",
                    now.source(),
                    now.objects().size(),
                    now.problems().size());
        }
    }

    private static void appeared(Problem problem) {
        Problem.Place place = problem.place();
        LOG.warn(
                "{} {} {}: {} [{}]", place.document(), place.path(), problem.subject(), problem.text(), problem.code());
    }

    private static void gone(Problem problem) {
        LOG.info("{} {}: solved [{}]", problem.place().document(), problem.subject(), problem.code());
    }
}
