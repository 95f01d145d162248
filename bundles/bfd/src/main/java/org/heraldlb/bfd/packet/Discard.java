package org.heraldlb.bfd.packet;

/** Why a received packet was thrown away, in the order in which RFC 5880 section 6.8.6 asks. */
public enum Discard {
    /** RFC 5881 section 5, RFC 5883 section 5: too many hops away. */
    TTL,
    /** Shorter than a control packet. */
    TOO_SHORT,
    VERSION,
    /** The Length field is below the minimum, or beyond the payload. */
    LENGTH,
    DETECT_MULT_ZERO,
    MULTIPOINT,
    MY_DISCRIMINATOR_ZERO,
    /** Poll and Final at once (section 6.8.6 does not allow an answer that asks). */
    POLL_AND_FINAL,
    /** Your Discriminator is zero though the sender claims to know us. */
    YOUR_DISCRIMINATOR_ZERO,
    NO_SESSION,
    /** Authentication is there and not wanted, or the other way round, or fails. */
    AUTHENTICATION,
    /** The session is administratively down. */
    ADMIN_DOWN,
    /** The peer speaks the other hop mode: single hop where multihop is configured, or the other way round. */
    HOP_MODE,
    /** Not an echo of ours, or one that came back before. */
    ECHO,
    /** Your Discriminator is zero and another system already speaks for this session. */
    TAKEOVER;

    private static final Discard[] VALUES = values();

    /** How many reasons there are. */
    public static int count() {
        return VALUES.length;
    }
}
