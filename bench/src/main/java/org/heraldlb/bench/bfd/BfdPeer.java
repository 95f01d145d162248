package org.heraldlb.bench.bfd;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bfd.sessions.BfdEngine;
import org.heraldlb.bfd.sessions.SessionSockets;
import org.heraldlb.hostlinux.udp.NativeUdpSockets;
import org.heraldlb.runtime.Ticker;

/**
 * Herald's BFD as a program, for lab benchmarks: {@code BfdPeer INTERVAL_MS MULTIPLIER single|multi PEER[@LOCAL]...}. Prints
 * one line for each state change with the wall clock in seconds, and on the end of its input what it has counted.
 */
public final class BfdPeer {

    private BfdPeer() {}

    private record Wish(BfdSessionKey key, BfdSessionTiming timing) implements BfdSessionRequest {
        @Override
        public String client() {
            return "bench:" + key.peer();
        }

        @Override
        public void stateChanged(BfdSessionState state) {
            long micros =
                    java.time.temporal.ChronoUnit.MICROS.between(java.time.Instant.EPOCH, Ticker.SYSTEM.wallClock());
            System.out.printf(
                    "%d.%06d %s %s %d%n",
                    micros / 1_000_000, micros % 1_000_000, key.peer(), state.state(), state.diagnostic());
        }
    }

    private record NoLinks() implements LinkMonitor {
        @Override
        public LinkSnapshot current() {
            return LinkSnapshot.EMPTY;
        }

        @Override
        public Registration observe(Consumer<? super LinkSnapshot> observer) {
            return () -> {};
        }
    }

    static LinkMonitor noLinks() {
        return new NoLinks();
    }

    /** Runs until its standard input ends. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int micros = Integer.parseInt(args[0]) * 1000;
        BfdSessionTiming timing = new BfdSessionTiming(micros, micros, Integer.parseInt(args[1]), 0, false, 1);
        List<Wish> wishes = new ArrayList<>();
        for (int i = 3; i < args.length; i++) {
            String[] ends = args[i].split("@");
            Optional<IpAddress> local = ends.length > 1 ? Optional.of(IpAddress.parse(ends[1])) : Optional.empty();
            wishes.add(new Wish(
                    new BfdSessionKey(IpAddress.parse(ends[0]), local, Optional.empty(), args[2].equals("multi")),
                    timing));
        }
        SessionSockets sockets = new SessionSockets(new NativeUdpSockets(), new NoLinks());
        try (BfdEngine engine = new BfdEngine(Ticker.SYSTEM, new SecureRandom(), sockets)) {
            engine.start();
            wishes.forEach(engine::add);
            CountDownLatch ended = new CountDownLatch(1);
            new Thread(() -> waitForEnd(ended)).start();
            ended.await();
            print(engine.view().current());
        }
    }

    private static void waitForEnd(CountDownLatch ended) {
        try {
            while (System.in.read() >= 0) {
                // Whatever is typed is of no interest, its end is.
            }
        } catch (IOException closed) {
            // As good as an end.
        }
        ended.countDown();
    }

    private static void print(BfdSnapshot snapshot) {
        System.out.println("lag " + snapshot.lag());
        System.out.println("discards " + snapshot.discards());
        snapshot.sessions().forEach(session -> System.out.println("session " + session));
        snapshot.problems().forEach(System.out::println);
    }
}
