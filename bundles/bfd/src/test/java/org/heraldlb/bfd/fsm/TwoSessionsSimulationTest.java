package org.heraldlb.bfd.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.heraldlb.api.bfd.BfdSessionTiming;
import org.heraldlb.api.bfd.BfdState;
import org.heraldlb.bfd.packet.ControlPacket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two sessions over a link that loses, delays, reorders and is cut, on hosts whose clocks drift and that pause. After
 * every event: no session goes down by expiry earlier than its detection time after the last packet that it took.
 */
final class TwoSessionsSimulationTest {

    private static final long MS = 1_000_000;
    private static final int STEPS = 4_000;

    private record Flight(long arrival, int to, byte[] bytes) implements Comparable<Flight> {
        @Override
        public int compareTo(Flight other) {
            return Long.compare(arrival, other.arrival);
        }
    }

    private final class Host implements SessionEffects {
        final int index;
        final long drift;
        final BfdSession session;
        long pausedUntil;
        long lastTaken;
        boolean took;
        final List<byte[]> unread = new ArrayList<>();

        Host(int index, BfdSessionTiming timing, Random random) {
            this.index = index;
            this.drift = random.nextLong(100_000) - 50_000;
            this.session = new BfdSession(1000 + index, timing, random, this, local());
        }

        /** Up to 50 ppm fast or slow, and an offset. */
        long local() {
            return now + now / 1_000_000_000 * drift + index * 7_777_777L;
        }

        @Override
        public void send(BfdSession from, int flag) {
            ByteBuffer out = ByteBuffer.allocate(24);
            from.write(out, flag, 24);
            if (!cut && random.nextInt(100) >= lossPercent) {
                long delay = 100_000 + random.nextLong(maxDelay);
                network.add(new Flight(now + delay, 1 - index, out.array()));
            }
        }

        @Override
        public void stateChanged(BfdSession of, BfdState from, BfdState to) {
            if (of.diagnostic() == Diagnostic.DETECTION_TIME_EXPIRED && to == BfdState.DOWN) {
                assertThat(took).isTrue();
                assertThat(local() - lastTaken)
                        .as("seed %d: expiry after the last packet", seed)
                        .isGreaterThanOrEqualTo(3 * 10 * MS);
                expiries++;
            }
        }

        /** Reads the socket dry first, as an owner must. */
        void run() {
            if (now < pausedUntil) {
                return;
            }
            for (byte[] bytes : unread) {
                ControlPacket packet = new ControlPacket().on(ByteBuffer.wrap(bytes));
                assertThat(packet.malformed()).isNull();
                if (session.receive(packet, local()) == null) {
                    took = true;
                    lastTaken = local();
                }
            }
            unread.clear();
            session.expireIfDue(local());
            session.transmitIfDue(local());
        }
    }

    private final PriorityQueue<Flight> network = new PriorityQueue<>();
    private long seed;
    private long now = 1_000 * MS;
    private boolean cut;
    private int lossPercent;
    private long maxDelay = 1;
    private int expiries;
    private Random random;
    private Host[] hosts;

    private void start(long newSeed) {
        seed = newSeed;
        random = new Random(seed);
        BfdSessionTiming timing = new BfdSessionTiming(
                10_000 * (1 + random.nextInt(10)), 10_000 * (1 + random.nextInt(10)), 3, 0, false, 254);
        hosts = new Host[] {new Host(0, timing, random), new Host(1, timing, random)};
    }

    /** Half a millisecond at a time. */
    private void runFor(long nanos) {
        long end = now + nanos;
        while (now < end) {
            now += MS / 2;
            while (!network.isEmpty() && network.peek().arrival() <= now) {
                Flight flight = network.remove();
                hosts[flight.to()].unread.add(flight.bytes());
            }
            Arrays.stream(hosts).forEach(Host::run);
        }
    }

    private boolean bothAre(BfdState state) {
        return Arrays.stream(hosts).allMatch(host -> host.session.state() == state);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void comesUpStaysUpGoesDownWithTheLinkAndComesBack(long newSeed) {
        start(newSeed);
        maxDelay = 2 * MS;
        runFor(4_000 * MS);
        assertThat(bothAre(BfdState.UP)).as("seed %d: up", seed).isTrue();
        runFor(10_000 * MS);
        assertThat(expiries).as("seed %d: no false down", seed).isZero();
        cut = true;
        network.clear();
        runFor(3 * 100 * MS + 5 * MS);
        assertThat(bothAre(BfdState.DOWN))
                .as("seed %d: down after the cut", seed)
                .isTrue();
        cut = false;
        runFor(5_000 * MS);
        assertThat(bothAre(BfdState.UP)).as("seed %d: up again", seed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104, 105, 106, 107, 108})
    void keepsItsInvariantsThroughEverythingAndRecovers(long newSeed) {
        start(newSeed);
        for (int step = 0; step < STEPS / 100; step++) {
            lossPercent = random.nextInt(60);
            maxDelay = 1 + random.nextLong(40 * MS);
            cut = random.nextInt(5) == 0;
            Host host = hosts[random.nextInt(2)];
            host.pausedUntil = random.nextInt(4) == 0 ? now + random.nextLong(500 * MS) : 0;
            runFor(100 * MS);
        }
        lossPercent = 0;
        maxDelay = MS;
        cut = false;
        runFor(6_000 * MS);
        assertThat(bothAre(BfdState.UP)).as("seed %d: recovers", seed).isTrue();
    }
}
