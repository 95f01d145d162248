package org.heraldlb.k8ssource.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {

    @Test
    void aBurstAndThenSoManyASecond() {
        Pace pace = new Pace(10, 3, 0);
        assertThat(taken(pace, 0)).isEqualTo(3);
        long next = pace.waitNanos();
        assertThat(Duration.ofNanos(next)).isEqualTo(Duration.ofMillis(100));
        assertThat(pace.take(next)).isTrue();
        assertThat(pace.take(next)).isFalse();
    }

    @Test
    void aLongPauseFillsNoMoreThanTheBucket() {
        Pace pace = new Pace(10, 2, 0);
        long later = Duration.ofHours(1).toNanos();
        assertThat(taken(pace, later)).isEqualTo(2);
    }

    private static int taken(Pace pace, long nowNanos) {
        int taken = 0;
        while (pace.take(nowNanos)) {
            taken++;
        }
        return taken;
    }

    @Test
    void workTakesATenthOfTheTimeAndNoRestIsLongerThanASecond() {
        assertThat(Pace.restNanos(0)).isZero();
        assertThat(Pace.restNanos(8_000_000)).isEqualTo(72_000_000);
        assertThat(Pace.restNanos(60_000_000_000L)).isEqualTo(1_000_000_000);
    }
}
