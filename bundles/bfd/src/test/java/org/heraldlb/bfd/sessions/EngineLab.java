package org.heraldlb.bfd.sessions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.heraldlb.api.Problem;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bfd.BfdSnapshot;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.runtime.Ticker;

/** Engines on one fake network. */
final class EngineLab implements AutoCloseable {

    static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    static final IpAddress THERE = IpAddress.parse("192.0.2.2");

    final FakeUdpNetwork network = new FakeUdpNetwork();
    final FakeLinks links = new FakeLinks();
    private final List<BfdEngine> engines = new ArrayList<>();

    BfdEngine engine(IpAddress address, long seed) {
        try {
            SessionSockets sockets = new SessionSockets(network.host(address), links);
            BfdEngine engine = new BfdEngine(Ticker.SYSTEM, new Random(seed), sockets);
            engine.start();
            engines.add(engine);
            return engine;
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Waits until the engine shows something. */
    static BfdSnapshot await(BfdEngine engine, Predicate<BfdSnapshot> wanted) throws Exception {
        CompletableFuture<BfdSnapshot> found = new CompletableFuture<>();
        Registration registration = engine.view().observe(snapshot -> {
            if (wanted.test(snapshot)) {
                found.complete(snapshot);
            }
        });
        try {
            return found.get(60, TimeUnit.SECONDS);
        } finally {
            registration.close();
        }
    }

    /** Problems but for those about timers, which a busy machine has. */
    static List<Problem> troubles(BfdSnapshot snapshot) {
        return snapshot.problems().stream()
                .filter(problem -> !problem.code().equals("bfdTimerLag"))
                .toList();
    }

    @Override
    public void close() {
        engines.forEach(BfdEngine::close);
        engines.clear();
    }
}
