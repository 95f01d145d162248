package org.heraldlb.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.ip;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.selector;
import static org.heraldlb.testkit.Intents.service;
import static org.heraldlb.testkit.Intents.slice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.testkit.L2Builder;
import org.heraldlb.testkit.ServiceBuilder;
import org.heraldlb.testkit.SliceBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checklist's L lines, as far as they concern who announces. */
final class Layer2ChecklistTest {

    private static final String IP = "10.20.30.1";
    private static final List<String> BOTH = List.of("iris1", "iris2");

    private static Scenario cluster(ConfigObject... more) {
        return Scenario.with(
                        pool("default", "10.20.30.0/24", "fc00::/112").build(),
                        node("iris1").labels("host=iris1").build(),
                        node("iris2").labels("host=iris2").build())
                .and(more);
    }

    private static Scenario announced(ConfigObject... more) {
        return cluster(
                        service("web").build(),
                        slice("web").ready("iris1", "2.3.4.5").build())
                .and(more)
                .has("web", IP);
    }

    /** The rule as the reference has it, computed the slow way. */
    private static String winner(String address, List<String> nodes) {
        return nodes.stream()
                .min(Comparator.comparing((String node) -> hash(node, address)))
                .orElse("");
    }

    private static String hash(String node, String address) {
        try {
            byte[] input = (node + "#" + address).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(input));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void l01WithoutMembershipAllKnownNodesAreCandidates() {
        assertThat(announced(l2("ad").build()).owner(IP)).isEqualTo(winner(IP, BOTH));
        assertThat(announced(l2("ad").build()).answered(winner(IP, BOTH))).containsExactly(IP);
    }

    @Test
    void aDeadMemberIsNoCandidate() {
        String loser = winner(IP, BOTH).equals("iris1") ? "iris2" : "iris1";
        TreeSet<String> alive = new TreeSet<>(List.of(loser));

        assertThat(announced(l2("ad").build()).alive(Liveness.of(alive)).owner(IP))
                .isEqualTo(loser);
    }

    static Stream<Arguments> endpoints() {
        return Stream.of(
                Arguments.of("one host", slice("web").ready("iris2", "2.3.4.5"), List.of("iris2")),
                Arguments.of("two hosts", slice("web").ready("iris1", "1.1.1.1").ready("iris2", "1.1.1.2"), BOTH),
                Arguments.of(
                        "unready excluded",
                        slice("web").ready("iris1", "1.1.1.1").notReady("iris2", "1.1.1.2"),
                        List.of("iris1")),
                Arguments.of(
                        "serving, not ready",
                        slice("web").endpoint("iris2", Optional.of(false), Optional.of(true), "1.1.1.1"),
                        List.of("iris2")),
                Arguments.of(
                        "ready, not serving",
                        slice("web").endpoint("iris2", Optional.of(true), Optional.of(false), "1.1.1.1"),
                        List.of("iris2")),
                Arguments.of(
                        "ready unset",
                        slice("web").endpoint("iris2", Optional.empty(), Optional.empty(), "1.1.1.1"),
                        List.of("iris2")),
                Arguments.of(
                        "more endpoints on one",
                        slice("web")
                                .ready("iris1", "1.1.1.1")
                                .ready("iris2", "1.1.1.2")
                                .ready("iris2", "1.1.1.3"),
                        BOTH),
                Arguments.of("none ready", slice("web").notReady("iris1", "1.1.1.1"), List.of()),
                Arguments.of("none", slice("web"), List.of()),
                Arguments.of("unknown node", slice("web").ready("iris9", "1.1.1.1"), List.of()));
    }

    @ParameterizedTest(name = "L-02, L-03 {0}")
    @MethodSource("endpoints")
    void l02l03WithPolicyLocalTheNodesWithEndpointsAreCandidates(
            String what, SliceBuilder endpoints, List<String> candidates) {
        Scenario local = announced(l2("ad").build(), service("web").local().build(), endpoints.build());

        assertThat(local.owner(IP)).isEqualTo(winner(IP, candidates));
        if (candidates.isEmpty()) {
            assertThat(local.ownerReason(IP)).isEqualTo("notOwner");
        }
    }

    @Test
    void l02EndpointsOfSeveralSlicesCountTogether() {
        Scenario local = announced(
                l2("ad").build(),
                service("web").local().build(),
                slice("web").ready("iris1", "1.1.1.1").build(),
                slice("web").suffix("b").ready("iris2", "1.1.1.2").build());

        assertThat(local.owner(IP)).isEqualTo(winner(IP, BOTH));
    }

    @Test
    void l03TwoServicesMayLandOnDifferentNodesAndTheOrderOfNodesDoesNotMatter() {
        Scenario scenario = announced(l2("ad").build());
        List<String> owners = Stream.iterate(1, i -> i <= 16, i -> i + 1)
                .map(i -> "10.20.30." + i)
                .peek(address -> scenario.and(
                                service("s" + address.substring(9)).build(),
                                slice("s" + address.substring(9))
                                        .ready("iris1", "1.1.1.1")
                                        .build())
                        .has("s" + address.substring(9), address))
                .toList();

        assertThat(owners)
                .allSatisfy(address -> assertThat(scenario.owner(address)).isEqualTo(winner(address, BOTH)));
        assertThat(owners.stream().map(scenario::owner).distinct()).containsExactlyInAnyOrder("iris1", "iris2");
    }

    @Test
    void l04NodeFilters() {
        assertThat(announced(on(l2("ad"), "iris2")).owner(IP)).isEqualTo("iris2");
        assertThat(announced(on(l2("a"), "iris1"), on(l2("b"), "iris2")).owner(IP))
                .isEqualTo(winner(IP, BOTH));
        assertThat(announced(l2("a").build(), l2("b").build()).owner(IP)).isEqualTo(winner(IP, BOTH));
        Scenario elsewhere =
                announced(on(l2("ad"), "iris2"), service("web").local().build());
        assertThat(elsewhere.owner(IP)).isEmpty();
        assertThat(elsewhere.ownerReason(IP)).isEqualTo("notOwner");
        assertThat(announced(l2("ad").build(), node("iris1").excluded().build()).owner(IP))
                .isEqualTo("iris2");
        assertThat(announced(
                                l2("ad").build(),
                                node("iris2").networkUnavailable().build())
                        .owner(IP))
                .isEqualTo("iris1");
        Scenario none = announced(
                l2("ad").build(),
                node("iris1").excluded().build(),
                node("iris2").excluded().build());
        assertThat(none.owner(IP)).isEmpty();
        assertThat(none.ignoringTheExcludeLabel().owner(IP)).isEqualTo(winner(IP, BOTH));
    }

    private static ConfigObject on(L2Builder ad, String host) {
        return ad.nodeSelectors(selector("host=" + host)).build();
    }

    @Test
    void l05WithPolicyClusterItDoesNotMatterWhereTheEndpointsAre() {
        for (String host : List.of("iris1", "iris2", "iris9", "")) {
            Scenario scenario = announced(
                    l2("ad").build(),
                    slice("web")
                            .endpoint(host, Optional.of(true), Optional.of(true), "1.1.1.1")
                            .build());
            assertThat(scenario.owner(IP)).isEqualTo(winner(IP, BOTH));
        }
        assertThat(announced(l2("ad").build(), slice("web").build()).owner(IP)).isEmpty();
    }

    @Test
    void l06ServiceSelectors() {
        ServiceBuilder web = service("web").labels("app=web");
        assertThat(announced(web.build(), l2("ad").build()).owner(IP)).isNotEmpty();
        assertThat(announced(
                                web.build(),
                                l2("ad").serviceSelectors(selector("app=web")).build())
                        .owner(IP))
                .isNotEmpty();
        Scenario none = announced(
                web.build(), l2("ad").serviceSelectors(selector("app=db")).build());
        assertThat(none.owner(IP)).isEmpty();
        assertThat(none.ownerReason(IP)).isEqualTo("noMatchingAdvertisement");
        assertThat(announced(
                                web.build(),
                                l2("ad").serviceSelectors(selector("app=db"), selector("app=web"))
                                        .build())
                        .owner(IP))
                .isNotEmpty();
    }

    @Test
    void l07ASharingKeyAndAdvertisementsWithServiceSelectorsDoNotGoTogether() {
        ConfigObject selective = l2("ad").serviceSelectors(selector("app=web")).build();
        ConfigObject plain = l2("ad").build();
        ConfigObject keyed = service("web").labels("app=web").sharingKey("key").build();
        ConfigObject emptyKey = service("web").labels("app=web").sharingKey("").build();

        assertThat(announced(keyed, selective).ownerReason(IP)).isEqualTo("sharedIPWithServiceSelector");
        assertThat(announced(keyed, selective).plan().problems())
                .extracting(problem -> problem.code())
                .contains("sharedIPWithServiceSelector");
        assertThat(announced(emptyKey, selective).ownerReason(IP)).isEqualTo("sharedIPWithServiceSelector");
        assertThat(announced(keyed, plain).owner(IP)).isNotEmpty();
        assertThat(announced(service("web").labels("app=web").build(), selective)
                        .owner(IP))
                .isNotEmpty();
        assertThat(announced(keyed, selective, l2("plain").build()).ownerReason(IP))
                .isEqualTo("sharedIPWithServiceSelector");
    }

    @Test
    void l08l10AdvertisementsByServiceThatCoverNoNode() {
        Scenario nowhere = announced(
                service("web").labels("app=web").build(),
                l2("ad").serviceSelectors(selector("app=web"))
                        .nodeSelectors(selector("host=iris9"))
                        .build());
        assertThat(nowhere.owner(IP)).isEmpty();
        assertThat(nowhere.ownerReason(IP)).isEqualTo("noMatchingAdvertisement");
        assertThat(nowhere.and(l2("two").build()).owner(IP)).isEqualTo(winner(IP, BOTH));
    }

    @Test
    void l09TheWinnerUsesTheInterfacesOfItsOwnAdvertisements() {
        Scenario scenario = announced(
                l2("a").nodeSelectors(selector("host=iris1")).interfaces("eth1").build(),
                l2("b").nodeSelectors(selector("host=iris2")).interfaces("eth2").build());
        String owner = winner(IP, BOTH);

        assertThat(scenario.owner(IP)).isEqualTo(owner);
        assertThat(scenario.plan().l2(owner).announcements().get(0).interfaces().names())
                .containsExactly(owner.equals("iris1") ? "eth1" : "eth2");
    }

    @Test
    void l11ServiceSelectorsRestrictTheNodesOfEachService() {
        Scenario scenario = announced(
                        service("web").labels("app=web").build(),
                        service("db").labels("app=db").build(),
                        slice("db").ready("iris1", "1.1.1.1").build(),
                        l2("a").serviceSelectors(selector("app=web"))
                                .nodeSelectors(selector("host=iris1"))
                                .build(),
                        l2("b").serviceSelectors(selector("app=db"))
                                .nodeSelectors(selector("host=iris2"))
                                .build())
                .has("db", "10.20.30.2");

        assertThat(scenario.owner(IP)).isEqualTo("iris1");
        assertThat(scenario.owner("10.20.30.2")).isEqualTo("iris2");
    }

    @Test
    void l12InterfacesAreTheUnionAndOneAdForAllInterfacesWins() {
        ConfigObject one = l2("a").interfaces("eth1").build();
        ConfigObject two = l2("b").interfaces("eth2", "eth1").build();
        assertThat(interfaces(announced(one)).names()).containsExactly("eth1");
        assertThat(interfaces(announced(one, two)).names()).containsExactly("eth1", "eth2");
        assertThat(interfaces(announced(one, two, l2("c").build()))).isEqualTo(InterfaceSelection.ALL);
        assertThat(interfaces(announced(l2("c").build()))).isEqualTo(InterfaceSelection.ALL);
    }

    private static InterfaceSelection interfaces(Scenario scenario) {
        return scenario.plan().l2(scenario.owner(IP)).announcements().get(0).interfaces();
    }

    @Test
    void l13l14l15PreferenceComesBeforeTheHash() {
        for (String preferred : BOTH) {
            ConfigObject ad = l2("ad").prefers(10, "host=" + preferred).build();
            assertThat(announced(ad).owner(IP)).isEqualTo(preferred);
            assertThat(announced(ad).ownerReason(IP)).isEqualTo("preferred");
        }
        ConfigObject all = l2("ad").prefers(10).build();
        assertThat(announced(all).owner(IP)).isEqualTo(winner(IP, BOTH));
        assertThat(announced(
                                l2("a").prefers(10, "host=iris1").build(),
                                l2("b").prefers(6, "host=iris2").build(),
                                l2("c").prefers(5, "host=iris2").build())
                        .owner(IP))
                .isEqualTo("iris2");
        Scenario local = announced(
                l2("ad").prefers(10, "host=iris2").build(),
                service("web").local().build());
        assertThat(local.owner(IP)).isEqualTo("iris1");
        assertThat(local.and(slice("web").ready("iris2", "1.1.1.1").build()).owner(IP))
                .isEqualTo("iris2");
    }

    @Test
    void l16ScoresCountWhereTheAdCoversTheNodeAndOnlyOfAdsThatMatchTheService() {
        ConfigObject web = service("web").labels("app=web").build();
        Scenario scenario = announced(
                web,
                l2("a").nodeSelectors(selector("host=iris1"))
                        .prefers(100, "host=iris2")
                        .build(),
                l2("b").prefers(1, "host=iris1").build(),
                l2("c").serviceSelectors(selector("app=db"))
                        .prefers(100, "host=iris2")
                        .build());

        assertThat(scenario.owner(IP)).isEqualTo("iris1");
        assertThat(scenario.on("iris2").answered("iris2")).isEmpty();
    }

    @Test
    void l17APreferredNodeThatReturnsReclaims() {
        Scenario scenario = cluster(
                        node("iris3").build(),
                        node("a").labels("zone=a").build(),
                        node("b").labels("zone=a").build(),
                        l2("ad").prefers(10, "zone=a").build(),
                        service("web").build(),
                        slice("web").ready("iris1", "1.1.1.1").build())
                .has("web", IP);
        String first = winner(IP, List.of("a", "b"));
        String second = first.equals("a") ? "b" : "a";

        assertThat(scenario.owner(IP)).isEqualTo(first);
        assertThat(alive(scenario, second, "iris1", "iris2", "iris3")).isEqualTo(second);
        assertThat(alive(scenario, "iris1", "iris2", "iris3"))
                .isEqualTo(winner(IP, List.of("iris1", "iris2", "iris3")));
        assertThat(alive(scenario, "a", "b", "iris1")).isEqualTo(first);
    }

    private static String alive(Scenario scenario, String... nodes) {
        return scenario.alive(Liveness.of(new TreeSet<>(Arrays.asList(nodes)))).owner(IP);
    }

    @Test
    void bothFamiliesFollowTheFirstAddress() {
        Scenario scenario = announced(l2("ad").build(), service("web").dual().build());
        for (int i = 1; i < 9; i++) {
            String v6 = "fc00::" + i;
            scenario.has("web", IP, v6);
            assertThat(scenario.owner(v6)).isEqualTo(winner(IP, BOTH));
            scenario.has("web", v6, IP);
            assertThat(scenario.owner(IP)).isEqualTo(winner(v6, BOTH));
        }
    }

    @Test
    void aSharedAddressIsOneAnnouncementForAllItsServices() {
        Scenario scenario = announced(
                        l2("ad").build(),
                        service("mail").build(),
                        slice("mail").ready("iris2", "1.1.1.2").build())
                .has("mail", IP);
        String owner = scenario.owner(IP);

        assertThat(scenario.plan().l2(owner).announcements()).hasSize(1);
        assertThat(scenario.plan().l2(owner).announcements().get(0).services())
                .extracting(Object::toString)
                .containsExactly("default/mail", "default/web");
        scenario.and(slice("mail").build());
        assertThat(scenario.plan().l2(owner).announcements().get(0).services())
                .extracting(Object::toString)
                .containsExactly("default/web");
    }

    @Test
    void withoutNodeObjectsThisNodeIsTheOnlyOneAndItsOwnLabelsCount() {
        Scenario scenario = Scenario.with(
                        pool("default", "10.20.30.0/24").build(),
                        l2("ad").nodeSelectors(selector("rack=7")).build(),
                        service("web").build(),
                        slice("web").ready("elsewhere", "1.1.1.1").build())
                .has("web", IP);

        assertThat(scenario.on("lonely").owner(IP)).isEmpty();
        assertThat(scenario.on("lonely", "rack=7").owner(IP)).isEqualTo("lonely");
        assertThat(scenario.ownerReason(IP)).isEqualTo("onlyCandidate");
        assertThat(scenario.plan().nodes()).containsExactly("lonely");
    }

    @Test
    void aNodeThatNobodyKnowsAnnouncesNothingAndSaysSo() {
        ClusterPlan plan = announced(l2("ad").build()).on("stranger").plan();

        assertThat(plan.l2("stranger").announcements()).isEmpty();
        assertThat(plan.problems()).extracting(problem -> problem.code()).containsExactly("unknownNode");
    }

    @Test
    void anAddressThatItsPoolNoLongerHasIsNotAnnounced() {
        Scenario scenario = announced(l2("ad").build()).has("web", "192.0.2.1");

        assertThat(scenario.plan().owners()).doesNotContainKey(ip("192.0.2.1"));
        assertThat(scenario.plan().problems())
                .extracting(problem -> problem.code())
                .containsExactly("ipNotAllowed");
    }
}
