package org.heraldlb.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LatestWinsTest {

    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final List<String> handled = new ArrayList<>();

    @Test
    void handlesOnlyTheNewestOffer() {
        LatestWins<String> box = new LatestWins<>(loop::add, handled::add);
        box.offer("a");
        box.offer("b");
        assertThat(loop).hasSize(1);
        loop.remove().run();
        box.offer("c");
        loop.remove().run();
        assertThat(handled).containsExactly("b", "c");
    }

    @Test
    void backOffGrowsToItsLimitAndJittersBelowIt() {
        Backoff backoff =
                new Backoff.Policy(Duration.ofMillis(100), Duration.ofMillis(300), 2, 0.5).start(new Random(1));
        long[] limits = {100, 200, 300, 300, 300};
        for (long limit : limits) {
            assertThat(backoff.nextNanos()).isBetween(limit * 500_000, limit * 1_000_000);
        }
    }

    @Test
    void aDifferenceNamesEveryKeyOnce() {
        Diff<String, Integer> diff =
                Diff.between(Map.of("gone", 1, "same", 2, "other", 3), Map.of("same", 2, "other", 4, "new", 5));
        assertThat(diff.removed()).containsExactly("gone");
        assertThat(diff.changed()).containsExactly(Map.entry("other", 4));
        assertThat(diff.added()).containsExactly(Map.entry("new", 5));
        assertThat(diff.kept()).containsExactly("same");
        assertThat(diff.isEmpty()).isFalse();
        assertThat(Diff.between(Map.of("a", 1), Map.of("a", 1)).isEmpty()).isTrue();
    }
}
