package org.heraldlb.l2.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArpPacketTest {

    private final ArpPacket packet = new ArpPacket();

    @Test
    void aRequestIsReadFieldByField() {
        byte[] frame = Frames.arpRequest();

        assertThat(packet.read(frame, frame.length)).isEqualTo(Flaw.NONE);
        assertThat(packet.operation()).isEqualTo(ArpPacket.REQUEST);
        assertThat(packet.senderMac()).isEqualTo(0x0200_0000_0001L);
        assertThat(packet.sender()).isEqualTo(0xc000_0201);
        assertThat(packet.target()).isEqualTo(0xc000_0264);
    }

    @Test
    void paddingIsFine() {
        assertThat(packet.read(Frames.resized(Frames.arpRequest(), 60), 60)).isEqualTo(Flaw.NONE);
    }

    @Test
    void everyCutIsTruncated() {
        for (int length = 0; length < ArpPacket.LENGTH; length++) {
            assertThat(packet.read(Frames.arpRequest(), length))
                    .as("length %d", length)
                    .isEqualTo(Flaw.TRUNCATED);
        }
    }

    @Test
    void aLengthBeyondTheBufferIsTruncated() {
        assertThat(packet.read(Frames.arpRequest(), 43)).isEqualTo(Flaw.TRUNCATED);
    }

    @Test
    void aJumboFrameIsOversized() {
        assertThat(packet.read(Frames.resized(Frames.arpRequest(), 1519), 1519)).isEqualTo(Flaw.OVERSIZED);
    }

    @Test
    void aTaggedFrameIsOfAnotherVlan() {
        byte[] tagged = Frames.tagged(Frames.arpRequest());

        assertThat(packet.read(tagged, tagged.length)).isEqualTo(Flaw.TAGGED);
        assertThat(packet.read(Frames.with(tagged, 12, "88a8"), tagged.length)).isEqualTo(Flaw.TAGGED);
        assertThat(packet.read(Frames.with(tagged, 12, "9100"), tagged.length)).isEqualTo(Flaw.TAGGED);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 0800, OTHER_PROTOCOL",
        "14, 0006, BAD_FIELD",
        "16, 86dd, BAD_FIELD",
        "18, 08, BAD_FIELD",
        "19, 10, BAD_FIELD"
    })
    void aFrameOfAnythingElseIsRefused(int at, String hex, Flaw flaw) {
        byte[] frame = Frames.with(Frames.arpRequest(), at, hex);

        assertThat(packet.read(frame, frame.length)).isEqualTo(flaw);
    }

    @Test
    void whatIsWrittenIsWhatWasCaptured() {
        byte[] out = new byte[ArpPacket.LENGTH];

        ArpPacket.write(out, Ethernet.BROADCAST, ArpPacket.REQUEST, 0x0200_0000_0001L, 0xc000_0201, 0, 0xc000_0264);

        assertThat(out).isEqualTo(Frames.arpRequest());
    }

    @Test
    void gratuitousFramesSayTheAddressTwiceAndGoToEverybody() {
        byte[] out = new byte[ArpPacket.LENGTH];

        ArpPacket.writeGratuitous(out, ArpPacket.REPLY, 0x0200_0000_0002L, 0xc000_0264);

        assertThat(HexFormat.of().formatHex(out))
                .isEqualTo("ffffffffffff" + "020000000002" + "0806" + "0001080006040002" + "020000000002" + "c0000264"
                        + "ffffffffffff" + "c0000264");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsWrittenIsReadBack(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] frame = new byte[ArpPacket.LENGTH];
        for (int i = 0; i < 10_000; i++) {
            int operation = 1 + random.nextInt(2);
            long mac = random.nextLong() & Ethernet.BROADCAST;
            int sender = random.nextInt();
            int target = random.nextInt();
            ArpPacket.write(frame, random.nextLong() >>> 16, operation, mac, sender, 0, target);

            assertThat(packet.read(frame, frame.length)).as("seed %d", seed).isEqualTo(Flaw.NONE);
            assertThat(packet.operation()).isEqualTo(operation);
            assertThat(packet.senderMac()).isEqualTo(mac);
            assertThat(packet.sender()).isEqualTo(sender);
            assertThat(packet.target()).isEqualTo(target);
        }
    }
}
