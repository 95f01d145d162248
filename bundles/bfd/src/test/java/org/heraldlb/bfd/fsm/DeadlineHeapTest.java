package org.heraldlb.bfd.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DeadlineHeapTest {

    @Test
    void alwaysKnowsTheEarliestThroughARandomHistory() {
        SplittableRandom random = new SplittableRandom(11);
        DeadlineHeap heap = new DeadlineHeap();
        Map<Integer, Long> model = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            int slot = random.nextInt(200);
            if (random.nextInt(3) == 0) {
                heap.remove(slot);
                model.remove(slot);
            } else {
                long deadline = Long.MAX_VALUE - 500 + random.nextInt(1000);
                heap.set(slot, deadline);
                model.put(slot, deadline);
            }
            check(heap, model);
        }
    }

    private static void check(DeadlineHeap heap, Map<Integer, Long> model) {
        if (model.isEmpty()) {
            assertThat(heap.first()).isEqualTo(-1);
            return;
        }
        long base = Long.MAX_VALUE - 500;
        long earliest = model.values().stream().mapToLong(d -> d - base).min().getAsLong() + base;
        assertThat(heap.firstDeadline()).isEqualTo(earliest);
        assertThat(model.get(heap.first())).isEqualTo(earliest);
    }
}
