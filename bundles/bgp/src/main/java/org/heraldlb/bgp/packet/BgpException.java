package org.heraldlb.bgp.packet;

/** The peer broke a rule for which the session ends; {@link #notification()} is the answer. */
public final class BgpException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Notification notification;

    public BgpException(BgpError error, String text) {
        this(error, Octets.EMPTY, text);
    }

    /** @param data goes into the NOTIFICATION's Data field */
    public BgpException(BgpError error, Octets data, String text) {
        // No stack trace: a peer may cause these as fast as it can send.
        super(error.text() + ": " + text, null, false, false);
        notification = Notification.of(error, data);
    }

    public Notification notification() {
        return notification;
    }
}
