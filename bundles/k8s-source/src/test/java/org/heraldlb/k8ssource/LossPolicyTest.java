package org.heraldlb.k8ssource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.heraldlb.k8ssource.LossPolicy.Action;
import org.junit.jupiter.api.Test;

final class LossPolicyTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void decidesByTheTimeThatHasPassed() {
        assertThat(new LossPolicy(Action.HOLD, MINUTE)
                        .withdraws(Duration.ofDays(100).toNanos()))
                .isFalse();
        assertThat(new LossPolicy(Action.WITHDRAW, MINUTE).withdraws(0)).isTrue();
        LossPolicy holdFor = new LossPolicy(Action.HOLD_FOR, MINUTE);
        assertThat(holdFor.withdraws(MINUTE.toNanos() - 1)).isFalse();
        assertThat(holdFor.withdraws(MINUTE.toNanos())).isTrue();
    }

    @Test
    void isWrittenWithDashes() {
        assertThat(Action.parse(" hold-for ")).isEqualTo(Action.HOLD_FOR);
        assertThatThrownBy(() -> Action.parse("never")).hasMessageContaining("hold, hold-for or withdraw");
    }
}
