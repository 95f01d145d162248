package org.heraldlb.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.service;
import static org.heraldlb.testkit.Intents.slice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.intent.L2Advertisement.Ownership;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot.Owner;
import org.junit.jupiter.api.Test;

/** What Herald may put before MetalLB's order, when an advertisement asks for it. */
final class OwnershipTest {

    private static final List<String> NODES = List.of("n1", "n2", "n3", "n4");

    private static Scenario cluster(Ownership ownership, int services) {
        Scenario scenario = Scenario.with(
                pool("default", "10.0.0.0/16", "fc00::/112").build(),
                l2("ad").ownership(ownership).build());
        NODES.forEach(name -> scenario.and(node(name).build()));
        for (int i = 0; i < services; i++) {
            scenario.and(
                            service("s" + i).build(),
                            slice("s" + i).ready("n1", "1.1.1.1").build())
                    .has("s" + i, "10.0.0." + i);
        }
        return scenario;
    }

    private static Ownership ownership(boolean sticky, boolean spread, String group) {
        return new Ownership(
                Mode.AVAILABLE,
                sticky,
                spread,
                Optional.of(group).filter(name -> !name.isEmpty()),
                L2Advertisement.ConflictPolicy.WARN);
    }

    private static Map<IpAddress, String> owners(Scenario scenario) {
        Map<IpAddress, String> owners = new HashMap<>();
        scenario.plan().owners().forEach((address, owner) -> owners.put(address, owner.node()));
        return owners;
    }

    private static Map<String, Long> loads(Scenario scenario) {
        return owners(scenario).values().stream().collect(Collectors.groupingBy(owner -> owner, Collectors.counting()));
    }

    @Test
    void spreadGivesEveryNodeItsShareAndNoMore() {
        for (int services : List.of(4, 5, 40, 101)) {
            long bound = (services + 3) / 4;
            assertThat(loads(cluster(ownership(false, true, ""), services)).values())
                    .as("%s services", services)
                    .allSatisfy(load -> assertThat(load).isLessThanOrEqualTo(bound));
        }
    }

    @Test
    void spreadMovesLittleBesidesWhatTheLostNodeHad() {
        Scenario scenario = cluster(ownership(false, true, ""), 100);
        Map<IpAddress, String> before = owners(scenario);
        Map<IpAddress, String> after = owners(scenario.alive(Liveness.of(new TreeSet<>(List.of("n1", "n2", "n3")))));

        assertThat(after.values()).doesNotContain("n4");
        long moved = before.entrySet().stream()
                .filter(entry -> !entry.getValue().equals("n4"))
                .filter(entry -> !after.get(entry.getKey()).equals(entry.getValue()))
                .count();
        assertThat(moved).isLessThan(30);
    }

    @Test
    void servicesOfOneGroupAvoidEachOther() {
        assertThat(loads(cluster(ownership(false, false, "db"), 4)).values()).containsOnly(1L);
        assertThat(loads(cluster(ownership(false, false, "db"), 8)).values()).containsOnly(2L);
        assertThat(cluster(ownership(false, false, "db"), 4).ownerReason("10.0.0.1"))
                .isEqualTo("antiAffinity");
    }

    @Test
    void aStickyAddressStaysWithWhoHasIt() {
        for (String claimant : NODES) {
            Scenario scenario = cluster(ownership(true, false, ""), 1)
                    .alive(Members.all().claims(claimant, "10.0.0.0").liveness());
            Owner owner = scenario.plan().owners().get(ip("10.0.0.0"));
            assertThat(owner).isEqualTo(new Owner(claimant, "sticky"));
            assertThat(scenario.on(claimant).answered(claimant)).hasSize(1);
        }
    }

    @Test
    void aClaimOfANodeThatIsNoCandidateCountsForNothing() {
        Map<IpAddress, String> plain = owners(cluster(Ownership.METALLB, 1));
        for (String claimant : List.of("n9", "")) {
            Scenario scenario = cluster(ownership(true, false, ""), 1)
                    .alive(Members.all().claims(claimant, "10.0.0.0").liveness());
            assertThat(owners(scenario)).isEqualTo(plain);
        }
    }

    @Test
    void bothFamiliesOfAServiceStayTogether() {
        Scenario scenario = cluster(ownership(false, true, ""), 0);
        for (int i = 1; i <= 40; i++) {
            scenario.and(
                            service("d" + i).dual().build(),
                            slice("d" + i).ready("n1", "1.1.1.1").build())
                    .has("d" + i, "10.0.0." + i, "fc00::" + i);
        }
        Map<IpAddress, String> owners = owners(scenario);

        IntStream.rangeClosed(1, 40)
                .forEach(i -> assertThat(owners.get(ip("fc00::" + i))).isEqualTo(owners.get(ip("10.0.0." + i))));
        assertThat(loads(scenario).values()).allSatisfy(load -> assertThat(load).isLessThanOrEqualTo(20));
    }

    @Test
    void everyNodeComputesTheSame() {
        for (Ownership ownership : List.of(
                Ownership.METALLB,
                ownership(false, true, ""),
                ownership(false, true, "g"),
                ownership(true, true, ""))) {
            Scenario scenario = cluster(ownership, 50);
            Map<IpAddress, String> owners = owners(scenario.on("n1"));
            int announced = 0;
            for (String node : NODES) {
                assertThat(owners(scenario.on(node))).isEqualTo(owners);
                announced += scenario.on(node).answered(node).size();
            }
            assertThat(announced).isEqualTo(50);
        }
    }

