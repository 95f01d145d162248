package org.heraldlb.bfd.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.heraldlb.api.bfd.BfdSessionKey;
import org.heraldlb.api.bfd.BfdSessionState;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class BfdEngineTest {

    private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    private static final IpAddress THERE = IpAddress.parse("192.0.2.2");
    private static final BfdSessionTiming FAST = new BfdSessionTiming(20_000, 20_000, 30, 0, false, 254);
    private static final BfdSessionTiming SLOW = new BfdSessionTiming(90_000, 90_000, 25, 0, false, 254);

    private final EngineLab lab = new EngineLab();
    private final FakeUdpNetwork network = lab.network;
    private final BfdEngine here = lab.engine(HERE, 1);
    private final BfdEngine there = lab.engine(THERE, 2);

    @AfterEach
    void close() throws InterruptedException {
        lab.close();
        assertThat(network.isQuiet()).as("every socket is closed").isTrue();
    }

    private static TestRequest request(IpAddress peer, boolean multihop, BfdSessionTiming timing) {
        TestRequest request = new TestRequest(new BfdSessionKey(peer, Optional.empty(), Optional.empty(), multihop));
        request.timing = timing;
        return request;
    }

    @Test
    void twoEnginesComeUpNoticeACutAndComeBack() throws Exception {
        TestRequest a = request(THERE, false, FAST);
        TestRequest b = request(HERE, false, FAST);
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
        TestRequest first = request(THERE, true, FAST);
        TestRequest second = request(THERE, true, SLOW);
        TestRequest b = request(HERE, true, FAST);
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

    /** As a client does whose profile changed. Tried again where the machine stalls between the two. */
    @Test
    void aClientThatLeavesAndJoinsAtOnceKeepsTheSession() throws Exception {
        there.add(request(HERE, true, FAST));
        boolean kept = false;
        for (int i = 0; i < 20 && !kept; i++) {
            TestRequest before = request(THERE, true, FAST);
            TestRequest after = request(THERE, true, SLOW);
            here.add(before);
            before.await(BfdState.UP);
            int discriminator = localDiscriminator();
            here.remove(before);
            here.add(after);
            after.await(BfdState.UP);
            kept = localDiscriminator() == discriminator;
            here.remove(after);
        }
        assertThat(kept).isTrue();
    }

    private int localDiscriminator() throws Exception {
        return EngineLab.await(here, s -> !s.sessions().isEmpty())
                .sessions()
                .get(0)
                .localDiscriminator();
    }

    @Test
    void discardsStrangersAndPacketsFromTooFarByReason() throws Exception {
        TestRequest a = request(THERE, false, FAST);
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
