package org.heraldlb.bench.bfd;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.bfd.sessions.BfdEngine;
import org.heraldlb.bfd.sessions.SessionSockets;
import org.heraldlb.hostlinux.udp.NativeUdpSockets;
import org.heraldlb.runtime.Ticker;

/** What a BFD session costs in memory: {@code SessionMemory [SESSIONS]}. Opens the BFD ports; sends to the loopback. */
public final class SessionMemory {

    private static final BfdSessionTiming TIMING = new BfdSessionTiming(300_000, 300_000, 3, 0, false, 254);

    private SessionMemory() {}

    private record Wish(BfdSessionKey key) implements BfdSessionRequest {
        @Override
        public BfdSessionTiming timing() {
            return TIMING;
        }

        @Override
        public String client() {
            return "bench";
        }

        @Override
        public void stateChanged(BfdSessionState state) {
            // Nobody answers, and nobody asks.
        }
    }

    /** Prints octets of heap and of resident memory for each session beyond the first hundred. */
    public static void main(String[] args) throws IOException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
        SessionSockets sockets = new SessionSockets(new NativeUdpSockets(), BfdPeer.noLinks());
        try (BfdEngine engine = new BfdEngine(Ticker.SYSTEM, new SecureRandom(), sockets)) {
            engine.start();
            add(engine, 0, 100);
            long heap = heap();
            long resident = resident();
            add(engine, 100, count);
            int more = count - 100;
            System.out.printf(
                    "{\"sessions\": %d, \"heap_octets_per_session\": %d, \"resident_octets_per_session\": %d}%n",
                    count, (heap() - heap) / more, (resident() - resident) / more);
        }
    }

    private static void add(BfdEngine engine, int from, int to) {
        for (int i = from; i < to; i++) {
            engine.add(new Wish(
                    new BfdSessionKey(IpAddress.v4(0x7f010001 + i), Optional.empty(), Optional.empty(), false)));
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Registration registration = engine.view().observe(snapshot -> {
            if (snapshot.sessions().size() == to) {
                done.complete(null);
            }
        });
        done.join();
        registration.close();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
