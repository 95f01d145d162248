package org.heraldlb.shell;

import java.util.Optional;
import org.heraldlb.api.bgp.BgpControl;

/** What the BGP commands act upon. Always there, also while the announcer is being replaced. Any thread. */
public interface BgpSessions {

    /** The announcer that runs a session with this peer; empty when none does. */
    Optional<BgpControl> of(String peer);
}
