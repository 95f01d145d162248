package org.heraldlb.bgp.speaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.rib.BatchCache;
import org.heraldlb.runtime.Ticker;

/**
 * Two speakers that talk to each other inside this process, on a thread of their own, so that the first true session finds
 * everything loaded and compiled. No socket that anybody could reach, nothing in the log, nothing in a status.
 */
final class Rehearsal {

    /** Peers of rehearsals, and nobody else, have this name; {@link BgpLog} knows. */
    static final String NAME = "";

    private static final int ROUNDS = 3;
    private static final int ROUTES = 2_000;
    private static final long PATIENCE_MILLIS = 2_000;
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(3_000);
    private static final String ONE = "192.0.2.1";
    private static final String OTHER = "192.0.2.2";
    private static final int AS = 64_496;

    private final List<Route> table = table(0);
    private final List<Route> changed = table(1);
    private long generation;
    private volatile int rounds;

    /** How often everything was told and withdrawn; grows while the thread runs. */
    int rounds() {
        return rounds;
    }

    /** Starts it and returns at once; it ends by itself after a few rounds, or after three seconds. */
    Thread begin(Ticker clock) {
        Thread thread = new Thread(() -> run(clock), "herald-bgp-rehearsal");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void run(Ticker clock) {
        long start = clock.nanos();
        try {
            NettyRehearsal.run(start);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return;
        }
        for (int round = 0; round < ROUNDS && clock.nanos() - start < LIMIT_NANOS; round++) {
            try {
                round(RehearsalTransport.pair(ONE, OTHER, clock));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** A session up, routes told, some changed, all withdrawn, session down. */
    private void round(RehearsalTransport stage) throws InterruptedException {
        try (Speaker caller = speaker(stage, 0);
                Speaker called = speaker(stage.other(), 179)) {
            called.start();
            called.apply(plan(AS + 1, ONE, AS, true, List.of()));
            for (List<Route> wanted : List.of(table, changed, List.<Route>of())) {
                caller.apply(plan(AS, OTHER, AS + 1L, false, wanted));
                if (!await(called, wanted.size())) {
                    return;
                }
            }
            rounds++;
        }
    }

    private static Speaker speaker(Transport transport, int port) {
        SpeakerSettings settings =
                new SpeakerSettings(Optional.empty(), port, SpeakerSettings.Timers.DEFAULT, true, ROUTES);
        return new Speaker(
                new Surroundings(
                        transport,
                        settings,
                        (local, family) -> Optional.of(IpAddress.parse("2001:db8::1")),
                        new BatchCache(),
                        new SplittableRandom(1),
                        ""),
                BfdPort.NONE);
    }

    private static boolean await(Speaker speaker, int routes) throws InterruptedException {
        CountDownLatch there = new CountDownLatch(1);
        try (Registration seen = speaker.status().observe(status -> {
            if (heard(status) == routes) {
                there.countDown();
            }
        })) {
            return there.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static long heard(AnnouncerStatus status) {
        return status.sessions().stream()
                .filter(session -> session.state() == SessionStatus.State.ESTABLISHED)
                .mapToLong(SessionStatus::received)
                .findFirst()
                .orElse(-1);
    }

    private BgpPlan plan(long as, String remote, long remoteAs, boolean passive, List<Route> routes) {
        Peer peer = new Peer(
                ObjectRef.of(Kind.BGP_PEER, NAME),
                new Origin(NAME, NAME),
                List.of(),
                new Peer.As(as, OptionalLong.of(remoteAs), Optional.empty(), OptionalLong.empty()),
                new Peer.Endpoint(
                        Optional.of(IpAddress.parse(remote)),
                        Optional.empty(),
                        Optional.empty(),
                        179,
                        Optional.empty(),
                        false),
                Peer.Timers.DEFAULT,
                Peer.Authentication.NONE,
                new Peer.Options(
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        false,
                        true,
                        new Peer.Extensions(
                                passive,
                                java.util.OptionalInt.empty(),
                                Optional.empty(),
                                java.util.OptionalInt.empty(),
                                Optional.empty())));
        return new BgpPlan(generation++, NAME, List.of(new PeerPlan(peer, Optional.empty(), Optional.empty(), routes)));
    }

    private static List<Route> table(int variant) {
        RouteAttributes marked = new RouteAttributes(
                OptionalLong.empty(),
                List.of(Community.of(AS, variant)),
                List.of(),
                OptionalLong.of(variant),
                variant,
                OptionalLong.empty());
        List<Route> routes = new ArrayList<>(ROUTES);
        for (int i = 0; i < ROUTES / 2; i++) {
            routes.add(new Route(
                    IpPrefix.host(IpAddress.v4(0x0a00_0000 + i)), i % 2 == 0 ? RouteAttributes.NONE : marked));
        }
        for (int i = 0; i < ROUTES / 2; i++) {
            routes.add(new Route(IpPrefix.host(IpAddress.v6(0x2001_0db8_0000_0000L, i)), marked));
        }
        return List.copyOf(routes);
    }
}
