package org.heraldlb.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.bgp;
import static org.heraldlb.testkit.Intents.intent;
import static org.heraldlb.testkit.Intents.name;
import static org.heraldlb.testkit.Intents.slice;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.heraldlb.api.intent.BgpAdvertisement.Attributes;
import org.heraldlb.api.intent.BgpAdvertisement.Weighting;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.core.plan.SteadyWeights.Rule;
import org.heraldlb.testkit.SliceBuilder;
import org.junit.jupiter.api.Test;

final class SteadyWeightsTest {

    private static final Rule RULE = new Rule(25, Duration.ofSeconds(5));
    private static final long SECOND = 1_000_000_000L;

    private final SteadyWeights weights = new SteadyWeights();
    private long nowNanos = Long.MAX_VALUE - SECOND;

    private static Intent with(int endpoints, Weighting weighting) {
        SliceBuilder slice = slice("s");
        for (int i = 0; i < endpoints; i++) {
            slice.ready("n1", "10.1.0." + i);
        }
        return intent().with(
                        bgp("ad")
                                .attributes(new Attributes(
                                        OptionalLong.empty(), List.of(), OptionalLong.empty(), 0, weighting))
                                .build(),
                        slice.ready("n2", "10.2.0.1").build())
                .build();
    }

    /** What is told after {@code seconds}, for so many endpoints. */
    private int told(int seconds, int endpoints) {
        nowNanos += seconds * SECOND;
        return weights.weights(with(endpoints, Weighting.MED), "n1", RULE, nowNanos)
                .getOrDefault(name("s"), endpoints);
    }

    @Test
    void theFirstAndTheLastCountAtOnce() {
        assertThat(told(0, 4)).isEqualTo(4);
        assertThat(told(0, 0)).isZero();
        assertThat(told(0, 1)).isEqualTo(1);
    }

    @Test
    void aChangeCountsWhenItHasLasted() {
        told(0, 4);
        assertThat(told(1, 8)).isEqualTo(4);
        assertThat(weights.nanosToNext(RULE, nowNanos)).isEqualTo(5 * SECOND);
        assertThat(told(4, 8)).isEqualTo(4);
        assertThat(told(1, 8)).isEqualTo(8);
        assertThat(weights.nanosToNext(RULE, nowNanos)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aFlutterIsNeverTold() {
        told(0, 4);
        for (int i = 0; i < 20; i++) {
            assertThat(told(2, 2)).isEqualTo(4);
            assertThat(told(2, 4)).isEqualTo(4);
        }
    }

    @Test
    void aSmallChangeIsNotTold() {
        told(0, 8);
        assertThat(told(1, 9)).isEqualTo(8);
        assertThat(told(100, 9)).isEqualTo(8);
        assertThat(told(1, 10)).isEqualTo(8);
        assertThat(told(5, 10)).isEqualTo(10);
    }

    @Test
    void whereNobodyWeighsNothingIsHeldBack() {
        told(0, 4);
        told(0, 2);
        assertThat(weights.weights(with(2, Weighting.NONE), "n1", RULE, nowNanos))
                .isEmpty();
        assertThat(told(0, 3)).isEqualTo(3);
    }
}
