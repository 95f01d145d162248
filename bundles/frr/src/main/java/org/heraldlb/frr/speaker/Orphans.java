package org.heraldlb.frr.speaker;

import java.io.IOException;
import org.heraldlb.frr.config.Delta;
import org.heraldlb.frr.config.Section;

/** What an earlier run of ours left in an FRR is still announced, though nobody chose us. */
final class Orphans {

    private Orphans() {}

    /** On the announcer's loop. Where there is no FRR there is nothing to do. */
    static void takeOut(FrrHost host) {
        try (FrrLink found = FrrLink.open(host)) {
            Delta delta = Delta.between(found.running(), Section.root());
            if (!delta.isEmpty()) {
                FrrLog.orphans(delta.size());
                found.change(delta);
            }
        } catch (IOException nobody) {
            FrrLog.stillLost(host.describe(), nobody.getMessage());
        }
    }
}