    @Test
    void ofTwoThatClaimTheFirstByHashHasIt() {
        Scenario scenario = cluster(ownership(true, false, ""), 1)
                .alive(Members.all()
                        .claims("n1", "10.0.0.0")
                        .claims("n3", "10.0.0.0")
                        .liveness());
        String first = cluster(Ownership.METALLB, 1)
                .alive(Members.of("n1", "n3").liveness())
                .owner("10.0.0.0");

        assertThat(scenario.owner("10.0.0.0")).isEqualTo(first);
        assertThat(scenario.ownerReason("10.0.0.0")).isEqualTo("sticky");
    }

    @Test
    void aStickyAddressLeavesANodeThatIsDrained() {
        Scenario scenario = cluster(ownership(true, false, ""), 1)
                .alive(Members.all().claims("n2", "10.0.0.0").drains("n2").liveness());

        assertThat(scenario.owner("10.0.0.0")).isNotEqualTo("n2").isNotEmpty();
    }

    private static final Ownership QUORUM =
            new Ownership(Mode.QUORUM, false, false, Optional.empty(), L2Advertisement.ConflictPolicy.WARN);

    @Test
    void withoutAQuorumNobodyOwnsWhatAsksForOne() {
        Scenario scenario = cluster(QUORUM, 1)
                .alive(Members.all()
                        .agreement(false, Members.of("n1", "n2"), null)
                        .liveness());

        assertThat(scenario.owner("10.0.0.0")).isEmpty();
        assertThat(scenario.ownerReason("10.0.0.0")).isEqualTo("noQuorum");
    }

    @Test
    void whatAsksForAQuorumFollowsTheAgreementAndNotWhoIsSeenAlive() {
        Scenario scenario = cluster(QUORUM, 40)
                .alive(Members.of("n1", "n2")
                        .agreement(true, Members.of("n1", "n2", "n3"), null)
                        .liveness());

        Map<IpAddress, String> agreed = owners(cluster(Ownership.METALLB, 40)
                .alive(Members.of("n1", "n2", "n3").liveness()));
        assertThat(owners(scenario)).isEqualTo(agreed).containsValue("n3");
    }

    @Test
    void whileTwoAgreementsMayCountOnlyWhoOwnsByBothAnswers() {
        for (Ownership ownership :
                List.of(QUORUM, new Ownership(Mode.QUORUM, true, true, Optional.empty(), QUORUM.conflictPolicy()))) {
            Members after = Members.of("n1", "n2", "n3");
            Members before = Members.of("n2", "n3", "n4");
            Map<IpAddress, String> now = owners(cluster(ownership, 60)
                    .alive(Members.all().agreement(true, after, null).liveness()));
            Map<IpAddress, String> then = owners(cluster(ownership, 60)
                    .alive(Members.all().agreement(true, before, null).liveness()));
            Map<IpAddress, String> both = owners(cluster(ownership, 60)
                    .alive(Members.all().agreement(true, after, before).liveness()));

            both.forEach((address, owner) ->
                    assertThat(owner).isEqualTo(now.get(address).equals(then.get(address)) ? now.get(address) : ""));
            assertThat(both).containsValue("").containsValue("n2");
        }
    }

    @Test
    void aNodeWithoutTheInterfaceIsNoCandidate() {
        Scenario scenario = cluster(Ownership.METALLB, 40)
                .and(l2("ad").interfaces("eth1").build())
                .alive(Members.all()
                        .links("n1", "eth0", "eth1")
                        .links("n2", "eth0")
                        .links("n3", "")
                        .liveness());

        assertThat(owners(scenario).values()).contains("n1", "n4").doesNotContain("n2", "n3");
        assertThat(exclusions(scenario)).containsEntry("n2", "noInterface").containsEntry("n3", "noCarrier");
    }

    @Test
    void anyInterfaceWillDoWhereNoneIsNamed() {
        Scenario scenario = cluster(Ownership.METALLB, 40)
                .alive(Members.all().links("n2", "eth0").links("n3", "").liveness());

        assertThat(owners(scenario).values()).contains("n1", "n2", "n4").doesNotContain("n3");
    }

    @Test
    void aNodeWhoseCheckFailsIsNoCandidateForThatService() {
        Scenario scenario = cluster(Ownership.METALLB, 40);
        String owner = scenario.owner("10.0.0.7");
        scenario.alive(Members.all().unfit(owner, "s7").liveness());

        assertThat(scenario.owner("10.0.0.7")).isNotEqualTo(owner).isNotEmpty();
        assertThat(owners(scenario).values()).contains(owner);
    }

    @Test
    void aDrainedNodeOwnsOnlyWhatNobodyElseMayHave() {
        Scenario scenario = cluster(Ownership.METALLB, 40)
                .and(
                        service("lonely").local().build(),
                        slice("lonely").ready("n2", "1.1.1.1").build())
                .has("lonely", "10.0.1.1")
                .alive(Members.all().drains("n2").liveness());

        assertThat(scenario.owner("10.0.1.1")).isEqualTo("n2");
        assertThat(owners(scenario).values().stream().filter("n2"::equals)).hasSize(1);
        assertThat(exclusions(scenario)).containsEntry("n2", "draining");
    }

    private static Map<String, String> exclusions(Scenario scenario) {
        Map<String, String> exclusions = new HashMap<>();
        scenario.plan()
                .explainer(null, null)
                .explain(NamespacedName.parse("s0"))
                .orElseThrow()
                .layer2()
                .get(0)
                .candidates()
                .forEach(candidate -> exclusions.put(candidate.node(), candidate.excluded()));
        return exclusions;
    }
}
