package org.heraldlb.shell;

import java.util.Optional;
import org.heraldlb.api.l2.L2View;

/** What the layer 2 commands read. Always there, also while the announcer is being replaced. Any thread. */
public interface Layer2Eyes {

    /** What the announcer sees, absent while there is none. */
    Optional<L2View> seen();

    /**
     * The same, where nothing can be said without.
     *
     * @throws IllegalStateException while there is no announcer; the message says so
     */
    default L2View view() {
        return seen().orElseThrow(
                        () -> new IllegalStateException("no layer 2 announcer is running; install herald-l2"));
    }
}
