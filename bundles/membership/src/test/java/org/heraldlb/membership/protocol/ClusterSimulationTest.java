package org.heraldlb.membership.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.heraldlb.api.member.NodeFacts;
import org.junit.jupiter.api.Test;

/**
 * Histories from seeds: 2 to 7 nodes with clocks off by up to 1%, messages late and lost, links cut one way and both,
 * processes that freeze, end and return. {@code -Dherald.seeds=10000} plays more of them, {@code -Dherald.seed=N} that one.
 */
class ClusterSimulationTest {

    private static final Duration QUIET = Duration.ofSeconds(4);

    @Test
    void neverTwoByQuorumNeverNobodyByAvailable() {
        Long single = Long.getLong("herald.seed");
        if (single != null) {
            play(single);
            return;
        }
        for (long seed = 0; seed < Integer.getInteger("herald.seeds", 300); seed++) {
            try {
                play(seed);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }

    private static void play(long seed) {
        Random random = new Random(seed);
        int size = 2 + random.nextInt(6);
        Cluster cluster = new Cluster(seed, size, 0.01);
        cluster.network.loss(random.nextInt(3) * 0.1);
        cluster.network.delay(Duration.ofNanos(50_000), Duration.ofMillis(1 + random.nextInt(80)));
        Runnable invariant = () -> neverTwo(cluster);
        cluster.network.run(Duration.ofMillis(random.nextInt(3000)), invariant);
        int disturbances = 3 + random.nextInt(10);
        for (int i = 0; i < disturbances; i++) {
            disturb(cluster, random);
            cluster.network.run(Duration.ofMillis(random.nextInt(1500)), invariant);
        }
        settles(cluster, invariant);
    }

    private static void disturb(Cluster cluster, Random random) {
        int one = random.nextInt(cluster.size());
        int other = random.nextInt(cluster.size());
        switch (random.nextInt(8)) {
            case 0 -> split(cluster, random);
            case 1 -> cluster.network.block(one, other);
            case 2 -> cluster.network.freeze(one, Duration.ofMillis(random.nextInt(3000)));
            case 3 -> {
                if (cluster.network.exists(one)) {
                    cluster.kill(one);
                }
            }
            case 4 -> {
                if (!cluster.network.exists(one)) {
                    cluster.start(one);
                }
            }
            case 5 -> cluster.network.healAll();
            case 6 -> {
                if (cluster.network.runs(one)) {
                    NodeFacts none = NodeFacts.NONE;
                    cluster.at(one)
                            .facts(new NodeFacts(
                                    none.links(), none.unfit(), random.nextBoolean(), none.tookOver(), none.claims()));
                }
            }
            default -> isolate(cluster, one);
        }
    }

    private static void split(Cluster cluster, Random random) {
        cluster.network.healAll();
        int sides = random.nextInt(1 << cluster.size());
        for (int a = 0; a < cluster.size(); a++) {
            for (int b = 0; b < cluster.size(); b++) {
                if ((sides >> a & 1) != (sides >> b & 1)) {
                    cluster.network.block(a, b);
                }
            }
        }
    }

    private static void isolate(Cluster cluster, int one) {
        for (int other = 0; other < cluster.size(); other++) {
            cluster.network.block(one, other);
            cluster.network.block(other, one);
        }
    }

    private static void neverTwo(Cluster cluster) {
        for (int address = 0; address < Cluster.ADDRESSES; address++) {
            List<Integer> owners = cluster.quorumOwners(address);
            if (owners.size() > 1) {
                throw new AssertionError(
                        "at " + cluster.network.now() + " address " + address + " is answered by " + owners);
            }
        }
    }

    /** Whatever is left of the cluster finds together again when nothing disturbs it. */
    private static void settles(Cluster cluster, Runnable invariant) {
        cluster.network.healAll();
        cluster.network.loss(0);
        cluster.network.delay(Duration.ofNanos(50_000), Duration.ofMillis(20));
        cluster.network.run(QUIET.plusSeconds(3), invariant);
        long running = 0;
        for (int i = 0; i < cluster.size(); i++) {
            running += cluster.network.runs(i) ? 1 : 0;
        }
        for (int address = 0; address < Cluster.ADDRESSES && running > 0; address++) {
            Assertions.assertThat(cluster.availableOwners(address))
                    .as("available")
                    .hasSize(1);
            Assertions.assertThat(cluster.quorumOwners(address))
                    .as("quorum, %s of %s run", running, cluster.size())
                    .hasSize(running > cluster.size() / 2 ? 1 : 0);
        }
    }

    @Test
    void somebodyAnswersForEachAddressOnEverySideOfACut() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Cluster cluster = new Cluster(seed, 2 + random.nextInt(6), 0.01);
            cluster.network.loss(0.05);
            cluster.network.run(QUIET, () -> {});
            int cut = random.nextInt(cluster.size());
            for (int other = 0; other < cluster.size(); other++) {
                if (other != cut) {
                    cluster.network.block(cut, other);
                    cluster.network.block(other, cut);
                }
            }
            cluster.network.run(Duration.ofNanos(Cluster.TIMING.detection()), () -> {});
            long at = seed;
            cluster.network.run(Duration.ofSeconds(2), () -> everySideAnswers(cluster, cut, at));
        }
    }

    private static void everySideAnswers(Cluster cluster, int cut, long seed) {
        for (int address = 0; address < Cluster.ADDRESSES; address++) {
            List<Integer> owners = cluster.availableOwners(address);
            if (!owners.contains(cut) || owners.stream().allMatch(owner -> owner == cut)) {
                throw new AssertionError("seed " + seed + ": address " + address + " is answered by " + owners);
            }
        }
    }
}
