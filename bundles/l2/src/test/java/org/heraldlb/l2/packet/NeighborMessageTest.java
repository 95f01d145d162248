package org.heraldlb.l2.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NeighborMessageTest {

    private static final int OPTIONS = 78;

    private final NeighborMessage message = new NeighborMessage();

    private Flaw read(byte[] frame) {
        return message.read(frame, frame.length);
    }

    private static byte[] withoutOptions(byte[] frame) {
        return Frames.sealed(Frames.with(Frames.resized(frame, OPTIONS), 18, "0018"));
    }

    private static byte[] fromUnspecified(byte[] frame) {
        return Frames.with(frame, 22, "00000000000000000000000000000000");
    }

    @Test
    void aSolicitationIsReadFieldByField() {
        assertThat(read(Frames.solicitation())).isEqualTo(Flaw.NONE);
        assertThat(message.type()).isEqualTo(NeighborMessage.SOLICITATION);
        assertThat(message.isFromUnspecified()).isFalse();
        assertThat(message.sourceHigh()).isEqualTo(0xfe80_0000_0000_0000L);
        assertThat(message.sourceLow()).isEqualTo(0xd8d4_75ff_fe56_1ca3L);
        assertThat(message.targetHigh()).isEqualTo(0xfd96_0000_0000_0000L);
        assertThat(message.targetLow()).isEqualTo(0x100);
        assertThat(message.linkLayer()).isEqualTo(0xdad4_7556_1ca3L);
    }

    @Test
    void aSolicitationNeedsNoOption() {
        assertThat(read(withoutOptions(Frames.solicitation()))).isEqualTo(Flaw.NONE);
        assertThat(message.linkLayer()).isEqualTo(NeighborMessage.NO_LINK_LAYER);
    }

    @Test
    void anUnknownOptionIsSkipped() {
        byte[] frame = Frames.resized(Frames.solicitation(), 94);
        byte[] nonce = Frames.with(frame, OPTIONS, "0e01 aabbccddeeff 0101 dad475561ca3");

        assertThat(read(Frames.sealed(Frames.with(nonce, 18, "0028")))).isEqualTo(Flaw.NONE);
        assertThat(message.linkLayer()).isEqualTo(0xdad4_7556_1ca3L);
    }

    @Test
    void duplicateAddressDetectionComesFromTheUnspecifiedAddress() {
        assertThat(read(withoutOptions(fromUnspecified(Frames.solicitation())))).isEqualTo(Flaw.NONE);
        assertThat(message.isFromUnspecified()).isTrue();
    }

    @Test
    void duplicateAddressDetectionHasNoSourceOption() {
        assertThat(read(Frames.sealed(fromUnspecified(Frames.solicitation())))).isEqualTo(Flaw.BAD_FIELD);
    }

    @Test
    void duplicateAddressDetectionGoesToTheSolicitedNodeGroup() {
        byte[] toAll = Frames.with(fromUnspecified(Frames.solicitation()), 38, "ff020000000000000000000000000001");

        assertThat(read(withoutOptions(toAll))).isEqualTo(Flaw.BAD_FIELD);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 0806, OTHER_PROTOCOL",
        "14, 40, OTHER_PROTOCOL",
        "20, 00, OTHER_PROTOCOL",
        "54, 80, OTHER_PROTOCOL",
        "21, fe, BAD_HOP_LIMIT",
        "18, 0010, TRUNCATED",
        "18, 0100, TRUNCATED",
        "55, 01, BAD_FIELD",
        "62, ff02, BAD_FIELD",
        "22, ff02, BAD_FIELD",
        "79, 00, BAD_FIELD",
        "79, 02, BAD_FIELD"
    })
    void whatRfc4861ForbidsIsRefused(int at, String hex, Flaw flaw) {
        assertThat(read(Frames.sealed(Frames.with(Frames.solicitation(), at, hex))))
                .isEqualTo(flaw);
    }

    @Test
    void aWrongChecksumIsRefused() {
        assertThat(read(Frames.with(Frames.solicitation(), 70, "01"))).isEqualTo(Flaw.BAD_CHECKSUM);
    }

    @Test
    void everyCutIsRefused() {
        byte[] frame = Frames.solicitation();
        for (int length = 0; length < frame.length; length++) {
            assertThat(message.read(frame, length)).as("length %d", length).isEqualTo(Flaw.TRUNCATED);
        }
    }

    @Test
    void aTaggedFrameIsOfAnotherVlan() {
        assertThat(read(Frames.tagged(Frames.solicitation()))).isEqualTo(Flaw.TAGGED);
    }

    @Test
    void theAnswerToAQuestionComesFromTheTargetWithoutOverride() {
        byte[] out = new byte[NeighborMessage.MESSAGE_LENGTH];

        NeighborMessage.writeSolicited(
                out, 0x0200_0000_0002L, 0x0200_0000_0001L, 0xfe80L << 48, 1, 0xfd96L << 48, 0x100);

        assertThat(out).isEqualTo(Frames.sealed(out));
        assertThat(HexFormat.of().formatHex(out, 0, 54))
                .isEqualTo("020000000001" + "020000000002" + "86dd" + "60000000" + "0020" + "3aff"
                        + "fd960000000000000000000000000100" + "fe800000000000000000000000000001");
        assertThat(HexFormat.of().formatHex(out, 58, 86))
                .isEqualTo("40000000" + "fd960000000000000000000000000100" + "0201" + "020000000002");
    }

    @Test
    void whatNobodyAskedForGoesToAllNodesWithOverride() {
        byte[] out = new byte[NeighborMessage.MESSAGE_LENGTH];

        NeighborMessage.writeUnsolicited(out, 0x0200_0000_0002L, 0xfd96L << 48, 0x100);

        assertThat(out).isEqualTo(Frames.sealed(out));
        assertThat(HexFormat.of().formatHex(out, 0, 6)).isEqualTo("333300000001");
        assertThat(HexFormat.of().formatHex(out, 38, 54)).isEqualTo("ff020000000000000000000000000001");
        assertThat(HexFormat.of().formatHex(out, 58, 62)).isEqualTo("20000000");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsWrittenIsReadBack(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] frame = new byte[NeighborMessage.MESSAGE_LENGTH];
        for (int i = 0; i < 10_000; i++) {
            long high = random.nextLong() >>> 8;
            long low = random.nextLong();
            long mac = random.nextLong() >>> 16;
            NeighborMessage.writeSolicitation(frame, mac, 0xfe80L << 48, random.nextLong(), high, low);

            assertThat(read(frame)).as("seed %d", seed).isEqualTo(Flaw.NONE);
            assertThat(message.targetHigh()).isEqualTo(high);
            assertThat(message.targetLow()).isEqualTo(low);
            assertThat(message.linkLayer()).isEqualTo(mac);
        }
    }
}
