package org.heraldlb.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.bgp;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.peer;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;
import static org.heraldlb.testkit.Intents.slice;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IncrementalPlannerTest {

    private static final int HISTORIES = 2_500;
    private static final int STEPS = 5;

    /** Four times {@value #HISTORIES} histories, each compared after each step. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void afterAnyHistoryThePlanIsThatOfAWholeRecompute(long start) {
        for (int i = 0; i < HISTORIES; i++) {
            long seed = start * 1_000_003 + i;
            RandomHistory history = new RandomHistory(seed);
            IncrementalPlanner planner = new IncrementalPlanner("n1");
            for (int step = 0; step < STEPS; step++) {
                PlanInput input = history.input();
                compare(planner.plan(input), ClusterPlanner.plan(input), seed, step);
                history.step();
            }
        }
    }

    private static void compare(ClusterPlan incremental, ClusterPlan whole, long seed, int step) {
        boolean same = incremental.plans("n1").equals(whole.plans("n1"))
                && new TreeMap<>(incremental.owners()).equals(new TreeMap<>(whole.owners()))
                && incremental.problems().equals(whole.problems())
                && incremental.nodes().equals(whole.nodes());
        if (!same) {
            assertThat(incremental.plans("n1"))
                    .as("seed %s step %s", seed, step)
                    .isEqualTo(whole.plans("n1"));
            assertThat(Map.copyOf(incremental.owners()))
                    .as("seed %s step %s", seed, step)
                    .isEqualTo(Map.copyOf(whole.owners()));
            assertThat(incremental.problems()).as("seed %s step %s", seed, step).isEqualTo(whole.problems());
        }
    }

    /** More nodes than are remembered for an address, of which most come and go. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void rememberedHashesGiveTheOwnersOfAWholeRecompute(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Scenario scenario = Scenario.with(pool("default", "10.0.0.0/24").build(), l2("ad").build())
                .on("n00");
        for (int i = 0; i < 30; i++) {
            scenario.and(
                            service("s" + i).build(),
                            slice("s" + i).ready("n01", "1.1.1.1").build())
                    .has("s" + i, "10.0.0." + i);
        }
        IncrementalPlanner planner = new IncrementalPlanner("n00");
        for (int step = 0; step < 40; step++) {
            TreeSet<String> alive = new TreeSet<>();
            random.ints(random.nextInt(40), 0, 40).forEach(i -> alive.add(String.format("n%02d", i)));
            scenario.alive(Liveness.of(alive));
            if (step % 10 == 0) {
                IntStream.range(0, 25 + step / 4)
                        .forEach(i ->
                                scenario.and(node(String.format("n%02d", i)).build()));
            }
            PlanInput input = scenario.input();
            compare(planner.plan(input), ClusterPlanner.plan(input), seed, step);
        }
    }

    /** What every plan keeps to, whatever the history. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void everyPlanKeepsTheInvariants(long start) {
        for (int i = 0; i < 300; i++) {
            long seed = start * 1_000_003 + i;
            RandomHistory history = new RandomHistory(seed);
            IncrementalPlanner planner = new IncrementalPlanner("n1");
            for (int step = 0; step < STEPS; step++) {
                PlanInput input = history.input();
                check(planner.plan(input), "seed " + seed + " step " + step);
                history.step();
            }
        }
    }

    private static void check(ClusterPlan plan, String when) {
        plan.owners().forEach((address, owner) -> {
            for (String node : plan.nodes()) {
                boolean answers = plan.l2(node).announcements().stream()
                        .anyMatch(announcement -> announcement.address().equals(address));
                assertThat(answers)
                        .as("%s: %s on %s, owned by %s", when, address, node, owner)
                        .isEqualTo(owner.node().equals(node));
            }
        });
        for (PeerPlan peer : plan.bgp("n1").peers()) {
            assertThat(peer.routes())
                    .as(when)
                    .extracting(Route::prefix)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void whatDidNotChangeIsTheSameObject() {
        Scenario scenario = Scenario.with(
                        pool("default", "10.20.30.0/24").build(),
                        l2("ad").build(),
                        bgp("ad").build(),
                        peer("router", "192.0.2.1").build(),
                        service("a").build(),
                        slice("a").ready("iris1", "1.1.1.1").build(),
                        service("b").build(),
                        slice("b").ready("iris1", "1.1.1.2").build())
                .has("a", "10.20.30.1")
                .has("b", "10.20.30.2");
        IncrementalPlanner planner = new IncrementalPlanner("iris1");
        ClusterPlan first = planner.plan(scenario.input());

        ClusterPlan same = planner.plan(scenario.input());
        assertThat(routes(same)).isSameAs(routes(first));

        ClusterPlan changed = planner.plan(scenario.and(slice("b").build()).input());
        assertThat(routes(changed)).hasSize(1);
        assertThat(routes(changed).get(0)).isSameAs(routes(first).get(0));
        assertThat(routes(first)).as("a plan never changes").hasSize(2);
        assertThat(changed.l2("iris1").announcements().get(0))
                .isSameAs(first.l2("iris1").announcements().get(0));
    }

    private static List<Route> routes(ClusterPlan plan) {
        return plan.bgp("iris1").peers().get(0).routes();
    }
}
