package org.heraldlb.shell;

import org.heraldlb.api.system.SystemSnapshot;
import org.heraldlb.view.Status;

/** What the commands read. Always there, also while core is being replaced. Any thread. */
public interface NodeView {

    /**
     * The newest snapshot.
     *
     * @throws IllegalStateException while core is not running; the message says so
     */
    SystemSnapshot snapshot();

    /** The whole node on one page, also without core. */
    Status status();
}
