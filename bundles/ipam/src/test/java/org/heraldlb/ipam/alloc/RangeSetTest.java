package org.heraldlb.ipam.alloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.net.IpRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeSetTest {

    private static IpRange range(String first, String last) {
        return new IpRange(IpAddress.parse(first), IpAddress.parse(last));
    }

    @Test
    void an_empty_set_misses_everything() {
        assertThat(new RangeSet().missingOf(range("10.0.0.1", "10.0.0.9")))
                .containsExactly(range("10.0.0.1", "10.0.0.9"));
    }

    @Test
    void families_do_not_touch_each_other_not_even_at_their_ends() {
        RangeSet set = new RangeSet();
        set.add(IpPrefix.parse("0.0.0.0/0").range());
        assertThat(set.missingOf(IpPrefix.parse("::/0").range()))
                .containsExactly(IpPrefix.parse("::/0").range());
        set.add(IpPrefix.parse("::/0").range());
        assertThat(set.missingOf(IpPrefix.parse("ffff::/16").range())).isEmpty();
        assertThat(set.missingOf(range("255.255.255.255", "255.255.255.255"))).isEmpty();
    }

    @Test
    void steps_over_the_border_between_the_halves_of_an_ipv6_address() {
        RangeSet set = new RangeSet();
        set.add(range("fd00:0:0:1::", "fd00:0:0:1::5"));
        assertThat(set.missingOf(range("fd00::", "fd00:0:0:1::9")))
                .containsExactly(range("fd00::", "fd00::ffff:ffff:ffff:ffff"), range("fd00:0:0:1::6", "fd00:0:0:1::9"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void subtracts_as_a_bit_set(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            RangeSet set = new RangeSet();
            BitSet model = new BitSet();
            for (int i = 0; i < random.nextInt(6); i++) {
                int first = random.nextInt(60);
                int last = first + random.nextInt(12);
                set.add(new IpRange(IpAddress.v4(first), IpAddress.v4(last)));
                model.set(first, last + 1);
            }
            int first = random.nextInt(60);
            int last = first + random.nextInt(30);
            BitSet missing = new BitSet();
            List<IpRange> parts = set.missingOf(new IpRange(IpAddress.v4(first), IpAddress.v4(last)));
            parts.forEach(part ->
                    missing.set((int) part.first().low(), (int) part.last().low() + 1));
            BitSet expected = new BitSet();
            expected.set(first, last + 1);
            expected.andNot(model);
            assertThat(missing).as("seed %d round %d", seed, round).isEqualTo(expected);
        }
    }
}
