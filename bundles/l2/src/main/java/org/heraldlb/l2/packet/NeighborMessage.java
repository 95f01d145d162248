package org.heraldlb.l2.packet;

/**
 * Neighbour solicitation and advertisement (RFC 4861 sections 4.3 and 4.4). One object reads frame after frame, so that
 * reading allocates nothing.
 *
 * <pre>
 * Ethernet 14 | IPv6 40 | type 1, code 1, checksum 2, flags 4 | target 16 | options: type 1, length/8 1, value
 * </pre>
 */
public final class NeighborMessage {

    /** Length of a frame as we write it, with its option. */
    public static final int MESSAGE_LENGTH = 86;

    /** Length of a frame of {@link #writeProbe}, which has no option. */
    public static final int PROBE_LENGTH = 78;

    public static final int SOLICITATION = 135;
    public static final int ADVERTISEMENT = 136;

    /** Advertisement flags in the upper bits of their word. */
    static final int SOLICITED = 0x4000_0000;

    static final int OVERRIDE = 0x2000_0000;

    /** What {@link #linkLayer()} says when there is no such option. */
    public static final long NO_LINK_LAYER = -1;

    /** ff02::1, all nodes. */
    private static final long ALL_NODES_HIGH = 0xff02_0000_0000_0000L;

    private static final long ALL_NODES_LOW = 1;
    private static final long ALL_NODES_MAC = 0x3333_0000_0001L;

    private static final int IP = Ethernet.HEADER;
    private static final int ICMP = IP + 40;
    private static final int TARGET = ICMP + 8;
    private static final int OPTIONS = TARGET + 16;
    private static final int SHORTEST = OPTIONS;
    private static final int ICMPV6 = 58;
    private static final int HOP_LIMIT = 255;
    private static final int SOURCE_OPTION = 1;
    private static final int TARGET_OPTION = 2;
    private static final long SOLICITED_NODE_LOW = 0x0000_0001_ff00_0000L;

    private int type;
    private long sourceHigh;
    private long sourceLow;
    private long targetHigh;
    private long targetLow;
    private long linkLayer;

    /**
     * Reads a frame and validates it as RFC 4861 sections 7.1.1 and 7.1.2 say. Any bytes are fine.
     *
     * @return {@link Flaw#NONE} when the other methods may be asked
     */
    public Flaw read(byte[] frame, int length) {
        Flaw flaw = Ethernet.check(frame, length, Ethernet.IPV6, SHORTEST);
        if (flaw != Flaw.NONE) {
            return flaw;
        }
        type = Octets.u8(frame, ICMP);
        if (Octets.u8(frame, IP) >>> 4 != 6
                || Octets.u8(frame, IP + 6) != ICMPV6
                || type != SOLICITATION && type != ADVERTISEMENT) {
            return Flaw.OTHER_PROTOCOL;
        }
        int payload = Octets.u16(frame, IP + 4);
        if (payload < SHORTEST - ICMP || payload > length - ICMP) {
            return Flaw.TRUNCATED;
        }
        if (Octets.u8(frame, IP + 7) != HOP_LIMIT) {
            return Flaw.BAD_HOP_LIMIT;
        }
        if (checksum(frame, payload) != 0) {
            return Flaw.BAD_CHECKSUM;
        }
        return readFields(frame, ICMP + payload);
    }

    private Flaw readFields(byte[] frame, int end) {
        sourceHigh = Octets.i64(frame, IP + 8);
        sourceLow = Octets.i64(frame, IP + 16);
        targetHigh = Octets.i64(frame, TARGET);
        targetLow = Octets.i64(frame, TARGET + 8);
        boolean targetIsGroup = Octets.u8(frame, TARGET) == 0xff;
        boolean sourceIsGroup = Octets.u8(frame, IP + 8) == 0xff;
        if (Octets.u8(frame, ICMP + 1) != 0 || targetIsGroup || sourceIsGroup || !readOptions(frame, end)) {
            return Flaw.BAD_FIELD;
        }
        boolean probe = type == SOLICITATION && isFromUnspecified();
        return probe && (linkLayer != NO_LINK_LAYER || !isToSolicitedNode(frame)) ? Flaw.BAD_FIELD : Flaw.NONE;
    }

    private boolean readOptions(byte[] frame, int end) {
        int wanted = type == SOLICITATION ? SOURCE_OPTION : TARGET_OPTION;
        linkLayer = NO_LINK_LAYER;
        int at = OPTIONS;
        while (at + 2 <= end) {
            int length = Octets.u8(frame, at + 1) * 8;
            if (length == 0 || length > end - at) {
                return false;
            }
            if (Octets.u8(frame, at) == wanted && linkLayer == NO_LINK_LAYER) {
                linkLayer = Octets.u48(frame, at + 2);
            }
            at += length;
        }
        return at == end;
    }

    private boolean isToSolicitedNode(byte[] frame) {
        return Octets.i64(frame, IP + 24) == ALL_NODES_HIGH
                && Octets.i64(frame, IP + 32) == (SOLICITED_NODE_LOW | targetLow & 0xff_ffff);
    }

