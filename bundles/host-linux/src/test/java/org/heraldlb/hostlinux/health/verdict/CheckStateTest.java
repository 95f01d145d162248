package org.heraldlb.hostlinux.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.heraldlb.api.intent.HealthCheck.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckStateTest {

    private static Schedule schedule(int rise, int fall) {
        return new Schedule(Duration.ofSeconds(2), Duration.ofSeconds(1), rise, fall);
    }

    /** Results in order: {@code +} passes, {@code -} fails. */
    private static CheckState after(String results, Schedule schedule) {
        CheckState state = CheckState.STARTING;
        for (char result : results.toCharArray()) {
            state = state.after(result == '+', schedule);
        }
        return state;
    }

    @ParameterizedTest
    @CsvSource({
        "'',false",
        "+,false",
        "++,true",
        "+-+,false",
        "-++,true",
        "+-++,true",
        "++-,true",
        "++--,true",
        "++---,false",
        "++--+--,true",
        "++---+,false",
        "++---++,true",
        "++---+-+,false",
        "++---+-++,true",
        "-----++,true",
        "-----+-+,false"
    })
    void risesAfterTwoAndFallsAfterThree(String results, boolean healthy) {
        assertThat(after(results, schedule(2, 3)).healthy()).isEqualTo(healthy);
    }

    @ParameterizedTest
    @CsvSource({"+,true", "+-,false", "-,false", "-+,true", "+-+,true"})
    void oneAndOneFollowsEachResult(String results, boolean healthy) {
        assertThat(after(results, schedule(1, 1)).healthy()).isEqualTo(healthy);
    }

    @ParameterizedTest
    @CsvSource({"'',false", "-,false", "--,false", "---,true", "--+--,false", "--+---,true", "+,false", "++,true"})
    void isSettledOnceResultsHaveEarnedTheVerdict(String results, boolean settled) {
        assertThat(after(results, schedule(2, 3)).settled()).isEqualTo(settled);
    }

    @ParameterizedTest
    @CsvSource({"'',false", "+,true", "++,false", "-,false", "-+,true", "---+,false", "++---+,false"})
    void isEagerWhileTheFirstVerdictIsNear(String results, boolean eager) {
        assertThat(after(results, schedule(2, 3)).isEager()).isEqualTo(eager);
    }

    @Test
    void anEagerTryDoesNotWait() {
        assertThat(after("+", schedule(2, 3)).nextTryNanos(schedule(2, 3), 0, 5))
                .isEqualTo(5);
    }

    @Test
    void triesStartAnIntervalApartHoweverLongTheyTake() {
        Schedule schedule = schedule(2, 3);
        long interval = schedule.interval().toNanos();
        CheckState settled = after("++", schedule);
        long start = Long.MAX_VALUE - 10;
        assertThat(settled.nextTryNanos(schedule, start, start + 1)).isEqualTo(start + interval);
        assertThat(settled.nextTryNanos(schedule, start, start + interval + 1)).isEqualTo(start + interval + 1);
    }

    /** The state against its definition: the last rise, or fall, results alike turn the verdict. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theVerdictIsThatOfTheLastLongEnoughRun(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Schedule schedule = schedule(1 + random.nextInt(4), 1 + random.nextInt(4));
        CheckState state = CheckState.STARTING;
        boolean healthy = false;
        int run = 0;
        boolean last = false;
        for (int i = 0; i < 2_000; i++) {
            boolean success = random.nextInt(3) > 0;
            run = i > 0 && success == last ? run + 1 : 1;
            last = success;
            healthy = run >= (success ? schedule.rise() : schedule.fall()) ? success : healthy;
            state = state.after(success, schedule);
            assertThat(state.healthy()).as("seed %d, result %d", seed, i).isEqualTo(healthy);
        }
    }
}
