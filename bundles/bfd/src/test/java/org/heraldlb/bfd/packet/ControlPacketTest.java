package org.heraldlb.bfd.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.heraldlb.api.bfd.BfdState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControlPacketTest {

    /** Up, no diagnostic, multiplier 3, my 0x11223344, your 0x55667788, 300 ms, 300 ms, echo 50 ms. */
    private static final String UP = "20c00318" + "11223344" + "55667788" + "000493e0" + "000493e0" + "0000c350";

    private static ControlPacket packet(String hex) {
        return new ControlPacket().on(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    @Test
    void readsEveryField() {
        ControlPacket packet = packet(UP);
        assertThat(packet.malformed()).isNull();
        assertThat(packet.state()).isEqualTo(BfdState.UP);
        assertThat(packet.diagnostic()).isZero();
        assertThat(packet.detectMultiplier()).isEqualTo(3);
        assertThat(packet.length()).isEqualTo(24);
        assertThat(packet.myDiscriminator()).isEqualTo(0x11223344);
        assertThat(packet.yourDiscriminator()).isEqualTo(0x55667788);
        assertThat(packet.desiredMinTxMicros()).isEqualTo(300_000);
        assertThat(packet.requiredMinRxMicros()).isEqualTo(300_000);
        assertThat(packet.requiredMinEchoRxMicros()).isEqualTo(50_000);
        assertThat(packet.has(ControlPacket.POLL)).isFalse();
    }

    @Test
    void readsFromTheBuffersPositionWithoutMovingIt() {
        ByteBuffer buffer =
                ByteBuffer.wrap(HexFormat.of().parseHex("ffff" + UP + "ff")).position(2);
        ControlPacket packet = new ControlPacket().on(buffer);
        assertThat(packet.malformed()).isNull();
        assertThat(packet.myDiscriminator()).isEqualTo(0x11223344);
        assertThat(buffer.position()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource({
        "20c003181122334455667788000493e0000493e00000c3, TOO_SHORT, 23 octets",
        "00c003181122334455667788000493e0000493e00000c350, VERSION, version 0",
        "40c003181122334455667788000493e0000493e00000c350, VERSION, version 2",
        "20c003171122334455667788000493e0000493e00000c350, LENGTH, length 23",
        "20c003191122334455667788000493e0000493e00000c350, LENGTH, longer than the payload",
        "20c403181122334455667788000493e0000493e00000c350, LENGTH, A bit without room for it",
        "20c000181122334455667788000493e0000493e00000c350, DETECT_MULT_ZERO, multiplier 0",
        "20c103181122334455667788000493e0000493e00000c350, MULTIPOINT, M bit",
        "20c003180000000055667788000493e0000493e00000c350, MY_DISCRIMINATOR_ZERO, my 0",
        "20f003181122334455667788000493e0000493e00000c350, POLL_AND_FINAL, P and F",
        "20c003181122334400000000000493e0000493e00000c350, YOUR_DISCRIMINATOR_ZERO, your 0 and Up",
        "208003181122334400000000000493e0000493e00000c350, YOUR_DISCRIMINATOR_ZERO, your 0 and Init",
        "204003181122334400000000000493e0000493e00000c350, , your 0 and Down",
        "200003181122334400000000000493e0000493e00000c350, , your 0 and AdminDown",
        "20c003181122334455667788000493e0000493e00000c350ff, , payload longer than the packet",
    })
    void discardsInTheOrderOfTheRfc(String hex, Discard reason, String what) {
        assertThat(packet(hex).malformed()).isEqualTo(reason);
    }

    @Test
    void noBytesMakeItThrow() {
        SplittableRandom random = new SplittableRandom(5880);
        ControlPacket packet = new ControlPacket();
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (packet.on(ByteBuffer.wrap(bytes)).malformed() == null) {
                assertThat(packet.state()).isNotNull();
                assertThat(packet.length()).isBetween(24, bytes.length);
            }
        }
    }

    @Test
    void everyPrefixOfAPacketIsTooShort() {
        byte[] whole = HexFormat.of().parseHex(UP);
        for (int length = 0; length < whole.length; length++) {
            ControlPacket packet = new ControlPacket().on(ByteBuffer.wrap(whole, 0, length));
            assertThat(packet.malformed()).isEqualTo(Discard.TOO_SHORT);
        }
    }
}
