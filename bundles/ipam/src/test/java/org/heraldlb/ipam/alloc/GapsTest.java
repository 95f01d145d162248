package org.heraldlb.ipam.alloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GapsTest {

    private static final int SIZE = 120;

    @Test
    void has_nothing_at_first() {
        Gaps gaps = new Gaps();
        assertThat(gaps.isEmpty()).isTrue();
        assertThat(gaps.lowest()).isEqualTo(Gaps.NONE);
        assertThat(gaps.atOrAfter(0)).isEqualTo(Gaps.NONE);
        assertThat(gaps.middleOfWidest()).isEqualTo(Gaps.NONE);
    }

    @Test
    void the_widest_row_there_is_costs_no_more_than_a_short_one() {
        Gaps gaps = new Gaps();
        gaps.add(0, Long.MAX_VALUE - 1);
        assertThat(gaps.middleOfWidest()).isEqualTo(Long.MAX_VALUE / 2);
        gaps.take(Long.MAX_VALUE - 1);
        gaps.take(0);
        assertThat(gaps.lowest()).isEqualTo(1);
        assertThat(gaps.atOrAfter(Long.MAX_VALUE - 1)).isEqualTo(Gaps.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answers_as_a_bit_set_over_random_histories(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Gaps gaps = new Gaps();
        BitSet free = new BitSet();
        gaps.add(0, SIZE - 1);
        free.set(0, SIZE);
        for (int step = 0; step < 4_000; step++) {
            int at = random.nextInt(SIZE);
            if (random.nextInt(100) < (step / 500 % 2 == 0 ? 70 : 30)) {
                gaps.take(at);
                free.clear(at);
            } else if (!free.get(at)) {
                gaps.add(at, at);
                free.set(at);
            }
            int from = random.nextInt(SIZE);
            assertThat(gaps.isFree(from)).as("seed %d step %d", seed, step).isEqualTo(free.get(from));
            assertThat(gaps.atOrAfter(from)).isEqualTo(free.nextSetBit(from));
            assertThat(gaps.lowest()).isEqualTo(free.nextSetBit(0));
            assertThat(gaps.middleOfWidest()).as("seed %d step %d", seed, step).isEqualTo(middle(free));
            assertThat(gaps.isEmpty()).isEqualTo(free.isEmpty());
        }
    }

    private static long middle(BitSet free) {
        int best = 0;
        long middle = Gaps.NONE;
        for (int first = free.nextSetBit(0); first >= 0; ) {
            int end = free.nextClearBit(first);
            if (end - first > best) {
                best = end - first;
                middle = first + (best - 1) / 2;
            }
            first = free.nextSetBit(end);
        }
        return middle;
    }
}
