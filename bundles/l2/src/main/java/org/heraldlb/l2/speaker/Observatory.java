package org.heraldlb.l2.speaker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.heraldlb.api.l2.L2Check;
import org.heraldlb.api.l2.L2Check.State;
import org.heraldlb.api.l2.L2Neighbor;
import org.heraldlb.api.l2.L2View;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.l2.capture.Pcapng;
import org.heraldlb.l2.capture.Pcapng.Packet;
import org.heraldlb.l2.contest.Contest;
import org.heraldlb.l2.responder.Askers.Asker;
import org.heraldlb.l2.responder.FlightRecorder;
import org.heraldlb.l2.responder.FlightRecorder.Sighting;
import org.heraldlb.runtime.EventLoop;
import org.heraldlb.runtime.Ticker;

/** Shows on any thread what the capture threads noted and what the loop knows. */
final class Observatory implements L2View {

    private static final Comparator<L2Check> ORDER =
            Comparator.comparing(L2Check::address).thenComparing(L2Check::link);

    private final EventLoop loop;
    private final Ports ports;
    private volatile List<L2Check> checks = List.of();

    Observatory(EventLoop loop, Ports ports) {
        this.loop = loop;
        this.ports = ports;
    }

    /** On the loop, whenever something changed. */
    void look(Collection<Station> stations, Collection<Watchdog.Entry> watches) {
        List<L2Check> all = new ArrayList<>();
        stations.forEach(station -> station.tenures().forEach(tenure -> all.add(check(tenure))));
        watches.forEach(entry -> all.add(check(entry)));
        all.sort(ORDER);
        checks = List.copyOf(all);
    }

    private static L2Check check(Tenure tenure) {
        Contest contest = tenure.contest();
        boolean rivalled = contest != null && contest.rival() != 0;
        return new L2Check(
                tenure.claim().address(),
                tenure.station().port().name(),
                contest == null ? State.UNKNOWN : state(contest),
                "",
                new TreeSet<>(),
                rivalled ? Optional.of(new MacAddress(contest.rival())) : Optional.empty(),
                Optional.ofNullable(tenure.rivalFirstSeen()),
                Optional.ofNullable(tenure.rivalLastSeen()),
                contest == null ? 0 : contest.sightings());
    }

    private static State state(Contest contest) {
        return switch (contest.phase()) {
            case PROBING -> contest.isRefused() ? State.YIELDED : State.PROBING;
            case HELD -> State.HELD;
            case SUSPECT, CHECKING -> State.SUSPECT;
            case CONFLICT -> State.CONFLICT;
            case YIELDED -> State.YIELDED;
        };
    }

    private static L2Check check(Watchdog.Entry entry) {
        State state =
                switch (entry.watch().finding()) {
                    case UNKNOWN -> State.UNKNOWN;
                    case EXPECTED -> State.EXPECTED;
                    case SILENT -> State.SILENT;
                    case OTHER -> State.OTHER;
                };
        return new L2Check(
                entry.order().address(),
                entry.place(),
                state,
                entry.order().owner(),
                entry.order().expected(),
                state == State.OTHER ? Optional.of(new MacAddress(entry.watch().other())) : Optional.empty(),
                Optional.of(entry.since()),
                Optional.empty(),
                0);
    }

    @Override
    public List<L2Check> checks() {
        return checks;
    }

    @Override
    public List<L2Neighbor> neighbors() {
        Clock clock = new Clock(loop.ticker());
        List<L2Neighbor> all = new ArrayList<>();
        for (Station station : ports.visible()) {
            station.listener().askers().askers().forEach(asker -> all.add(neighbor(station, asker, clock)));
        }
        all.sort(Comparator.comparing(L2Neighbor::last).reversed());
        return all;
    }

    private static L2Neighbor neighbor(Station station, Asker asker, Clock clock) {
        boolean nameless = asker.high() == 0 && asker.low() == 0;
        IpAddress address =
                asker.target().isV4() ? IpAddress.v4((int) asker.low()) : IpAddress.v6(asker.high(), asker.low());
        return new L2Neighbor(
                station.port().name(),
                asker.mac(),
                nameless ? Optional.empty() : Optional.of(address),
                asker.target(),
                asker.count(),
                clock.at(asker.firstNanos()),
                clock.at(asker.lastNanos()));
    }

    @Override
    public byte[] capture() {
        Clock clock = new Clock(loop.ticker());
        List<String> links = new ArrayList<>();
        List<Packet> packets = new ArrayList<>();
        for (Station station : ports.visible()) {
            int link = links.indexOf(station.port().name());
            if (link < 0) {
                link = links.size();
                links.add(station.port().name());
            }
            add(station.voice().recorder(), link, clock, packets);
            for (Listener listener : station.listeners()) {
                add(listener.recorder(), link, clock, packets);
            }
        }
        packets.sort(Comparator.comparingLong(Packet::epochNanos));
        return Pcapng.file("Herald", links, FlightRecorder.KEPT, packets);
    }

    private static void add(FlightRecorder recorder, int link, Clock clock, List<Packet> into) {
        for (Sighting sighting : recorder.sightings()) {
            String comment = (sighting.outgoing() ? "herald sent: " : "herald decided: ") + sighting.decision();
            into.add(new Packet(
                    link,
                    clock.epochNanos(sighting.atNanos()),
                    sighting.length(),
                    sighting.bytes(),
                    sighting.outgoing(),
                    comment));
        }
    }

    /** Dates of monotonic times, by what both clocks say now. */
    private record Clock(long nanos, Instant date) {

        Clock(Ticker ticker) {
            this(ticker.nanos(), ticker.wallClock());
        }

        Instant at(long then) {
            return date.minusNanos(nanos - then);
        }

        long epochNanos(long then) {
            return date.getEpochSecond() * 1_000_000_000L + date.getNano() - (nanos - then);
        }
    }
}
