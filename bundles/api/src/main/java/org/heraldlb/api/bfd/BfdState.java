package org.heraldlb.api.bfd;

/** State of a session (RFC 5880 section 6.2), and {@link #UNAVAILABLE} where nobody runs it. */
public enum BfdState {
    UNAVAILABLE,
    ADMIN_DOWN,
    DOWN,
    INIT,
    UP
}
