package org.heraldlb.bfd.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.heraldlb.api.Registration;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionRequest;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.LinkMonitor;
import org.heraldlb.api.host.LinkSnapshot;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.runtime.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BfdEngineTest {

    private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    private static final IpAddress THERE = IpAddress.parse("192.0.2.2");
    private static final BfdSessionTiming FAST = new BfdSessionTiming(20_000, 20_000, 3, 0, false, 254);
    private static final BfdSessionTiming SLOW = new BfdSessionTiming(90_000, 90_000, 5, 0, false, 254);

    private final FakeUdpNetwork network = new FakeUdpNetwork();
    private final List<BfdEngine> engines = new ArrayList<>();
    private final BfdEngine here = engine(HERE, 1);
    private final BfdEngine there = engine(THERE, 2);

    private BfdEngine engine(IpAddress address, long seed) {
        LinkMonitor noLinks = new LinkMonitor() {
            @Override
            public LinkSnapshot current() {
                return LinkSnapshot.EMPTY;
            }

            @Override
            public Registration observe(Consumer<? super LinkSnapshot> observer) {
                return () -> {};
            }
        };
        try {
            SessionSockets sockets = new SessionSockets(network.host(address), noLinks);
            BfdEngine engine = new BfdEngine(Ticker.SYSTEM, new Random(seed), sockets);
            engine.start();
            engines.add(engine);
            return engine;
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @AfterEach
    void close() {
        engines.forEach(BfdEngine::close);
        assertThat(network.isQuiet()).as("every socket is closed").isTrue();
    }

    private static final class Request implements BfdSessionRequest {
        private final BfdSessionKey key;
        private final BlockingQueue<BfdSessionState> states = new LinkedBlockingQueue<>();
        private volatile BfdSessionTiming timing;

        Request(IpAddress peer, boolean multihop, BfdSessionTiming timing) {
            this.key = new BfdSessionKey(peer, Optional.empty(), Optional.empty(), multihop);
            this.timing = timing;
        }

        @Override
        public BfdSessionKey key() {
            return key;
        }

        @Override
        public BfdSessionTiming timing() {
            return timing;
        }

        @Override
        public String client() {
            return "test:" + key.peer();
        }

        @Override
        public void stateChanged(BfdSessionState state) {
            states.add(state);
        }

        BfdSessionState await(BfdState wanted) throws InterruptedException {
            while (true) {
                BfdSessionState state = states.poll(20, TimeUnit.SECONDS);
                assertThat(state).as("waiting for " + wanted).isNotNull();
                if (state.state() == wanted) {
                    return state;
                }
            }
        }
    }

    @Test
    void twoEnginesComeUpNoticeACutAndComeBack() throws Exception {
        Request a = new Request(THERE, false, FAST);
        Request b = new Request(HERE, false, FAST);
        here.add(a);
        there.add(b);
        a.await(BfdState.UP);
        b.await(BfdState.UP);
        network.cut = true;
        assertThat(a.await(BfdState.DOWN).diagnostic()).isEqualTo(1);
        b.await(BfdState.DOWN);
        network.cut = false;
        a.await(BfdState.UP);
        b.await(BfdState.UP);
    }

    @Test
    void clientsOfOnePeerShareASessionThatEndsWithTheLastOne() throws Exception {
        Request first = new Request(THERE, true, FAST);
        Request second = new Request(THERE, true, SLOW);
        Request b = new Request(HERE, true, FAST);
        here.add(first);
        here.add(second);
        there.add(b);
        first.await(BfdState.UP);
        second.await(BfdState.UP);
        b.await(BfdState.UP);
        here.remove(first);
        second.timing = SLOW;
        here.changed(second);
        here.remove(second);
        BfdSessionState farewell = b.await(BfdState.DOWN);
        assertThat(farewell.remoteAdminDown()).as("a farewell is no failure").isTrue();
    }

    @Test
    void discardsStrangersAndPacketsFromTooFarByReason() throws Exception {
        Request a = new Request(THERE, false, FAST);
        here.add(a);
        a.await(BfdState.DOWN);
        var attacker = network.host(THERE)
                .open(new UdpSpec(IpFamily.IPV4, Optional.empty(), 50_000, 254, 0, Optional.empty()));
        var junk = java.nio.ByteBuffer.allocateDirect(24);
        attacker.send(junk, HERE, 0, Ports.SINGLE_HOP);
        attacker.close();
        CompletableFuture<Map<String, Long>> discards = new CompletableFuture<>();
        here.view().observe(snapshot -> {
            if (!snapshot.discards().isEmpty()) {
                discards.complete(snapshot.discards());
            }
        });
        assertThat(discards.get(20, TimeUnit.SECONDS)).containsExactly(Map.entry("TTL", 1L));
    }
}
