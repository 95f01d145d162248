package org.heraldlb.bgp.fsm;

/** The timers of a connection. */
public enum Timer {
    CONNECT_RETRY,
    HOLD,
    KEEPALIVE,
    DELAY_OPEN,
    /** Pause before the next start (RFC 4271 section 8.1.1, DampPeerOscillations). */
    IDLE_HOLD,
    /** RFC 9687: nothing that we wrote leaves. */
    SEND_HOLD
}
