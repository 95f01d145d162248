package org.heraldlb.l2.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.l2.capture.Pcapng.Packet;
import org.heraldlb.l2.packet.Frames;
import org.junit.jupiter.api.Test;

/** Reads what was written by the draft, block by block. */
final class PcapngTest {

    private static final long WHEN = 1_700_000_000_123_456_789L;

    private record Block(int type, ByteBuffer body) {}

    private static List<Block> blocks(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Block> blocks = new ArrayList<>();
        while (in.hasRemaining()) {
            int type = in.getInt();
            int length = in.getInt();
            assertThat(length % 4).isZero();
            ByteBuffer body = in.slice(in.position(), length - 12).order(ByteOrder.LITTLE_ENDIAN);
            in.position(in.position() + length - 12);
            assertThat(in.getInt()).isEqualTo(length);
            blocks.add(new Block(type, body));
        }
        return blocks;
    }

    private static Map<Integer, byte[]> options(ByteBuffer body) {
        Map<Integer, byte[]> options = new HashMap<>();
        while (true) {
            int code = body.getShort();
            byte[] value = new byte[body.getShort()];
            body.get(value);
            body.position((body.position() + 3) / 4 * 4);
            if (code == 0) {
                assertThat(body.hasRemaining()).isFalse();
                return options;
            }
            options.put(code, value);
        }
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    @Test
    void aFileHasASectionItsInterfacesAndItsFrames() {
        byte[] frame = Frames.arpRequest();
        Packet in = new Packet(1, WHEN, 1500, Arrays.copyOf(frame, 41), false, "decided: answered");
        Packet out = new Packet(0, WHEN + 1, frame.length, frame, true, "sent: reply");

        List<Block> blocks = blocks(Pcapng.file("Herald", List.of("eth0", "bond0.100"), 96, List.of(in, out)));

        assertThat(blocks).extracting(Block::type).containsExactly(0x0a0d0d0a, 1, 1, 6, 6);
        assertThat(blocks.get(0).body().getInt()).isEqualTo(0x1a2b3c4d);
        ByteBuffer link = blocks.get(2).body();
        assertThat(link.getShort()).isEqualTo((short) 1);
        link.position(4);
        assertThat(link.getInt()).isEqualTo(96);
        Map<Integer, byte[]> linkOptions = options(link);
        assertThat(text(linkOptions.get(2))).isEqualTo("bond0.100");
        assertThat(linkOptions.get(9)).containsExactly(9);
        checkPacket(blocks.get(3).body(), in, 1);
        checkPacket(blocks.get(4).body(), out, 2);
    }

    private static void checkPacket(ByteBuffer body, Packet packet, int direction) {
        assertThat(body.getInt()).isEqualTo(packet.link());
        assertThat((long) body.getInt() << 32 | body.getInt() & 0xffff_ffffL).isEqualTo(packet.epochNanos());
        byte[] kept = new byte[body.getInt()];
        assertThat(body.getInt()).isEqualTo(packet.length());
        body.get(kept);
        body.position((body.position() + 3) / 4 * 4);
        assertThat(kept).isEqualTo(packet.bytes());
        Map<Integer, byte[]> options = options(body);
        assertThat(text(options.get(1))).isEqualTo(packet.comment());
        assertThat(options.get(2)).containsExactly(direction, 0, 0, 0);
    }

    @Test
    void aFileWithoutFramesIsAFile() {
        assertThat(blocks(Pcapng.file("Herald", List.of(), 96, List.of()))).hasSize(1);
    }
}
