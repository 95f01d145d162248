package org.heraldlb.bgp.fsm;

/** The timers of a connection. */
public enum Timer {
    CONNECT_RETRY("ConnectRetryTimer"),
    HOLD("HoldTimer"),
    KEEPALIVE("KeepaliveTimer"),
    DELAY_OPEN("DelayOpenTimer"),
    /** Pause before the next start (RFC 4271 section 8.1.1, DampPeerOscillations). */
    IDLE_HOLD("IdleHoldTimer"),
    /** RFC 9687: nothing that we wrote leaves. */
    SEND_HOLD("SendHoldTimer");

    private final String text;

    Timer(String text) {
        this.text = text;
    }

    /** The RFC's spelling. */
    public String text() {
        return text;
    }
}
