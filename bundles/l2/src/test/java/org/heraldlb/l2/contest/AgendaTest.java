package org.heraldlb.l2.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AgendaTest {

    private static final class Item implements Agenda.Entry {
        private long deadline;

        @Override
        public long deadlineNanos() {
            return deadline;
        }
    }

    private final Agenda<Item> agenda = new Agenda<>();

    @Test
    void theEmptyOneHasNothing() {
        assertThat(agenda.poll(Long.MAX_VALUE - 1)).isNull();
        assertThat(agenda.nextNanos(0, 0)).isEqualTo(Agenda.NEVER);
    }

    @Test
    void whoeverHasNoDeadlineIsNotOnIt() {
        Item item = new Item();
        item.deadline = Agenda.NEVER;
        agenda.put(item);

        assertThat(agenda.nextNanos(0, 0)).isEqualTo(Agenda.NEVER);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itGivesWhatAListGives(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            items.add(new Item());
        }
        List<Item> present = new ArrayList<>();
        long now = Long.MAX_VALUE - 5000;
        for (int step = 0; step < 5000; step++) {
            now += random.nextInt(5);
            Item item = items.get(random.nextInt(items.size()));
            if (random.nextInt(4) == 0) {
                agenda.remove(item);
                present.remove(item);
            } else {
                item.deadline = random.nextInt(10) == 0 ? Agenda.NEVER : now + random.nextInt(100);
                agenda.put(item);
                present.remove(item);
                present.add(item);
            }
            long moment = now;
            List<Item> due = present.stream()
                    .filter(each -> each.deadline != Agenda.NEVER && each.deadline - moment <= 0)
                    .toList();
            List<Item> got = new ArrayList<>();
            for (Item next = agenda.poll(now); next != null; next = agenda.poll(now)) {
                got.add(next);
            }
            assertThat(got).as("seed %d, step %d", seed, step).containsExactlyInAnyOrderElementsOf(due);
            present.removeAll(due);
            present.removeIf(each -> each.deadline == Agenda.NEVER);
        }
    }
}
