package org.heraldlb.l2.responder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.heraldlb.api.net.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClaimsTest {

    private static Claim claim(IpAddress address) {
        return new Claim(address, true, new AddressCounts());
    }

    @Test
    void theEmptySetHasNothing() {
        assertThat(Claims.NONE.v4(0)).isNull();
        assertThat(Claims.NONE.v6(0, 0)).isNull();
        assertThat(Claims.NONE.size()).isZero();
    }

    @Test
    void theFamiliesDoNotMix() {
        Claims claims = new Claims(List.of(claim(IpAddress.parse("0.0.0.1"))));

        assertThat(claims.v4(1)).isNotNull();
        assertThat(claims.v6(0, 1)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itFindsWhatAMapFinds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int size : new int[] {1, 2, 3, 7, 8, 100, 10_000}) {
            Map<IpAddress, Claim> model = model(random, size);
            Claims claims = new Claims(new ArrayList<>(model.values()));
            for (int i = 0; i < 2 * size; i++) {
                IpAddress address = address(random, size);
                Claim found =
                        address.isV4() ? claims.v4((int) address.low()) : claims.v6(address.high(), address.low());
                assertThat(found)
                        .as("seed %d, size %d, %s", seed, size, address)
                        .isSameAs(model.get(address));
            }
            assertThat(claims.size()).isEqualTo(model.size());
        }
    }

    private static Map<IpAddress, Claim> model(SplittableRandom random, int size) {
        Map<IpAddress, Claim> model = new HashMap<>();
        for (int i = 0; i < size; i++) {
            IpAddress address = address(random, size);
            model.put(address, claim(address));
        }
        return model;
    }

    private static IpAddress address(SplittableRandom random, int size) {
        int number = random.nextInt(2 * size);
        return random.nextBoolean() ? IpAddress.v4(0x0a00_0000 + number) : IpAddress.v6(0xfd96L << 48, number);
    }
}
