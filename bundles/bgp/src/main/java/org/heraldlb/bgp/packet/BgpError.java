package org.heraldlb.bgp.packet;

/** Error codes and subcodes of a NOTIFICATION. */
public enum BgpError {
    NOT_SYNCHRONIZED(1, 1, "connection not synchronized"),
    BAD_MESSAGE_LENGTH(1, 2, "bad message length"),
    BAD_MESSAGE_TYPE(1, 3, "bad message type"),
    OPEN_UNSPECIFIC(2, 0, "malformed OPEN"),
    UNSUPPORTED_VERSION(2, 1, "unsupported version"),
    BAD_PEER_AS(2, 2, "bad peer AS"),
    BAD_IDENTIFIER(2, 3, "bad BGP identifier"),
    UNSUPPORTED_OPTIONAL_PARAMETER(2, 4, "unsupported optional parameter"),
    UNACCEPTABLE_HOLD_TIME(2, 6, "unacceptable hold time"),
    /** RFC 5492. */
    UNSUPPORTED_CAPABILITY(2, 7, "unsupported capability"),
    /** RFC 9234. */
    ROLE_MISMATCH(2, 11, "role mismatch"),
    MALFORMED_ATTRIBUTE_LIST(3, 1, "malformed attribute list"),
    UNRECOGNIZED_WELL_KNOWN(3, 2, "unrecognized well-known attribute"),
    OPTIONAL_ATTRIBUTE(3, 9, "optional attribute error"),
    INVALID_NETWORK(3, 10, "invalid network field"),
    HOLD_TIMER_EXPIRED(4, 0, "hold timer expired"),
    /** RFC 6608, here and the next two. */
    UNEXPECTED_IN_OPEN_SENT(5, 1, "unexpected message in OpenSent"),
    UNEXPECTED_IN_OPEN_CONFIRM(5, 2, "unexpected message in OpenConfirm"),
    UNEXPECTED_IN_ESTABLISHED(5, 3, "unexpected message in Established"),
    FSM(5, 0, "finite state machine error"),
    /** RFC 4486, here and the following. */
    MAX_PREFIXES(6, 1, "maximum number of prefixes reached"),
    SHUTDOWN(6, 2, "administrative shutdown"),
    DECONFIGURED(6, 3, "peer de-configured"),
    RESET(6, 4, "administrative reset"),
    REJECTED(6, 5, "connection rejected"),
    CONFIGURATION_CHANGE(6, 6, "other configuration change"),
    COLLISION(6, 7, "connection collision resolution"),
    OUT_OF_RESOURCES(6, 8, "out of resources"),
    /** RFC 8538. */
    HARD_RESET(6, 9, "hard reset"),
    /** RFC 9384. */
    BFD_DOWN(6, 10, "BFD down"),
    /** RFC 7313. */
    REFRESH_LENGTH(7, 1, "invalid ROUTE-REFRESH length"),
    /** RFC 9687. */
    SEND_HOLD_TIMER_EXPIRED(8, 0, "send hold timer expired");

    /** Code of Cease. */
    public static final int CEASE = 6;

    private final int code;
    private final int subcode;
    private final String text;

    BgpError(int code, int subcode, String text) {
        this.code = code;
        this.subcode = subcode;
        this.text = text;
    }

    public int code() {
        return code;
    }

    public int subcode() {
        return subcode;
    }

    public String text() {
        return text;
    }
}
