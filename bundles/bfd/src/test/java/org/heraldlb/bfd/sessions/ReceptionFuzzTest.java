package org.heraldlb.bfd.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.bfd.sessions.EngineLab.HERE;
import static org.heraldlb.bfd.sessions.EngineLab.THERE;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.net.IpFamily;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise from the peer's own address, which is the hardest to tell from the peer. */
@Timeout(300)
final class ReceptionFuzzTest {

    private static final int PACKETS = 20_000;
    private static final int OUR_PORT = 50_001;

    private static ByteBuffer noise(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(300) : 24];
        random.nextBytes(bytes);
        if (bytes.length >= 4 && random.nextInt(3) > 0) {
            bytes[0] = (byte) (0x20 | bytes[0] & 0x1f);
            bytes[1] &= (byte) 0xfa;
            bytes[3] = 24;
        }
        return ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noiseTakesNoSessionDownAndIsCounted(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        EngineLab lab = new EngineLab();
        TestRequest mine = TestRequest.to(THERE);
        TestRequest theirs = TestRequest.to(HERE);
        mine.timing = TestRequest.SLOW;
        theirs.timing = TestRequest.SLOW;
        try (lab) {
            BfdEngine here = lab.engine(HERE, seed);
            here.add(mine);
            lab.engine(THERE, seed + 1).add(theirs);
            mine.await(BfdState.UP);
            UdpSpec spec = new UdpSpec(IpFamily.IPV4, Optional.empty(), OUR_PORT, 255, 0, Optional.empty());
            try (UdpSocket attacker = lab.network.host(THERE).open(spec)) {
                for (int i = 0; i < PACKETS; i++) {
                    attacker.send(noise(random), HERE, 0, Ports.SINGLE_HOP);
                }
            }
            var shown = EngineLab.await(
                    here,
                    s -> s.discards().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                            >= PACKETS);
            assertThat(shown.sessions().get(0).packets().downs())
                    .as("seed " + seed)
                    .isZero();
            assertThat(shown.sessions().get(0).state().state()).isEqualTo(BfdState.UP);
        }
        assertThat(lab.network.isQuiet()).isTrue();
    }
}
