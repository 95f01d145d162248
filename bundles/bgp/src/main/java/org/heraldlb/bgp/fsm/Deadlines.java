package org.heraldlb.bgp.fsm;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** When the running timers fire. Times are compared by difference, as {@code nanoTime} demands. */
final class Deadlines {

    private final Map<Timer, Long> running = new EnumMap<>(Timer.class);

    void start(Timer timer, long deadlineNanos) {
        running.put(timer, deadlineNanos);
    }

    void stop(Timer timer) {
        running.remove(timer);
    }

    void stopAll() {
        running.clear();
    }

    boolean isRunning(Timer timer) {
        return running.containsKey(timer);
    }

    /** The running timer that fires first, null when none runs. */
    Timer first() {
        Timer first = null;
        for (Map.Entry<Timer, Long> entry : running.entrySet()) {
            if (first == null || entry.getValue() - running.get(first) < 0) {
                first = entry.getKey();
            }
        }
        return first;
    }

    OptionalLong deadline(Timer timer) {
        Long deadline = timer == null ? null : running.get(timer);
        return deadline == null ? OptionalLong.empty() : OptionalLong.of(deadline);
    }
}