    /** {@link #SOLICITATION} or {@link #ADVERTISEMENT}. */
    public int type() {
        return type;
    }

    /** True for duplicate address detection (RFC 4862). */
    public boolean isFromUnspecified() {
        return sourceHigh == 0 && sourceLow == 0;
    }

    public long sourceHigh() {
        return sourceHigh;
    }

    public long sourceLow() {
        return sourceLow;
    }

    public long targetHigh() {
        return targetHigh;
    }

    public long targetLow() {
        return targetLow;
    }

    /** The source (of solicitations) or target (of advertisements) link-layer address, or {@link #NO_LINK_LAYER}. */
    public long linkLayer() {
        return linkLayer;
    }

    /** Writes a solicitation with its source option, to the target's solicited-node group. */
    public static void writeSolicitation(
            byte[] out, long mac, long fromHigh, long fromLow, long targetHigh, long targetLow) {
        long groupLow = SOLICITED_NODE_LOW | targetLow & 0xff_ffff;
        start(out, SOLICITATION, mac, 0x3333_0000_0000L | groupLow & 0xffff_ffffL);
        putSource(out, fromHigh, fromLow);
        putDestination(out, ALL_NODES_HIGH, groupLow);
        finish(out, SOURCE_OPTION, mac, 0, targetHigh, targetLow);
    }

    /** Writes a solicitation from the unspecified address, which asks whether anybody has the target (RFC 4862 5.4.2). */
    public static void writeProbe(byte[] out, long mac, long targetHigh, long targetLow) {
        long groupLow = SOLICITED_NODE_LOW | targetLow & 0xff_ffff;
        start(out, SOLICITATION, mac, 0x3333_0000_0000L | groupLow & 0xffff_ffffL);
        Octets.put16(out, IP + 4, PROBE_LENGTH - ICMP);
        putSource(out, 0, 0);
        putDestination(out, ALL_NODES_HIGH, groupLow);
        Octets.put32(out, ICMP + 4, 0);
        Octets.put64(out, TARGET, targetHigh);
        Octets.put64(out, TARGET + 8, targetLow);
        Octets.put16(out, ICMP + 2, 0);
        Octets.put16(out, ICMP + 2, checksum(out, PROBE_LENGTH - ICMP));
    }

    /**
     * Writes an advertisement that says to one that the target is at {@code mac}. It comes from the target, as that of a
     * host that has the address: some take no other.
     */
    public static void writeSolicited(
            byte[] out, long mac, long toMac, long toHigh, long toLow, long targetHigh, long targetLow) {
        start(out, ADVERTISEMENT, mac, toMac);
        putSource(out, targetHigh, targetLow);
        putDestination(out, toHigh, toLow);
        finish(out, TARGET_OPTION, mac, SOLICITED, targetHigh, targetLow);
    }

    /** Writes an advertisement that says to all nodes that the target is at {@code mac}, whatever they believed. */
    public static void writeUnsolicited(byte[] out, long mac, long targetHigh, long targetLow) {
        start(out, ADVERTISEMENT, mac, ALL_NODES_MAC);
        putSource(out, targetHigh, targetLow);
        putDestination(out, ALL_NODES_HIGH, ALL_NODES_LOW);
        finish(out, TARGET_OPTION, mac, OVERRIDE, targetHigh, targetLow);
    }

    private static void start(byte[] out, int type, long mac, long toMac) {
        Ethernet.put(out, toMac, mac, Ethernet.IPV6);
        Octets.put32(out, IP, 6 << 28);
        Octets.put16(out, IP + 4, MESSAGE_LENGTH - ICMP);
        out[IP + 6] = ICMPV6;
        out[IP + 7] = (byte) HOP_LIMIT;
        out[ICMP] = (byte) type;
        out[ICMP + 1] = 0;
    }

    private static void putSource(byte[] out, long high, long low) {
        Octets.put64(out, IP + 8, high);
        Octets.put64(out, IP + 16, low);
    }

    private static void putDestination(byte[] out, long high, long low) {
        Octets.put64(out, IP + 24, high);
        Octets.put64(out, IP + 32, low);
    }

    private static void finish(byte[] out, int option, long mac, int flags, long targetHigh, long targetLow) {
        Octets.put32(out, ICMP + 4, flags);
        Octets.put64(out, TARGET, targetHigh);
        Octets.put64(out, TARGET + 8, targetLow);
        out[OPTIONS] = (byte) option;
        out[OPTIONS + 1] = 1;
        Octets.put48(out, OPTIONS + 2, mac);
        Octets.put16(out, ICMP + 2, 0);
        Octets.put16(out, ICMP + 2, checksum(out, MESSAGE_LENGTH - ICMP));
    }

    /** RFC 4443 section 2.3, over the pseudo-header and the message; 0 over a message that carries its own. */
    private static int checksum(byte[] frame, int payload) {
        return Octets.sum(frame, IP + 8, ICMP + payload, payload + ICMPV6);
    }
}
