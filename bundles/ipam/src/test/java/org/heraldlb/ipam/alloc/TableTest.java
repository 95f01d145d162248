package org.heraldlb.ipam.alloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    /** Collides on purpose. */
    private record Key(int value) {
        @Override
        public int hashCode() {
            return value % 7;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void behaves_as_a_hash_map(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Key, Integer> model = new HashMap<>();
        Table<Key, Integer> table = new Table<>();
        for (int step = 0; step < 5_000; step++) {
            Key key = new Key(random.nextInt(60));
            if (random.nextBoolean()) {
                model.put(key, step);
                table.put(key, step);
            } else {
                assertThat(table.remove(key)).as("seed %d step %d", seed, step).isEqualTo(model.remove(key));
            }
            Key other = new Key(random.nextInt(60));
            assertThat(table.get(other)).as("seed %d step %d", seed, step).isEqualTo(model.get(other));
            assertThat(table.size()).isEqualTo(model.size());
        }
    }
}
