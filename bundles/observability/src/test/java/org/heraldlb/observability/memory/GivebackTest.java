package org.heraldlb.observability.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.heraldlb.observability.memory.Giveback.Reading;
import org.junit.jupiter.api.Test;

final class GivebackTest {

    private final Giveback giveback = new Giveback();
    private long collections;

    /** @param mebibytes that are committed by now, after so many collections more */
    private boolean collects(int mebibytes, int more) {
        collections += more;
        return giveback.collects(new Reading((long) mebibytes << 20, collections));
    }

    /** Calm after a start, of which nothing can be given back; the rest after that is over. */
    private void settleAt(int mebibytes) {
        collects(mebibytes, 0);
        assertThat(collects(mebibytes, 0)).isTrue();
        assertThat(collects(mebibytes, 5)).isTrue();
        assertThat(collects(mebibytes, 5)).isTrue();
        assertThat(collects(mebibytes, 5)).isFalse();
        rest(mebibytes, 40);
    }

    private void rest(int mebibytes, int readings) {
        for (int i = 0; i < readings; i++) {
            assertThat(collects(mebibytes, 0)).isFalse();
        }
    }

    @Test
    void whatWasSettledIsNotCollectedAgain() {
        settleAt(60);
        for (int i = 0; i < 100; i++) {
            assertThat(collects(60 + i % 15, i % 2)).isFalse();
        }
    }

    @Test
    void aHeapThatHasGrownIsCollectedOnceThereIsCalm() {
        settleAt(60);
        assertThat(collects(120, 4)).isFalse();
        assertThat(collects(230, 9)).isFalse();
        assertThat(collects(230, 1)).isTrue();
    }

    @Test
    void itIsCollectedAsLongAsItShrinks() {
        settleAt(60);
        assertThat(collects(230, 0)).isTrue();
        int size = 230;
        for (int round = 0; round < 8; round++) {
            size -= 10;
            for (int plateau = 0; plateau < 3; plateau++) {
                assertThat(collects(size, 4)).isTrue();
            }
        }
        assertThat(collects(size, 4)).isFalse();
        assertThat(collects(size, 1)).isFalse();
    }

    @Test
    void aHeapThatGrowsAgainByItselfCostsNoMoreThanATryInTenMinutes() {
        settleAt(100);
        int collecting = 0;
        for (int reading = 0; reading < 1000; reading++) {
            collecting += collects(reading % 2 == 0 ? 150 : 110, 1) ? 1 : 0;
        }
        assertThat(collecting).isBetween(1, 1000 / 40 * 8);
    }

    @Test
    void smallStepsAreNoProgress() {
        settleAt(60);
        assertThat(collects(230, 0)).isTrue();
        assertThat(collects(229, 4)).isTrue();
        assertThat(collects(228, 4)).isTrue();
        assertThat(collects(227, 4)).isFalse();
    }

    @Test
    void anotherBurstInterruptsAndIsGivenBackLater() {
        settleAt(60);
        assertThat(collects(230, 0)).isTrue();
        assertThat(collects(220, 30)).as("it works again").isFalse();
        rest(240, 12);
        assertThat(collects(240, 0)).isTrue();
    }

    @Test
    void aHeapThatHasShrunkByItselfMayNotGrowAsFarAgain() {
        settleAt(200);
        assertThat(collects(80, 1)).isFalse();
        assertThat(collects(150, 1)).isTrue();
    }
}
