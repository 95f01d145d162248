package org.heraldlb.api.bfd;

import java.util.Optional;

/**
 * A wish for a BFD session, registered as a service (whiteboard). Sessions are shared: requests with equal
 * {@link BfdSessionKey}s get one session, with the fastest of their timings. Unregister the service to give the session
 * up. Without a BFD bundle nothing calls {@link #stateChanged}, and the session's state is {@link BfdState#UNAVAILABLE}.
 */
public interface BfdSessionRequest {

    /** Who is to be watched, how. Never changes. */
    BfdSessionKey key();

    /** How fast. May change while registered; the BFD bundle reads it anew when the service's properties change. */
    BfdSessionTiming timing();

    /** What both ends know; never changes. Requests of one session that disagree: the first one's is used. */
    default Optional<BfdAuthentication> authentication() {
        return Optional.empty();
    }

    /** For people: who wants it, such as {@code bgp:tor1}. */
    String client();

    /** Called by the BFD bundle on its own thread: post and return. Called with the current state first. */
    void stateChanged(BfdSessionState state);
}
