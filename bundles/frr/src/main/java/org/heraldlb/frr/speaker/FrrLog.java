package org.heraldlb.frr.speaker;

import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every line that the announcer logs; lines of configuration come without passwords. */
final class FrrLog {

    private static final Logger LOG = LoggerFactory.getLogger("org.heraldlb.frr");
    private static final int SHOWN = 5;

    private FrrLog() {}

    static void connected(String where, String version) {
        LOG.info("FRR {} ({}): connected", version, where);
    }

    static void lost(String where, String why) {
        LOG.warn("FRR ({}): {}; the plan is told again when it is back", where, why);
    }

    static void stillLost(String where, String why) {
        LOG.debug("FRR ({}): {}", where, why);
    }

    static void changed(int lines, Collection<String> resets) {
        if (resets.isEmpty()) {
            LOG.debug("{} lines of configuration told; no session is touched", lines);
        } else {
            LOG.info("{} lines of configuration told; sessions that start anew: {}", lines, resets);
        }
    }

    static void refused(List<String> lines) {
        LOG.warn("FRR refuses {} lines, the first: {}", lines.size(), lines.subList(0, Math.min(SHOWN, lines.size())));
    }

    static void edited(List<String> lines) {
        LOG.warn(
                "somebody changed our part of FRR's configuration; put back by: {}",
                lines.subList(0, Math.min(SHOWN, lines.size())));
    }

    static void cannotCut(String why) {
        LOG.warn("cannot end connections silently ({}); peers will forget our routes for a moment", why);
    }

    static void orphans(int lines) {
        LOG.info("no plan came, so {} lines that were ours are taken out of FRR", lines);
    }
}
