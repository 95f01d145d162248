package org.heraldlb.l2.speaker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.l2.contest.Agenda;
import org.heraldlb.l2.contest.Watch;
import org.heraldlb.l2.contest.Watch.Finding;
import org.heraldlb.runtime.EventLoop;

/** Asks for the addresses of other nodes and looks who answers. The loop owns it. */
final class Watchdog {

    /** Questions within this time go out together: few frames at once cost less than as many wake-ups. */
    private static final long GRAIN_NANOS = 500_000_000L;
    /** No more questions than one in this time, on average; with many addresses each is asked for less often. */
    private static final long NANOS_PER_QUESTION = 1_000_000_000L / 32;

    private static final String TIMER = "watchdog";

    /** One watched address. */
    static final class Entry implements Agenda.Entry {
        private final Watch watch;
        private L2Watch order;
        private List<Station> stations;
        private Finding reported = Finding.UNKNOWN;
        private Instant since;
        private Station lastAsked;

        private Entry(Watch watch, L2Watch order, List<Station> stations, Instant since) {
            this.watch = watch;
            this.order = order;
            this.stations = stations;
            this.since = since;
        }

        L2Watch order() {
            return order;
        }

        Watch watch() {
            return watch;
        }

        /** Since when the finding is what it is. */
        Instant since() {
            return since;
        }

        /** Where it was asked last, empty before. */
        String place() {
            return lastAsked == null ? "" : lastAsked.port().name();
        }

        @Override
        public long deadlineNanos() {
            return watch.deadlineNanos();
        }
    }

    private final EventLoop loop;
    private final SpokenCounts counts;
    private final Runnable listen;
    private final Runnable changed;
    private final Agenda<Entry> agenda = new Agenda<>();
    private final Map<IpAddress, Entry> entries = new TreeMap<>();

    /** {@code listen} hands over what was heard; {@code changed} is run when a finding changed. Both on the loop. */
    Watchdog(EventLoop loop, SpokenCounts counts, Runnable listen, Runnable changed) {
        this.loop = loop;
        this.counts = counts;
        this.listen = listen;
        this.changed = changed;
    }

    /** Watches exactly these from now on, each at the stations given for it. */
    void watch(Map<L2Watch, List<Station>> orders) {
        Map<IpAddress, Entry> before = new HashMap<>(entries);
        entries.clear();
        long interval = orders.size() * NANOS_PER_QUESTION;
        orders.forEach((order, stations) -> {
            Entry entry = before.remove(order.address());
            entries.put(
                    order.address(),
                    entry == null ? fresh(order, stations, interval) : adapt(entry, order, stations, interval));
        });
        before.values().forEach(agenda::remove);
        entries.values().forEach(agenda::put);
        arm();
    }

    private Entry fresh(L2Watch order, List<Station> stations, long interval) {
        IpAddress address = order.address();
        Watch watch = new Watch(
                bits(order),
                stations.size(),
                interval,
                address.high() * 31 + address.low(),
                loop.ticker().nanos());
        return new Entry(watch, order, stations, loop.ticker().wallClock());
    }

    private static Entry adapt(Entry entry, L2Watch order, List<Station> stations, long interval) {
        entry.order = order;
        entry.stations = stations;
        entry.watch.expect(bits(order), stations.size(), interval);
        return entry;
    }

    private static Set<Long> bits(L2Watch order) {
        return order.expected().stream().map(MacAddress::bits).collect(Collectors.toSet());
    }

    private void arm() {
        long now = loop.ticker().nanos();
        long next = agenda.nextNanos(now, now + GRAIN_NANOS);
        if (next == Agenda.NEVER) {
            loop.cancel(TIMER);
        } else {
            loop.schedule(TIMER, next, this::due);
        }
    }

    private void due() {
        listen.run();
        long now = loop.ticker().nanos();
        for (Entry entry = agenda.poll(now); entry != null; entry = agenda.poll(now)) {
            turn(entry, now);
            agenda.put(entry);
        }
        arm();
    }

    private void turn(Entry entry, long now) {
        int place = entry.watch.due(now);
        if (place >= 0 && place < entry.stations.size()) {
            entry.lastAsked = entry.stations.get(place);
            entry.lastAsked.voice().ask(entry.order.address());
        } else {
            counts.found(entry.watch.finding());
        }
        if (entry.reported != entry.watch.finding()) {
            entry.reported = entry.watch.finding();
            entry.since = loop.ticker().wallClock();
            changed.run();
        }
    }

    /** {@code mac} says that the address is his. */
    void heard(IpAddress address, long mac) {
        Entry entry = entries.get(address);
        if (entry != null) {
            entry.watch.answered(mac);
        }
    }

    Collection<Entry> entries() {
        return new ArrayList<>(entries.values());
    }
}
