package org.heraldlb.l2.packet;

/** Why a frame is not what it should be. */
public enum Flaw {
    /** It is fine. */
    NONE,
    /** Shorter than its headers say. */
    TRUNCATED,
    /** Longer than an untagged frame can be. */
    OVERSIZED,
    /** Of another VLAN. */
    TAGGED,
    /** Of another EtherType or IP protocol. */
    OTHER_PROTOCOL,
    /** A field has a value that its protocol forbids. */
    BAD_FIELD,
    /** Came through a router (RFC 4861: the hop limit is 255). */
    BAD_HOP_LIMIT,
    BAD_CHECKSUM
}
