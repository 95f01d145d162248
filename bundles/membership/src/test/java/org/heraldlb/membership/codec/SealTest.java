package org.heraldlb.membership.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final byte[] TEXT = "who is alive".getBytes(StandardCharsets.UTF_8);

    private final Seal one = new Seal("a key that all nodes share", new SecureRandom());
    private final Seal other = new Seal("a key that all nodes share", new SecureRandom());
    private final Seal stranger = new Seal("a key that nobody else has", new SecureRandom());

    private static byte[] open(Seal seal, byte[] bytes) {
        return seal.open(bytes, 0, bytes.length);
    }

    @Test
    void opensWhatTheSameKeyClosed() {
        for (int i = 0; i < 3; i++) {
            assertThat(open(other, one.close(TEXT, 0, TEXT.length))).isEqualTo(TEXT);
        }
    }

    @Test
    void noTwoMessagesAreAlike() {
        assertThat(one.close(TEXT, 0, TEXT.length)).isNotEqualTo(one.close(TEXT, 0, TEXT.length));
    }

    @Test
    void refusesAnotherKey() {
        assertThat(open(stranger, one.close(TEXT, 0, TEXT.length))).isNull();
    }

    @Test
    void refusesEveryChangedBitAndEveryCut() {
        byte[] sealed = one.close(TEXT, 0, TEXT.length);
        for (int i = 0; i < sealed.length * 8; i++) {
            byte[] changed = sealed.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            assertThat(open(other, changed)).as("bit %s", i).isNull();
        }
        for (int length = 0; length < sealed.length; length++) {
            assertThat(open(other, Arrays.copyOf(sealed, length))).isNull();
        }
    }
}
