package org.heraldlb.bgp.speaker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.bgp.SessionStatus;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.runtime.Ticker;
import org.heraldlb.testkit.Intents;

/** One speaker on the loopback interface, with one peer. */
final class Loopback implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final Speaker speaker;
    private final String own;
    private final String other;
    private final int otherPort;
    private final long as;
    private final long otherAs;
    private boolean graceful;
    private boolean passive;
    private Optional<SecretValue> password = Optional.empty();
    private long generation;

    private Loopback(Speaker speaker, String own, long as, String other, int otherPort, long otherAs) {
        this.speaker = speaker;
        this.own = own;
        this.as = as;
        this.other = other;
        this.otherPort = otherPort;
        this.otherAs = otherAs;
    }

    static Loopback left(int port, int otherPort) {
        return start("127.0.0.1", port, 65001, "127.0.0.2", otherPort, 65002);
    }

    static Loopback right(int port, int otherPort) {
        return start("127.0.0.2", port, 65002, "127.0.0.1", otherPort, 65001);
    }

    /** At the right's address, but in an AS that the left does not expect there. */
    static Loopback stranger(int port, int otherPort) {
        return start("127.0.0.2", port, 65003, "127.0.0.1", otherPort, 65001);
    }

    private static Loopback start(String own, int port, long as, String other, int otherPort, long otherAs) {
        SpeakerSettings.Timers timers = new SpeakerSettings.Timers(
                Duration.ofSeconds(9), Duration.ofSeconds(1), Duration.ofSeconds(5), Optional.empty());
        SpeakerSettings settings = new SpeakerSettings(Optional.of(IpAddress.parse(own)), port, timers, false, 100_000);
        Speaker speaker =
                new Speaker(NettyTransport.best(Ticker.SYSTEM), settings, new SplittableRandom(port), BfdPort.NONE);
        speaker.start();
        return new Loopback(speaker, own, as, other, otherPort, otherAs);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    Loopback graceful() {
        graceful = true;
        return this;
    }

    Loopback passive() {
        passive = true;
        return this;
    }

    Loopback password(String key) {
        password = Optional.of(new SecretValue(key));
        return this;
    }

    void apply(List<Route> routes) {
        Peer.Extensions extensions = new Peer.Extensions(
                passive,
                java.util.OptionalInt.empty(),
                Optional.empty(),
                java.util.OptionalInt.empty(),
                Optional.empty());
        Peer peer = Intents.peer("other", other)
                .as(new Peer.As(as, OptionalLong.of(otherAs), Optional.empty(), OptionalLong.empty()))
                .endpoint(new Peer.Endpoint(
                        Optional.of(IpAddress.parse(other)),
                        Optional.empty(),
                        Optional.of(IpAddress.parse(own)),
                        otherPort,
                        Optional.empty(),
                        false))
                .options(new Peer.Options(Optional.empty(), Optional.empty(), graceful, false, false, extensions))
                .build();
        speaker.apply(
                new BgpPlan(generation++, "node", List.of(new PeerPlan(peer, password, Optional.empty(), routes))));
    }

    void removePeer() {
        speaker.apply(new BgpPlan(generation++, "node", List.of()));
    }

    static List<Route> routes(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> new Route(IpPrefix.host(IpAddress.v4(0x0a80_0000 + i)), RouteAttributes.NONE))
                .toList();
    }

    SessionStatus await(Predicate<SessionStatus> condition) {
        return awaitStatus(status -> status.sessions().stream().anyMatch(condition))
                .sessions()
                .get(0);
    }

    SessionStatus awaitUp() {
        return await(session -> session.state() == SessionStatus.State.ESTABLISHED);
    }

    AnnouncerStatus awaitStatus(Predicate<AnnouncerStatus> condition) {
        return await(speaker, condition);
    }

    /** The first status of any speaker that is as wanted. */
    static AnnouncerStatus await(Speaker speaker, Predicate<AnnouncerStatus> condition) {
        CompletableFuture<AnnouncerStatus> seen = new CompletableFuture<>();
        try (Registration registration = speaker.status().observe(status -> {
            if (condition.test(status)) {
                seen.complete(status);
            }
        })) {
            return seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException never) {
            throw new AssertionError("still: " + speaker.status().current(), never);
        }
    }

    Speaker speaker() {
        return speaker;
    }

    @Override
    public void close() {
        speaker.close();
    }
}
