package org.heraldlb.hostlinux.health.verdict;

import org.heraldlb.api.intent.HealthCheck.Schedule;

/**
 * Where a check stands. A check starts unhealthy; {@code rise} successes in a row make it healthy, {@code fall} failures
 * in a row make it unhealthy again.
 *
 * @param healthy the verdict
 * @param settled false until the first verdict that results have earned
 * @param streak results in a row that speak against the verdict; below zero, failures in a row before the first verdict
 */
public record CheckState(boolean healthy, boolean settled, int streak) {

    /** Before the first result. */
    public static final CheckState STARTING = new CheckState(false, false, 0);

    /** The state after one more result. */
    public CheckState after(boolean success, Schedule schedule) {
        if (!settled && !success) {
            return failedAtStart(schedule);
        }
        if (success == healthy) {
            return new CheckState(healthy, settled, 0);
        }
        int next = streak < 0 ? 1 : streak + 1;
        boolean turns = next >= (healthy ? schedule.fall() : schedule.rise());
        return turns ? new CheckState(!healthy, true, 0) : new CheckState(healthy, settled, next);
    }

    /** Failures at the start count below zero: they confirm the verdict, and enough of them settle it. */
    private CheckState failedAtStart(Schedule schedule) {
        int failures = Math.min(streak, 0) - 1;
        return -failures >= schedule.fall() ? new CheckState(false, true, 0) : new CheckState(false, false, failures);
    }

    /** True while a first verdict is one success or more nearer: the next try need not wait. */
    public boolean isEager() {
        return !settled && streak > 0;
    }

    /**
     * When the next try starts.
     *
     * @param startedNanos when the last one started
     * @param nowNanos not before this
     */
    public long nextTryNanos(Schedule schedule, long startedNanos, long nowNanos) {
        long regular = startedNanos + schedule.interval().toNanos();
        return isEager() || regular - nowNanos < 0 ? nowNanos : regular;
    }
}
