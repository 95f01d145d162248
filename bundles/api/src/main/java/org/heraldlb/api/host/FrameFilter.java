package org.heraldlb.api.host;

/** Which frames a socket receives. Frames that this host sends are never received. */
public enum FrameFilter {
    /** EtherType 0x0806. */
    ARP,
    /** ICMPv6 types 133 to 137. */
    NEIGHBOR_DISCOVERY,
    /** Echo requests over IPv4, whole and without IP options. */
    ICMP_ECHO,
    /** Echo requests over IPv6, without extension headers. */
    ICMPV6_ECHO
}
