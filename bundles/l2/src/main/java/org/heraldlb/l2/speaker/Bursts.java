package org.heraldlb.l2.speaker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.runtime.EventLoop;

/**
 * Says unasked where addresses are, as often as the schedule wants, for as long as they are there. Repetitions cost
 * little and a lost first frame would leave clients with the old MAC address for minutes.
 */
final class Bursts {

    private final EventLoop loop;
    private final List<Duration> schedule;
    private long started;

    Bursts(EventLoop loop, List<Duration> schedule) {
        this.loop = loop;
        this.schedule = schedule;
    }

    /** Starts one for what is news at each station; the first round goes out now when the schedule starts at zero. */
    void start(Map<Station, List<IpAddress>> news) {
        if (!news.isEmpty()) {
            round(Map.copyOf(news), "burst-" + started++, loop.ticker().nanos(), 0);
        }
    }

    private void round(Map<Station, List<IpAddress>> news, String tag, long startNanos, int next) {
        int due = next;
        long elapsed = loop.ticker().nanos() - startNanos;
        while (due < schedule.size() && schedule.get(due).toNanos() <= elapsed) {
            due++;
        }
        if (due > next) {
            news.forEach((station, addresses) -> addresses.forEach(station::announce));
        }
        if (due < schedule.size()) {
            int following = due;
            loop.reschedule(
                    tag, startNanos + schedule.get(due).toNanos(), () -> round(news, tag, startNanos, following));
        }
    }
}
