package org.heraldlb.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.bgp;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.name;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.peer;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.host.HostAddressPlan.Assignment;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.system.Explanation;
import org.junit.jupiter.api.Test;

/** Services that the nodes themselves serve. */
final class HostBackedTest {

    private static final String IP = "10.20.30.1";
    private static final HealthCheck CHECK =
            new HealthCheck(HealthCheck.Type.TCP, "127.0.0.1", 80, Optional.empty(), HealthCheck.Schedule.DEFAULT);

    private static ServiceIntent web(Optional<HealthCheck> check, Optional<String> assignTo, String... nodes) {
        return service("web")
                .backing(new Backing.Host(List.of(nodes), check, assignTo))
                .build();
    }

    private static Scenario scenario(ServiceIntent web) {
        return Scenario.with(pool("default", "10.20.30.0/24").build(), l2("ad").build(), web)
                .has("web", IP)
                .on("a");
    }

    @Test
    void thisNodeServesItWithoutAnyEndpointSlice() {
        assertThat(scenario(web(Optional.empty(), Optional.empty())).answered("a"))
                .containsExactly(IP);
    }

    @Test
    void onlyListedNodesServeIt() {
        Scenario scenario = scenario(web(Optional.empty(), Optional.empty(), "b"))
                .and(node("a").build(), node("b").build(), node("c").build());

        assertThat(scenario.owner(IP)).isEqualTo("b");
    }

    @Test
    void listedNodesAreKnownAlthoughThereIsNoNodeObject() {
        Scenario scenario = scenario(web(Optional.empty(), Optional.empty(), "a", "b"));

        assertThat(scenario.plan().nodes()).containsExactly("a", "b");
        assertThat(scenario.on("b").owner(IP)).isEqualTo(scenario.on("a").owner(IP));
    }

    @Test
    void aCheckThatDoesNotPassHereTakesThisNodeOut() {
        Scenario scenario = scenario(web(Optional.of(CHECK), Optional.empty()));

        assertThat(scenario.answered("a")).as("not passed yet").isEmpty();
        assertThat(scenario.healthy(CHECK, true).answered("a")).containsExactly(IP);
        assertThat(scenario.healthy(CHECK, false).answered("a")).isEmpty();
        Explanation why =
                scenario.plan().explainer(null, null).explain(name("web")).orElseThrow();
        assertThat(why.layer2().get(0).candidates().get(0).excluded()).isEqualTo("unhealthy");
    }

    @Test
    void anUnhealthyNodeWithdrawsItsRoute() {
        Scenario scenario = scenario(web(Optional.of(CHECK), Optional.empty()))
                .and(bgp("ad").build(), peer("router", "1.2.3.4").build());

        assertThat(scenario.healthy(CHECK, true).routes("a")).containsExactly("router 10.20.30.1/32");
        assertThat(scenario.healthy(CHECK, false).routes("a")).isEmpty();
        assertThat(scenario.bgpReason("web", "a")).isEqualTo("unhealthy");
    }

    @Test
    void theAddressStandsOnTheInterfaceWhileThisNodeAnnouncesIt() {
        Scenario scenario = scenario(web(Optional.of(CHECK), Optional.of("lo"), "a", "b"));
        scenario.healthy(CHECK, true);
        String owner = scenario.owner(IP);
        String other = owner.equals("a") ? "b" : "a";

        assertThat(scenario.on(owner).plan().addresses(owner).assignments())
                .containsExactly(new Assignment(ip(IP), "lo"));
        assertThat(scenario.on(other).plan().addresses(other).assignments()).isEmpty();
        scenario.and(bgp("ad").build(), peer("router", "1.2.3.4").build());
        assertThat(scenario.on(other).plan().addresses(other).assignments())
                .as("every node announces by BGP")
                .containsExactly(new Assignment(ip(IP), "lo"));
    }

    @Test
    void plansFromFilesTakeChecksForPassed() {
        PlanInput input = scenario(web(Optional.of(CHECK), Optional.empty())).input();
        PlanInput offline = new PlanInput(
                1, input.intent(), input.allocation(), input.liveness(), input.self(), PlanOptions.OFFLINE);

        assertThat(ClusterPlanner.plan(offline).l2("a").announcements()).hasSize(1);
    }
}
