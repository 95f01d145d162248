package org.heraldlb.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.heraldlb.testkit.Intents.bgp;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.name;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.peer;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.selector;
import static org.heraldlb.testkit.Intents.service;
import static org.heraldlb.testkit.Intents.slice;

import java.util.List;
import java.util.TreeSet;
import org.heraldlb.api.system.Explanation;
import org.heraldlb.api.system.Explanation.AddressElection;
import org.heraldlb.api.system.Explanation.Candidate;
import org.heraldlb.api.system.Explanation.RouteDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Explanations name every candidate, and never contradict the plan that they explain. */
final class ExplainTest {

    private static final String IP = "10.20.30.1";

    private static Scenario scenario() {
        return Scenario.with(
                        pool("default", "10.20.30.0/24").build(),
                        node("a").labels("zone=x").build(),
                        node("b").labels("zone=x").build(),
                        node("c").labels("zone=y").build(),
                        node("dead").labels("zone=y").build(),
                        node("excluded").labels("zone=y").excluded().build(),
                        node("cut").labels("zone=y").networkUnavailable().build(),
                        node("far").labels("zone=z").build(),
                        l2("ad").nodeSelectors(selector("zone=x"), selector("zone=y"))
                                .prefers(7, "zone=x")
                                .build(),
                        service("web").build(),
                        slice("web").ready("a", "1.1.1.1").ready("c", "1.1.1.2").build())
                .has("web", IP)
                .on("a")
                .alive(Liveness.of(new TreeSet<>(List.of("a", "b", "c", "excluded", "cut", "far"))));
    }

    private static Explanation explain(Scenario scenario) {
        return scenario.plan().explainer(null, null).explain(name("web")).orElseThrow();
    }

    @Test
    void everyNodeIsThereWithItsScoreOrTheReasonOfItsExclusion() {
        AddressElection election = explain(scenario()).layer2().get(0);

        assertThat(election.owner()).isEqualTo(scenario().owner(IP)).isIn("a", "b");
        assertThat(election.reason()).isEqualTo("preferred");
        assertThat(election.candidates().get(0).node()).isEqualTo(election.owner());
        assertThat(election.candidates())
                .extracting(Candidate::node, Candidate::excluded, Candidate::score)
                .contains(
                        tuple("a", "", 7L),
                        tuple("b", "", 7L),
                        tuple("c", "", 0L),
                        tuple("dead", "notAlive", 0L),
                        tuple("excluded", "nodeLabeledExcludeBalancers", 0L),
                        tuple("cut", "nodeNetworkUnavailable", 0L),
                        tuple("far", "noMatchingAdvertisement", 0L))
                .hasSize(7);
        assertThat(election.candidates())
                .allSatisfy(candidate -> assertThat(candidate.hash()).hasSize(16));
    }

    @Test
    void withPolicyLocalANodeWithoutEndpointSaysSo() {
        AddressElection election =
                explain(scenario().and(service("web").local().build())).layer2().get(0);

        assertThat(election.owner()).isEqualTo("a");
        assertThat(election.candidates())
                .filteredOn(candidate -> candidate.node().equals("b"))
                .extracting(Candidate::excluded)
                .containsExactly("noLocalEndpoints");
    }

    @Test
    void aRouteSaysWhereEachAttributeComesFrom() {
        Scenario scenario = scenario()
                .and(
                        peer("router", "1.2.3.4").build(),
                        peer("silent", "1.2.3.5").build(),
                        bgp("one")
                                .peers("router")
                                .localPref(100)
                                .communities("1:1", "2:2")
                                .build(),
                        bgp("two")
                                .peers("router")
                                .localPref(100)
                                .communities("2:2", "large:1:2:3")
                                .build(),
                        service("mail").build())
                .has("mail", IP);
        List<RouteDecision> here = explain(scenario).bgp().stream()
                .filter(decision -> decision.node().equals("a"))
                .toList();

        assertThat(here).hasSize(2);
        assertThat(here.get(0).announced()).isTrue();
        assertThat(here.get(0).reason()).isEqualTo("one, two");
        assertThat(here.get(0).attributes())
                .containsExactly(
                        "localPref 100 (BGPAdvertisement one)",
                        "community 1:1 (BGPAdvertisement one)",
                        "community 2:2 (BGPAdvertisement one, two)",
                        "largeCommunity 1:2:3 (BGPAdvertisement two)",
                        "also for default/mail");
        assertThat(here.get(1).peer()).isEqualTo("silent");
        assertThat(here.get(1).announced()).isFalse();
        assertThat(here.get(1).reason()).isEqualTo("noMatchingAdvertisement");
    }

    @Test
    void aServiceThatIsNotThereHasNoExplanation() {
        assertThat(scenario().plan().explainer(null, null).explain(name("nobody")))
                .isEmpty();
    }

    @Test
    void aServiceWithoutAnAddressIsExplainedToo() {
        Explanation why = explain(scenario().lost("web"));

        assertThat(why.layer2()).isEmpty();
        assertThat(why.bgp()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anExplanationNeverContradictsThePlan(long start) {
        for (int i = 0; i < 150; i++) {
            long seed = start * 7_000_003 + i;
            RandomHistory history = new RandomHistory(seed);
            for (int step = 0; step < 3; step++) {
                history.step();
            }
            ClusterPlan plan = ClusterPlanner.plan(history.input());
            for (int service = 0; service < 6; service++) {
                plan.explainer(null, null).explain(name("s" + service)).ifPresent(why -> check(why, plan, seed));
            }
        }
    }

    private static void check(Explanation why, ClusterPlan plan, long seed) {
        for (AddressElection election : why.layer2()) {
            assertThat(election.owner())
                    .as("seed %s", seed)
                    .isEqualTo(plan.owners().get(election.address()).node());
        }
        for (RouteDecision decision : why.bgp()) {
            boolean routed = plan.bgp(decision.node()).peers().stream()
                    .filter(peer -> peer.name().equals(decision.peer()))
                    .flatMap(peer -> peer.routes().stream())
                    .anyMatch(route -> decision.prefix().isPresent()
                            && route.prefix().equals(decision.prefix().get()));
            assertThat(routed).as("seed %s: %s", seed, decision).isEqualTo(decision.announced());
        }
    }
}
