package org.heraldlb.l2.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class L2SettingsTest {

    @Test
    void wordsAreSeparatedByBlanksOrCommas() {
        L2Settings settings = L2Settings.parse(" ^a, ^b  ^c", "20,0 10");

        assertThat(settings.rules().excluded()).hasSize(3);
        assertThat(settings.schedule()).containsExactly(Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(20));
    }

    @Test
    void nothingMayBeExcluded() {
        assertThat(L2Settings.parse("", "0").rules().excluded()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.5"})
    void aScheduleOfAnythingElseIsRefused(String schedule) {
        assertThatThrownBy(() -> L2Settings.parse("", schedule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gratuitous.schedule");
    }
}
