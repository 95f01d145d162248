package org.heraldlb.l2.packet;

/**
 * IEEE 802.3 frames as Ethernet II. MAC addresses are 48 bits in a long.
 *
 * <pre>
 * destination 6 | source 6 | EtherType 2 | payload
 * </pre>
 */
public final class Ethernet {

    public static final long BROADCAST = 0xffff_ffff_ffffL;

    static final int HEADER = 14;

    /** The longest frame without a tag, with its checksum (which captures do not have). */
    static final int LONGEST = 1518;

    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int IPV6 = 0x86dd;

    private static final int TYPE_AT = 12;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88a8;
    private static final int OLD_SERVICE_VLAN = 0x9100;

    private Ethernet() {}

    public static long destination(byte[] frame) {
        return Octets.u48(frame, 0);
    }

    public static long source(byte[] frame) {
        return Octets.u48(frame, 6);
    }

    public static boolean isGroup(long mac) {
        return (mac >>> 40 & 1) != 0;
    }

    /** What is wrong with the frame as one of {@code type} that has at least {@code shortest} bytes. */
    static Flaw check(byte[] frame, int length, int type, int shortest) {
        if (length < HEADER || length > frame.length) {
            return Flaw.TRUNCATED;
        }
        int found = Octets.u16(frame, TYPE_AT);
        if (found == VLAN || found == SERVICE_VLAN || found == OLD_SERVICE_VLAN) {
            return Flaw.TAGGED;
        }
        if (found != type) {
            return Flaw.OTHER_PROTOCOL;
        }
        if (length > LONGEST) {
            return Flaw.OVERSIZED;
        }
        return length < shortest ? Flaw.TRUNCATED : Flaw.NONE;
    }

    static void put(byte[] out, long destination, long source, int type) {
        Octets.put48(out, 0, destination);
        Octets.put48(out, 6, source);
        Octets.put16(out, TYPE_AT, type);
    }
}
