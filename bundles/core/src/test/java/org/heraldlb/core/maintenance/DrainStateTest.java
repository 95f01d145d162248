package org.heraldlb.core.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.heraldlb.api.system.Maintenance.Phase;
import org.heraldlb.core.maintenance.DrainState.Waiting;
import org.junit.jupiter.api.Test;

final class DrainStateTest {

    private static final long START = Long.MAX_VALUE - 5;
    private static final DrainWaits WAITS = new DrainWaits(
            Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ofSeconds(2));

    private static DrainState after(DrainState state, Waiting waiting, long seconds) {
        return state.next(waiting, WAITS, START + Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void aNodeWithNothingToGiveAwayIsDrainedAtOnce() {
        DrainState state = after(DrainState.begin(START, false), new Waiting(false, false, false), 0);
        assertThat(state.phase()).isEqualTo(Phase.DRAINED);
        assertThat(after(state, new Waiting(true, true, true), 1000)).isSameAs(state);
    }

    @Test
    void layer2WaitsForTheOthersButNotForEver() {
        DrainState state = DrainState.begin(START, false);
        Waiting waiting = new Waiting(true, false, false);
        assertThat(after(state, waiting, 9)).isSameAs(state);
        assertThat(after(state, waiting, 10).phase()).isEqualTo(Phase.DRAINED);
        assertThat(state.nanosLeft(waiting, WAITS, START + Duration.ofSeconds(4).toNanos()))
                .isEqualTo(Duration.ofSeconds(6).toNanos());
    }

    @Test
    void routesAreMarkedThenWithdrawnThenTheSessionsEnd() {
        Waiting waiting = new Waiting(false, true, true);
        DrainState state = DrainState.begin(START, false);
        assertThat(after(state, waiting, 14)).isSameAs(state);
        DrainState withdrawing = after(state, waiting, 15);
        assertThat(withdrawing.phase()).isEqualTo(Phase.WITHDRAWING);
        assertThat(after(withdrawing, waiting, 17)).isSameAs(withdrawing);
        assertThat(after(withdrawing, waiting, 18).phase()).isEqualTo(Phase.DRAINED);
    }

    @Test
    void aProcessThatEndsHandsLayer2OverAndLeavesBgpAlone() {
        Waiting waiting = new Waiting(true, true, true);
        DrainState state = DrainState.begin(START, true);
        assertThat(after(state, waiting, 1)).isSameAs(state);
        assertThat(after(state, waiting, 2).phase()).isEqualTo(Phase.DRAINED);
        assertThat(after(state, new Waiting(false, true, true), 0).phase()).isEqualTo(Phase.DRAINED);
    }

    @Test
    void whoIsActiveStaysSo() {
        assertThat(after(DrainState.ACTIVE, new Waiting(false, false, false), 1))
                .isSameAs(DrainState.ACTIVE);
        assertThat(DrainState.ACTIVE.leaves()).isFalse();
        assertThat(DrainState.drained(START).leaves()).isTrue();
    }
}
