package org.heraldlb.k8ssource.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LullTest {

    private static final long BORN = -1000;
    private final Lull lull = new Lull(Duration.ofNanos(20), Duration.ofNanos(50));

    @Test
    void looksOnceItIsQuiet() {
        assertThat(lull.changed(BORN)).isEqualTo(BORN + 20);
        assertThat(lull.changed(BORN + 15)).isEqualTo(BORN + 35);
    }

    @Test
    void waitsNoLongerThanSoLongAfterTheFirst() {
        lull.changed(BORN);
        assertThat(lull.changed(BORN + 45)).isEqualTo(BORN + 50);
        assertThat(lull.changed(BORN + 60)).as("late already").isEqualTo(BORN + 50);
    }

    @Test
    void beginsAnewAfterALook() {
        lull.changed(BORN);
        lull.looked(BORN + 50, BORN + 50);
        assertThat(lull.changed(BORN + 60)).isEqualTo(BORN + 80);
    }

    @Test
    void restsAfterALongLook() {
        lull.changed(BORN);
        lull.looked(BORN + 50, BORN + 60);
        assertThat(lull.changed(BORN + 61)).isEqualTo(BORN + 60 + 90);
        assertThat(lull.changed(BORN + 200)).as("late already").isEqualTo(BORN + 150);
    }
}
