package org.heraldlb.bfd.fsm;

import org.heraldlb.api.bfd.BfdState;

/** What a session wants done. Called from inside the session's methods. */
public interface SessionEffects {

    /** Send one control packet now, made by {@link BfdSession#write}, with the given P or F flag (or 0). */
    void send(BfdSession session, int flag);

    /** Send one echo now, made by {@link EchoFunction#write}. */
    default void sendEcho(BfdSession session) {}

    /** The state changed; the session's diagnostic says why. */
    void stateChanged(BfdSession session, BfdState from, BfdState to);
}
