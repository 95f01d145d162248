package org.heraldlb.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimerQueueTest {

    // Not a constant: the sums below overflow on purpose, as a monotonic clock may.
    private final long start = Long.parseLong("9223372036854775802");

    private final TimerQueue timers = new TimerQueue();
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsInOrderOfDeadlineThenOfScheduling() {
        timers.schedule("b", start + 2, () -> ran.add("b"));
        timers.schedule("a", start + 1, () -> ran.add("a"));
        timers.schedule("c", start + 2, () -> ran.add("c"));
        runUntil(start + 2);
        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void staysInOrderWhereTheClockWrapsAround() {
        timers.schedule("after", start + 10, () -> ran.add("after"));
        timers.schedule("before", start + 1, () -> ran.add("before"));
        runUntil(start + 10);
        assertThat(ran).containsExactly("before", "after");
    }

    @Test
    void aSecondTriggerOfATagKeepsTheEarlierDeadline() {
        timers.schedule("x", start + 5, () -> ran.add("late"));
        timers.schedule("x", start + 2, () -> ran.add("early"));
        timers.schedule("x", start + 9, () -> ran.add("later"));
        runUntil(start + 20);
        assertThat(ran).containsExactly("early");
    }

    @Test
    void reschedulingReplacesAndCancellingForgets() {
        timers.schedule("x", start + 1, () -> ran.add("old"));
        timers.reschedule("x", start + 3, () -> ran.add("new"));
        timers.schedule("y", start + 1, () -> ran.add("y"));
        timers.cancel("y");
        assertThat(timers.nanosToNext(start)).isEqualTo(3);
        runUntil(start + 3);
        assertThat(ran).containsExactly("new");
        assertThat(timers.nanosToNext(start)).isEqualTo(Long.MAX_VALUE);
    }

    private void runUntil(long now) {
        for (Runnable task = timers.pollDue(now); task != null; task = timers.pollDue(now)) {
            task.run();
        }
    }
}
