package org.heraldlb.shell;

import org.heraldlb.api.bfd.BfdSnapshot;

/** What the BFD commands read. Always there, also while BFD is being replaced. Any thread. */
public interface BfdSessions {

    /**
     * The newest snapshot.
     *
     * @throws IllegalStateException while there is no BFD; the message says so
     */
    BfdSnapshot snapshot();
}
