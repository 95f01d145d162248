package org.heraldlb.bfd.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.api.bfd.BfdAuthentication.Type;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.bfd.packet.ControlPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AuthenticatorTest {

    private static Authenticator make(Type type, int keyId, String key) {
        return Authenticators.create(new BfdAuthentication(type, keyId, new SecretValue(key)), new Sequence(4));
    }

    private static ByteBuffer packet(Authenticator by, BfdState state) {
        ByteBuffer out = ByteBuffer.allocate(ControlPacket.MAX_LENGTH);
        ControlPacket.putHead(out, state, 0, ControlPacket.AUTHENTICATION, 3, ControlPacket.LENGTH + by.length());
        out.putInt(7).putInt(8).putInt(50_000).putInt(50_000).putInt(0);
        by.sign(out);
        return out.flip();
    }

    private static boolean accepts(Authenticator by, ByteBuffer bytes) {
        ControlPacket packet = new ControlPacket().on(bytes);
        return packet.malformed() == null && by.accept(packet);
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void acceptsWhatTheSameKeySigned(Type type) {
        Authenticator sender = make(type, 9, "secret");
        Authenticator receiver = make(type, 9, "secret");
        for (int i = 0; i < 20; i++) {
            assertThat(accepts(receiver, packet(sender, BfdState.UP))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void refusesAnotherKeyAnotherKeyIdAndNoKey(Type type) {
        Authenticator sender = make(type, 9, "secret");
        assertThat(accepts(make(type, 9, "secreT"), packet(sender, BfdState.UP)))
                .isFalse();
        assertThat(accepts(make(type, 8, "secret"), packet(sender, BfdState.UP)))
                .isFalse();
        assertThat(accepts(Authenticator.NONE, packet(sender, BfdState.UP))).isFalse();
        ByteBuffer plain = ByteBuffer.allocate(24);
        ControlPacket.putHead(plain, BfdState.UP, 0, 0, 3, 24);
        plain.putInt(7).putInt(8).putInt(50_000).putInt(50_000).putInt(0);
        assertThat(accepts(make(type, 9, "secret"), plain.flip())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = Type.class, mode = EnumSource.Mode.EXCLUDE, names = "SIMPLE_PASSWORD")
    void refusesAPacketWithAnyBitChanged(Type type) {
        Authenticator receiver = make(type, 9, "secret");
        byte[] good = bytes(packet(make(type, 9, "secret"), BfdState.UP));
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(accepts(receiver, ByteBuffer.wrap(bad)))
                    .as("bit %d", bit)
                    .isFalse();
        }
        assertThat(accepts(receiver, ByteBuffer.wrap(good))).isTrue();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Test
    void theDigestIsThatOfThePacketWithThePaddedKeyInItsPlace() throws Exception {
        byte[] signed = bytes(packet(make(Type.METICULOUS_KEYED_SHA1, 9, "secret"), BfdState.UP));
        byte[] withKey = signed.clone();
        Arrays.fill(withKey, 32, 52, (byte) 0);
        System.arraycopy("secret".getBytes("UTF-8"), 0, withKey, 32, 6);
        byte[] expected = MessageDigest.getInstance("SHA-1").digest(withKey);
        assertThat(Arrays.copyOfRange(signed, 32, 52)).isEqualTo(expected);
        assertThat(Arrays.copyOfRange(signed, 24, 28)).isEqualTo(new byte[] {5, 28, 9, 0});
    }

    @ParameterizedTest
    @CsvSource({"KEYED_MD5, true", "METICULOUS_KEYED_MD5, false", "KEYED_SHA1, true", "METICULOUS_KEYED_SHA1, false"})
    void onlyTheMeticulousFormsRefuseAReplay(Type type, boolean accepted) {
        Authenticator receiver = make(type, 9, "secret");
        ByteBuffer packet = packet(make(type, 9, "secret"), BfdState.UP);
        assertThat(accepts(receiver, packet)).isTrue();
        assertThat(accepts(receiver, packet)).isEqualTo(accepted);
    }

    @Test
    void refusesSequenceNumbersOutsideTheWindowUntilThePeerWasForgotten() {
        Authenticator sender = make(Type.METICULOUS_KEYED_MD5, 9, "secret");
        Authenticator receiver = make(Type.METICULOUS_KEYED_MD5, 9, "secret");
        assertThat(accepts(receiver, packet(sender, BfdState.UP))).isTrue();
        ByteBuffer last = packet(sender, BfdState.UP);
        for (int i = 0; i < 9; i++) {
            last = packet(sender, BfdState.UP);
        }
        assertThat(accepts(receiver, last))
                .as("10 ahead with a multiplier of 3")
                .isFalse();
        receiver.forgetSequence();
        assertThat(accepts(receiver, last)).isTrue();
    }

    @Test
    void theKeyedFormsCountOnlyWhenTheContentsChange() {
        Authenticator sender = make(Type.KEYED_MD5, 9, "secret");
        int first = packet(sender, BfdState.UP).getInt(28);
        assertThat(packet(sender, BfdState.UP).getInt(28)).isEqualTo(first);
        assertThat(packet(sender, BfdState.DOWN).getInt(28)).isEqualTo(first + 1);
    }

    @ParameterizedTest
    @CsvSource({"SIMPLE_PASSWORD, 256, a", "KEYED_MD5, 1, 12345678901234567", "KEYED_SHA1, 1, 123456789012345678901"})
    void refusesKeysThatDoNotFitWithoutShowingThem(Type type, int keyId, String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> make(type, keyId, key))
                .withMessageNotContaining(key + "1")
                .withMessageContaining("key");
    }
}
