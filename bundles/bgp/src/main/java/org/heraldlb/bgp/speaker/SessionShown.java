package org.heraldlb.bgp.speaker;

import java.util.Optional;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.bgp.SessionStatus;

/**
 * What was last shown of a session.
 *
 * @param status as it was published
 * @param counts as they were published
 * @param bfd state of its BFD session then, empty: none is wanted
 * @param disabled why the operator wanted no session then
 */
record SessionShown(
        SessionStatus status, SessionCounters.Values counts, Optional<BfdState> bfd, Optional<String> disabled) {

    boolean isOf(Optional<BfdState> nowBfd, Optional<String> nowDisabled) {
        return bfd.equals(nowBfd) && disabled.equals(nowDisabled);
    }
}
