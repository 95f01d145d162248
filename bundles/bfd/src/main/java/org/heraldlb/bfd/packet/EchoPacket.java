package org.heraldlb.bfd.packet;

import java.nio.ByteBuffer;

/**
 * What an echo of ours carries; nobody else reads it (RFC 5880 section 5). Its first octet is no version of BFD, so that
 * it cannot be taken for the control packet of an unaffiliated session.
 *
 * <pre>
 *  "HECO" | discriminator | sequence | 0 | secret (8 octets) | time of sending (8 octets)
 * </pre>
 */
public final class EchoPacket {

    public static final int LENGTH = 32;

    private static final int MAGIC = 0x4845434f;

    private EchoPacket() {}

    /** Writes one at the buffer's position. */
    public static void write(ByteBuffer out, int discriminator, int sequence, long secret, long sentNanos) {
        out.putInt(MAGIC).putInt(discriminator).putInt(sequence).putInt(0);
        out.putLong(secret).putLong(sentNanos);
    }

    /** Whether what lies between the buffer's position and limit looks like one; the getters are defined then. */
    public static boolean isOne(ByteBuffer packet) {
        return packet.remaining() == LENGTH && packet.getInt(packet.position()) == MAGIC;
    }

    public static int discriminator(ByteBuffer packet) {
        return packet.getInt(packet.position() + 4);
    }

    public static int sequence(ByteBuffer packet) {
        return packet.getInt(packet.position() + 8);
    }

    public static long secret(ByteBuffer packet) {
        return packet.getLong(packet.position() + 16);
    }

    public static long sentNanos(ByteBuffer packet) {
        return packet.getLong(packet.position() + 24);
    }
}
