package org.heraldlb.bfd.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.heraldlb.api.bfd.BfdAuthentication;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.bfd.auth.Authenticator;
import org.heraldlb.bfd.auth.Keyring;

/**
 * Any bytes are judged without an exception, and what is let through is what RFC 5880 section 6.8.6 lets through. Without
 * a fuzzer the seeds run; with JAZZER_FUZZ=1 the fuzzer goes on from them.
 */
final class PacketFuzzTest {

    private final List<Authenticator> authenticators = Stream.concat(
                    Stream.of(Authenticator.NONE),
                    Stream.of(BfdAuthentication.Type.values())
                            .map(type -> new BfdAuthentication(type, 7, new SecretValue("sesam")))
                            .map(each -> new Keyring(Optional.of(each), new Random(1))))
            .toList();

    @FuzzTest(maxDuration = "45s")
    void anyBytesAreJudged(byte[] bytes) {
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        if (EchoPacket.isOne(packet)) {
            EchoPacket.discriminator(packet);
            EchoPacket.secret(packet);
            EchoPacket.sentNanos(packet);
        }
        ControlPacket seen = new ControlPacket().on(packet);
        if (seen.malformed() == null) {
            assertThat(seen.length()).isBetween(ControlPacket.LENGTH, bytes.length);
            assertThat(seen.detectMultiplier()).isPositive();
            assertThat(seen.myDiscriminator()).isNotZero();
            assertThat(seen.state()).isNotNull();
            for (Authenticator each : authenticators) {
                boolean taken = each.accept(seen);
                assertThat(taken && seen.has(ControlPacket.AUTHENTICATION) && each == Authenticator.NONE)
                        .isFalse();
                each.forgetSequence();
            }
        }
        assertThat(packet.position()).isZero();
    }
}
