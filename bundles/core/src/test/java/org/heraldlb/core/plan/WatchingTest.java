package org.heraldlb.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;
import static org.heraldlb.testkit.Intents.slice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.intent.L2Advertisement.Ownership;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.testkit.L2Builder;
import org.junit.jupiter.api.Test;

final class WatchingTest {

    private static final List<String> NODES = List.of("n1", "n2", "n3", "n4");

    private static Scenario cluster(L2Builder ad) {
        Scenario scenario = Scenario.with(pool("default", "10.0.0.0/16").build(), ad.build());
        Members members = Members.of(NODES.toArray(String[]::new));
        NODES.forEach(name -> {
            scenario.and(node(name).labels("host=" + name).build());
            members.links(name, "eth0", "eth1");
        });
        for (int i = 0; i < 40; i++) {
            scenario.and(
                            service("s" + i).build(),
                            slice("s" + i).ready("n1", "1.1.1.1").build())
                    .has("s" + i, "10.0.0." + i);
        }
        return scenario.alive(members.liveness());
    }

    private static Map<IpAddress, String> watchers(Scenario scenario) {
        Map<IpAddress, String> watchers = new HashMap<>();
        for (String name : NODES) {
            ClusterPlan plan = scenario.on(name).plan();
            for (L2Watch watch : plan.watches(name)) {
                assertThat(watchers.put(watch.address(), name))
                        .as("one watches")
                        .isNull();
                assertThat(plan.owners().get(watch.address()).node())
                        .isEqualTo(watch.owner())
                        .isNotEqualTo(name);
            }
        }
        return watchers;
    }

    @Test
    void everyAddressIsWatchedByExactlyOneNodeThatDoesNotOwnIt() {
        for (Ownership ownership : List.of(
                Ownership.METALLB,
                new Ownership(Mode.AVAILABLE, false, true, Optional.empty(), ConflictPolicy.OFF),
                new Ownership(Mode.QUORUM, true, false, Optional.of("g"), ConflictPolicy.OFF))) {
            assertThat(watchers(cluster(l2("ad").ownership(ownership)))).hasSize(40);
        }
    }

    @Test
    void whoWatchesIsWhoWouldOwnNext() {
        Scenario scenario = cluster(l2("ad"));
        Map<IpAddress, String> watchers = watchers(scenario);
        String lost = scenario.owner("10.0.0.3");
        Members rest =
                Members.of(NODES.stream().filter(name -> !name.equals(lost)).toArray(String[]::new));

        assertThat(scenario.alive(rest.liveness()).owner("10.0.0.3"))
                .isEqualTo(watchers.get(IpAddress.parse("10.0.0.3")));
    }

    @Test
    void whereOnlyOneMayOwnAnotherCandidateWatches() {
        assertThat(watchers(cluster(l2("ad").prefers(5, "host=n2"))))
                .hasSize(40)
                .doesNotContainValue("n2");
    }

    @Test
    void theOwnersInterfacesSayWhatMustAnswer() {
        Scenario scenario = cluster(l2("ad").interfaces("eth1"));
        for (String name : NODES) {
            for (L2Watch watch : scenario.on(name).plan().watches(name)) {
                assertThat(watch.expected()).containsExactly(Members.mac(watch.owner(), "eth1"));
                assertThat(watch.interfaces().selects("eth0")).isFalse();
            }
        }
    }

    @Test
    void nobodyIsWatchedWhoseMacsAreNotKnown() {
        assertThat(watchers(cluster(l2("ad")).alive(Members.of("n1", "n2").liveness())))
                .isEmpty();
        assertThat(watchers(cluster(l2("ad")).alive(Liveness.ALL))).isEmpty();
    }
}
