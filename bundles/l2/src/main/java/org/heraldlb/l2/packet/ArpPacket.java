package org.heraldlb.l2.packet;

/**
 * ARP for IPv4 over Ethernet (RFC 826). One object reads frame after frame, so that reading allocates nothing.
 *
 * <pre>
 * Ethernet 14 | hardware 2 | protocol 2 | lengths 1 1 | operation 2 | sender MAC 6, IP 4 | target MAC 6, IP 4
 * </pre>
 */
public final class ArpPacket {

    /** Length of a frame without padding. */
    public static final int LENGTH = 42;

    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    private static final int ETHERNET_HARDWARE = 1;
    private static final int IPV4_PROTOCOL = 0x0800;
    private static final int LENGTHS = 0x0604;

    private int operation;
    private long senderMac;
    private int sender;
    private int target;

    /**
     * Reads a frame. Any bytes are fine.
     *
     * @return {@link Flaw#NONE} when the other methods may be asked
     */
    public Flaw read(byte[] frame, int length) {
        Flaw flaw = Ethernet.check(frame, length, Ethernet.ARP, LENGTH);
        if (flaw != Flaw.NONE) {
            return flaw;
        }
        if (Octets.u16(frame, 14) != ETHERNET_HARDWARE
                || Octets.u16(frame, 16) != IPV4_PROTOCOL
                || Octets.u16(frame, 18) != LENGTHS) {
            return Flaw.BAD_FIELD;
        }
        operation = Octets.u16(frame, 20);
        senderMac = Octets.u48(frame, 22);
        sender = Octets.i32(frame, 28);
        target = Octets.i32(frame, 38);
        return Flaw.NONE;
    }

    public int operation() {
        return operation;
    }

    public long senderMac() {
        return senderMac;
    }

    /** The 32 bits; 0 in a probe (RFC 5227). */
    public int sender() {
        return sender;
    }

    public int target() {
        return target;
    }

    /** Writes any ARP frame: {@code to} is where it goes, the rest is what it says. */
    public static void write(
            byte[] out, long to, int operation, long senderMac, int sender, long targetMac, int target) {
        Ethernet.put(out, to, senderMac, Ethernet.ARP);
        Octets.put16(out, 14, ETHERNET_HARDWARE);
        Octets.put16(out, 16, IPV4_PROTOCOL);
        Octets.put16(out, 18, LENGTHS);
        Octets.put16(out, 20, operation);
        Octets.put48(out, 22, senderMac);
        Octets.put32(out, 28, sender);
        Octets.put48(out, 32, targetMac);
        Octets.put32(out, 38, target);
    }

    /**
     * Tells everybody on the link that {@code address} is at {@code mac}.
     *
     * @param operation {@link #REQUEST} or {@link #REPLY}: some listen to the one only, some to the other
     */
    public static void writeGratuitous(byte[] out, int operation, long mac, int address) {
        write(out, Ethernet.BROADCAST, operation, mac, address, Ethernet.BROADCAST, address);
    }

    /** Asks everybody whether anybody has {@code address} (RFC 5227 section 2.1.1); nobody learns anything from it. */
    public static void writeProbe(byte[] out, long mac, int address) {
        write(out, Ethernet.BROADCAST, REQUEST, mac, 0, 0, address);
    }
}
