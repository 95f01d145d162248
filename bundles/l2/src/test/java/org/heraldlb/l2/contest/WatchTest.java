package org.heraldlb.l2.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.heraldlb.l2.contest.Watch.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatchTest {

    private static final long OWNER = 0x0200_0000_0001L;
    private static final long OTHER = 0x0200_0000_0009L;

    private final Watch watch = new Watch(Set.of(OWNER), 1, Watch.INTERVAL, 1, 0);

    /** A question, the answers to it, and the verdict. */
    private Finding round(long... answers) {
        assertThat(watch.due(watch.deadlineNanos())).isZero();
        for (long answer : answers) {
            watch.answered(answer);
        }
        assertThat(watch.due(watch.deadlineNanos())).isEqualTo(-1);
        return watch.finding();
    }

    @Test
    void theOwnerAnswers() {
        assertThat(watch.finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(round(OWNER)).isEqualTo(Finding.EXPECTED);
    }

    @Test
    void oneLostAnswerIsNoFault() {
        round(OWNER);

        assertThat(round()).isEqualTo(Finding.EXPECTED);
        assertThat(round()).isEqualTo(Finding.SILENT);
        assertThat(round(OWNER)).isEqualTo(Finding.EXPECTED);
    }

    @Test
    void somebodyElseCountsTheSecondTime() {
        assertThat(round(OTHER)).isEqualTo(Finding.UNKNOWN);
        assertThat(round(OTHER)).isEqualTo(Finding.OTHER);
        assertThat(watch.other()).isEqualTo(OTHER);
    }

    @Test
    void somebodyElseBesideTheOwnerCountsToo() {
        round(OWNER, OTHER);

        assertThat(round(OTHER, OWNER)).isEqualTo(Finding.OTHER);
    }

    @Test
    void anotherOwnerIsAnotherStory() {
        round(OTHER);
        watch.expect(Set.of(OTHER), 1, Watch.INTERVAL);

        assertThat(watch.finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(round(OTHER)).isEqualTo(Finding.EXPECTED);
    }

    @Test
    void whereNobodyIsExpectedAnybodyMayAnswer() {
        watch.expect(Set.of(), 1, Watch.INTERVAL);

        assertThat(round(OTHER)).isEqualTo(Finding.EXPECTED);
    }

    @Test
    void itIsSilentOnlyWhenNoInterfaceHasAnAnswer() {
        Watch two = new Watch(Set.of(OWNER), 2, Watch.INTERVAL, 1, 0);
        for (int i = 0; i < 8; i++) {
            if (two.due(two.deadlineNanos()) == 1) {
                two.answered(OWNER);
            }
            two.due(two.deadlineNanos());
        }

        assertThat(two.finding()).isEqualTo(Finding.EXPECTED);
    }

    @Test
    void withoutAnInterfaceNothingIsAsked() {
        watch.expect(Set.of(OWNER), 0, Watch.INTERVAL);

        assertThat(watch.due(watch.deadlineNanos())).isEqualTo(-1);
        assertThat(watch.finding()).isEqualTo(Finding.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void atMostOneQuestionInFiveSeconds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Watch some = new Watch(Set.of(OWNER), 3, Watch.INTERVAL, seed, 0);
        long asked = -Watch.INTERVAL;
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            if (random.nextInt(10) == 0) {
                some.expect(Set.of((long) random.nextInt(3)), 1 + random.nextInt(3), Watch.INTERVAL);
            }
            now = some.deadlineNanos() + random.nextLong(1000);
            if (some.due(now) >= 0) {
                assertThat(now - asked).isGreaterThanOrEqualTo(Watch.INTERVAL);
                asked = now;
            }
        }
    }

    @Test
    void questionsSpreadOverTheInterval() {
        int[] buckets = new int[10];
        for (int i = 0; i < 1000; i++) {
            long start = new Watch(Set.of(), 1, Watch.INTERVAL, 0xc000_0200L + i, 0).deadlineNanos();
            buckets[(int) (start * 10 / Watch.INTERVAL)]++;
        }

        assertThat(Arrays.stream(buckets).boxed()).allMatch(count -> count > 50 && count < 150);
    }
}
