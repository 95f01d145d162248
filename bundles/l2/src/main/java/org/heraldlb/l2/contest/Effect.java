package org.heraldlb.l2.contest;

/** What a {@link Contest} wants done. */
public enum Effect {
    /** Ask the link whether anybody has the address. */
    PROBE,
    /** Answer from now on, and tell the link. */
    CLAIM,
    /** Do not answer any more. */
    YIELD,
    /** Tell the link once that the address is here (RFC 5227 section 2.4). */
    DEFEND,
    /** The state changed in a way that an operator wants to know. */
    REPORT
}
