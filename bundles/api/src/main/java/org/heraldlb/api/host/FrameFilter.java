package org.heraldlb.api.host;

/** Which frames a socket receives. Frames that this host sends are never received. */
public enum FrameFilter {
    /** EtherType 0x0806. */
    ARP,
    /** ICMPv6 types 133 to 137. */
    NEIGHBOR_DISCOVERY
}
