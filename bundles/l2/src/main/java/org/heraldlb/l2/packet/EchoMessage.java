package org.heraldlb.l2.packet;

/**
 * ICMP echo (RFC 792, RFC 4443 section 4.1) inside an Ethernet frame. A reply is made from the question by swapping who
 * speaks to whom. One object reads frame after frame, so that reading allocates nothing.
 */
public final class EchoMessage {

    /** Room that a reply needs: as long as the longest question. */
    public static final int LONGEST = Ethernet.LONGEST;

    private static final int IP = Ethernet.HEADER;
    private static final int V4_HEADER = 20;
    private static final int V6_HEADER = 40;
    private static final int ECHO_HEADER = 8;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int REQUEST_V4 = 8;
    private static final int REQUEST_V6 = 128;
    private static final int REPLY_V6 = 129;
    private static final int FRAGMENTED = 0x3fff;
    private static final int HOPS = 64;

    private final boolean v4;
    private int message;
    private int end;

    public EchoMessage(boolean v4) {
        this.v4 = v4;
    }

    /**
     * Reads a frame. Any bytes are fine.
     *
     * @return {@link Flaw#NONE} for a whole echo request, unfragmented and without options
     */
    public Flaw read(byte[] frame, int length) {
        int header = v4 ? V4_HEADER : V6_HEADER;
        Flaw flaw = Ethernet.check(frame, length, v4 ? Ethernet.IPV4 : Ethernet.IPV6, IP + header + ECHO_HEADER);
        if (flaw != Flaw.NONE) {
            return flaw;
        }
        message = IP + header;
        return v4 ? readV4(frame, length) : readV6(frame, length);
    }

    private Flaw readV4(byte[] frame, int length) {
        if (Octets.u8(frame, IP) != 0x45
                || Octets.u8(frame, IP + 9) != ICMP
                || (Octets.u16(frame, IP + 6) & FRAGMENTED) != 0) {
            return Flaw.OTHER_PROTOCOL;
        }
        end = IP + Octets.u16(frame, IP + 2);
        if (end > length || end < message + ECHO_HEADER) {
            return Flaw.TRUNCATED;
        }
        if (Octets.sum(frame, IP, message, 0) != 0 || Octets.sum(frame, message, end, 0) != 0) {
            return Flaw.BAD_CHECKSUM;
        }
        boolean request = Octets.u8(frame, message) == REQUEST_V4 && Octets.u8(frame, message + 1) == 0;
        boolean sane = isUnicastV4(Octets.i32(frame, IP + 12));
        return request ? sane ? Flaw.NONE : Flaw.BAD_FIELD : Flaw.OTHER_PROTOCOL;
    }

    /** Neither 0/8 nor 127/8 nor multicast nor above. */
    private static boolean isUnicastV4(int address) {
        int first = address >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    private Flaw readV6(byte[] frame, int length) {
        if (Octets.u8(frame, IP) >>> 4 != 6 || Octets.u8(frame, IP + 6) != ICMPV6) {
            return Flaw.OTHER_PROTOCOL;
        }
        int payload = Octets.u16(frame, IP + 4);
        end = message + payload;
        if (end > length || payload < ECHO_HEADER) {
            return Flaw.TRUNCATED;
        }
        if (Octets.sum(frame, IP + 8, end, payload + ICMPV6) != 0) {
            return Flaw.BAD_CHECKSUM;
        }
        boolean request = Octets.u8(frame, message) == REQUEST_V6 && Octets.u8(frame, message + 1) == 0;
        boolean sane = Octets.u8(frame, IP + 8) != 0xff && (otherHigh(frame) != 0 || otherLow(frame) != 0);
        return request ? sane ? Flaw.NONE : Flaw.BAD_FIELD : Flaw.OTHER_PROTOCOL;
    }

    /** Length of the reply: the question without padding. */
    public int length() {
        return end;
    }

    /** Upper half of the address that is pinged. */
    public long targetHigh(byte[] frame) {
        return v4 ? 0 : Octets.i64(frame, IP + 24);
    }

    /** Lower half of the address that is pinged; all of an IPv4 address. */
    public long targetLow(byte[] frame) {
        return v4 ? Octets.i32(frame, IP + 16) & 0xffff_ffffL : Octets.i64(frame, IP + 32);
    }

    /** Upper half of the address that asks. */
    public long otherHigh(byte[] frame) {
        return v4 ? 0 : Octets.i64(frame, IP + 8);
    }

    /** Lower half of the address that asks; all of an IPv4 address. */
    public long otherLow(byte[] frame) {
        return v4 ? Octets.i32(frame, IP + 12) & 0xffff_ffffL : Octets.i64(frame, IP + 16);
    }

    /** Writes the reply to the question that was read last, from {@code mac}. */
    public void writeReply(byte[] frame, byte[] out, long mac) {
        System.arraycopy(frame, 0, out, 0, end);
        Ethernet.put(out, Ethernet.source(frame), mac, v4 ? Ethernet.IPV4 : Ethernet.IPV6);
        if (v4) {
            System.arraycopy(frame, IP + 12, out, IP + 16, 4);
            System.arraycopy(frame, IP + 16, out, IP + 12, 4);
            out[IP + 8] = HOPS;
            Octets.put16(out, IP + 10, 0);
            Octets.put16(out, IP + 10, Octets.sum(out, IP, message, 0));
            out[message] = 0;
        } else {
            System.arraycopy(frame, IP + 8, out, IP + 24, 16);
            System.arraycopy(frame, IP + 24, out, IP + 8, 16);
            out[IP + 7] = HOPS;
            out[message] = (byte) REPLY_V6;
        }
        int pseudo = v4 ? message : IP + 8;
        Octets.put16(out, message + 2, 0);
        Octets.put16(out, message + 2, Octets.sum(out, pseudo, end, v4 ? 0 : end - message + ICMPV6));
    }
}
