package org.heraldlb.bfd.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import org.heraldlb.api.bfd.BfdSessionTiming;
import org.junit.jupiter.api.Test;

final class LagGuardTest {

    private static final long MS = 1_000_000;
    private static final long MINUTE = 60_000 * MS;
    private static final BfdSessionTiming WANTED = new BfdSessionTiming(50_000, 40_000, 3, 0, true, 254);

    private long now = Long.MAX_VALUE - MINUTE / 2;
    private final LagGuard guard = new LagGuard(now);

    @Test
    void leavesAHostAloneThatKeepsItsTime() {
        assertThat(guard.observe(WANTED, 75 * MS, 150 * MS, now)).isFalse();
        assertThat(guard.stretched()).isFalse();
        assertThat(guard.stretch(WANTED)).isEqualTo(WANTED);
    }

    @Test
    void doublesBothIntervalsWhenATimerEndangersTheSession() {
        assertThat(guard.observe(WANTED, 76 * MS, 150 * MS, now)).isTrue();
        assertThat(guard.stretch(WANTED)).isEqualTo(new BfdSessionTiming(100_000, 80_000, 3, 0, true, 254));
        assertThat(guard.observe(WANTED, 76 * MS, 300 * MS, now)).isFalse();
        assertThat(guard.observe(WANTED, 151 * MS, 300 * MS, now)).isTrue();
        assertThat(guard.stretch(WANTED)).isEqualTo(new BfdSessionTiming(200_000, 160_000, 3, 0, true, 254));
    }

    @Test
    void goesAsFarAtOnceAsTheNextOneAsLateWouldNeed() {
        assertThat(guard.observe(WANTED, 900 * MS, 150 * MS, now)).isTrue();
        assertThat(guard.stretch(WANTED).desiredMinTxMicros()).isEqualTo(800_000);
        assertThat(guard.observe(WANTED, 900 * MS, 2400 * MS, now)).isFalse();
        assertThat(guard.lagMillis()).isEqualTo(900);
    }

    @Test
    void stretchesNothingBeyondASecondAndNothingThatIsSlowerAnyway() {
        for (int i = 0; i < 20; i++) {
            guard.observe(WANTED, 10_000 * MS, MS, now);
        }
        assertThat(guard.stretch(WANTED).desiredMinTxMicros()).isEqualTo(1_000_000);
        BfdSessionTiming slow = new BfdSessionTiming(5_000_000, 5_000_000, 3, 0, false, 254);
        assertThat(guard.stretch(slow)).isEqualTo(slow);
    }

    @Test
    void comesBackAfterAQuietMinute() {
        guard.observe(WANTED, 900 * MS, 150 * MS, now);
        now += MINUTE - 1;
        assertThat(guard.observe(WANTED, 0, 2400 * MS, now)).isFalse();
        now += 1;
        assertThat(guard.observe(WANTED, 75 * MS, 2400 * MS, now)).isTrue();
        assertThat(guard.stretched()).isFalse();
    }

    @Test
    void comesBackOnlyAsFarAsTheLastMinuteAllows() {
        guard.observe(WANTED, 900 * MS, 150 * MS, now);
        guard.observe(WANTED, 140 * MS, 2400 * MS, now + MINUTE / 2);
        now += MINUTE;
        assertThat(guard.observe(WANTED, 0, 2400 * MS, now)).isTrue();
        assertThat(guard.stretch(WANTED).desiredMinTxMicros()).isEqualTo(100_000);
        now += MINUTE;
        assertThat(guard.observe(WANTED, 0, 300 * MS, now)).isTrue();
        assertThat(guard.stretched()).isFalse();
    }

    @Test
    void refusesFromTheStartWhatTheHostCannotKeep() {
        assertThat(guard.admit(WANTED, 75 * MS, now)).isFalse();
        assertThat(guard.stretched()).isFalse();
        assertThat(guard.admit(WANTED, 160 * MS, now)).isTrue();
        assertThat(guard.stretch(WANTED)).isEqualTo(new BfdSessionTiming(200_000, 160_000, 3, 0, true, 254));
        assertThat(guard.lagMillis()).isEqualTo(160);
        guard.admit(WANTED, 0, now);
        assertThat(guard.stretched()).as("only quiet minutes undo it").isTrue();
    }
}
