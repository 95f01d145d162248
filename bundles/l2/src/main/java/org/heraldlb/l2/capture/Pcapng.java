package org.heraldlb.l2.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes pcapng (draft-ietf-opsawg-pcapng): one section, a block for each interface, then a block for each frame with a
 * comment.
 *
 * <pre>
 * block: type 4, length 4, body, length 4       option: code 2, length 2, value, padding to 4
 * </pre>
 */
public final class Pcapng {

    /**
     * One frame.
     *
     * @param link index into the interfaces
     * @param epochNanos wall clock
     * @param length of the whole frame
     * @param bytes what there is of it
     * @param outgoing this host sent it
     * @param comment for people
     */
    public record Packet(int link, long epochNanos, int length, byte[] bytes, boolean outgoing, String comment) {}

    private static final int SECTION = 0x0a0d0d0a;
    private static final int INTERFACE = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final short ETHERNET = 1;

    private static final int OPTION_END = 0;
    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_APPLICATION = 4;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_FLAGS = 2;
    private static final byte NANOSECONDS = 9;
    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Pcapng() {}

    /** A whole file. {@code snap} is how much of a frame is kept at most. */
    public static byte[] file(String application, List<String> links, int snap, List<Packet> packets) {
        Pcapng file = new Pcapng();
        file.block(SECTION, section(application));
        links.forEach(link -> file.block(INTERFACE, link(link, snap)));
        packets.forEach(packet -> file.block(ENHANCED_PACKET, packet(packet)));
        return file.out.toByteArray();
    }

    private static ByteBuffer buffer(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void block(int type, ByteBuffer body) {
        int total = body.position() + 12;
        ByteBuffer block = buffer(total).putInt(type).putInt(total);
        block.put(body.flip()).putInt(total);
        out.writeBytes(block.array());
    }

    private static ByteBuffer section(String application) {
        byte[] name = application.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = buffer(name.length + 64)
                .putInt(BYTE_ORDER_MAGIC)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(-1);
        option(body, OPTION_APPLICATION, name);
        return end(body);
    }

    private static ByteBuffer link(String link, int snap) {
        byte[] name = link.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body =
                buffer(name.length + 64).putShort(ETHERNET).putShort((short) 0).putInt(snap);
        option(body, OPTION_NAME, name);
        option(body, OPTION_RESOLUTION, new byte[] {NANOSECONDS});
        return end(body);
    }

    private static ByteBuffer packet(Packet packet) {
        byte[] comment = packet.comment().getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = buffer(packet.bytes().length + comment.length + 64)
                .putInt(packet.link())
                .putInt((int) (packet.epochNanos() >>> 32))
                .putInt((int) packet.epochNanos())
                .putInt(packet.bytes().length)
                .putInt(packet.length());
        padded(body, packet.bytes());
        option(body, OPTION_COMMENT, comment);
        byte[] flags = buffer(4).putInt(packet.outgoing() ? OUTBOUND : INBOUND).array();
        option(body, OPTION_FLAGS, flags);
        return end(body);
    }

    private static void option(ByteBuffer into, int code, byte[] value) {
        into.putShort((short) code).putShort((short) value.length);
        padded(into, value);
    }

    private static ByteBuffer end(ByteBuffer body) {
        return body.putShort((short) OPTION_END).putShort((short) 0);
    }

    private static void padded(ByteBuffer into, byte[] value) {
        into.put(value);
        while (into.position() % 4 != 0) {
            into.put((byte) 0);
        }
    }
}
