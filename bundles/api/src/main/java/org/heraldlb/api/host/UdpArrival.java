package org.heraldlb.api.host;

/** What the kernel said about a received packet. Reused from packet to packet, hence mutable and public. */
public final class UdpArrival {

    /** Upper half of the source, 0 for IPv4. */
    public long sourceHigh;

    /** Lower half of the source; the low 32 bits for IPv4. */
    public long sourceLow;

    public int sourcePort;

    /** Upper half of the destination, 0 for IPv4. */
    public long destinationHigh;

    /** Lower half of the destination. */
    public long destinationLow;

    /** TTL or hop limit, -1 when the kernel did not say. */
    public int hopLimit;

    /** Interface index, 0 when the kernel did not say. */
    public int linkIndex;
}
