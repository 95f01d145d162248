package org.heraldlb.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How fast nodes are given up, in simulated clusters of three. */
class LivenessTest {

    private static final Duration TOGETHER = Duration.ofSeconds(4);
    private static final int SEEDS = 200;

    private static Cluster together(long seed) {
        Cluster cluster = new Cluster(seed, 3, 0.01);
        cluster.network.delay(Duration.ofNanos(50_000), Duration.ofMillis(1));
        cluster.network.run(TOGETHER, () -> {});
        return cluster;
    }

    @Test
    void aCutIsNoticedInLessThan180Milliseconds() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Cluster cluster = together(seed);
            cluster.network.run(Duration.ofMillis(new Random(seed).nextInt(100)), () -> {});
            for (int other = 1; other < 3; other++) {
                cluster.network.block(0, other);
                cluster.network.block(other, 0);
            }
            cluster.network.run(Duration.ofMillis(180), () -> {});

            for (int place = 1; place < 3; place++) {
                assertThat(cluster.at(place).participant.members())
                        .as("seed %s", seed)
                        .doesNotContainKey("node0");
                assertThat(cluster.at(place).participant.suspects()).containsEntry("node0", "unreachable");
                assertThat(cluster.at(place).participant.silence().get("node0"))
                        .isBetween(Duration.ofMillis(50), Duration.ofMillis(280));
            }
        }
    }

    @Test
    void aStallOfTheProcessIsNone() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Cluster cluster = together(seed);
            cluster.lyingPings = 0;
            cluster.network.freeze(0, Duration.ofMillis(350));
            long at = seed;
            cluster.network.run(Duration.ofSeconds(1), () -> {
                for (int place = 1; place < 3; place++) {
                    if (!cluster.at(place).participant.members().containsKey("node0")) {
                        throw new AssertionError("seed " + at + ": given up");
                    }
                }
            });
        }
    }
}
