package org.heraldlb.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.testkit.Intents.bgp;
import static org.heraldlb.testkit.Intents.l2;
import static org.heraldlb.testkit.Intents.node;
import static org.heraldlb.testkit.Intents.peer;
import static org.heraldlb.testkit.Intents.pool;
import static org.heraldlb.testkit.Intents.selector;
import static org.heraldlb.testkit.Intents.service;
import static org.heraldlb.testkit.Intents.slice;

import java.util.Optional;
import java.util.stream.Stream;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.testkit.BgpBuilder;
import org.heraldlb.testkit.SliceBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checklist's K lines, as far as they concern what is announced. */
final class BgpChecklistTest {

    private static final String ME = "iris1";
    private static final String OTHER = "iris2";
    private static final String IP = "10.20.30.1";
    private static final String ROUTE = "router 10.20.30.1/32";

    private static Scenario speaker(ConfigObject... more) {
        return Scenario.with(
                        pool("default", "10.20.30.0/24").build(),
                        node(ME).labels("host=" + ME).build(),
                        node(OTHER).labels("host=" + OTHER).build(),
                        peer("router", "1.2.3.4").build())
                .and(more)
                .on(ME);
    }

    private static Scenario announced(ConfigObject... more) {
        return speaker(service("web").build(), slice("web").ready(ME, "2.3.4.5").build())
                .and(more)
                .has("web", IP);
    }

    @Test
    void k01AServiceWithoutConfigurationAPeerWithoutServicesAndANonLoadBalancerGetNothing() {
        assertThat(announced().routes(ME)).isEmpty();
        assertThat(speaker(bgp("ad").build()).routes(ME)).isEmpty();
        assertThat(speaker(bgp("ad").build()).plan().bgp(ME).peers()).hasSize(1);
        assertThat(announced(bgp("ad").build()).lost("web").routes(ME)).isEmpty();
    }

    @Test
    void k02AServiceIsAdvertised() {
        assertThat(announced(bgp("ad").build()).routes(ME)).containsExactly(ROUTE);
    }

    @Test
    void k03PolicyLocalNeedsAnEndpointHere() {
        Scenario local = announced(bgp("ad").build(), service("web").local().build());

        assertThat(local.and(slice("web").ready(OTHER, "2.3.4.5").build()).routes(ME))
                .isEmpty();
        assertThat(local.bgpReason("web", ME)).isEqualTo("noLocalEndpoints");
        assertThat(local.and(slice("web").ready(ME, "2.3.4.5").build()).routes(ME))
                .containsExactly(ROUTE);
        assertThat(local.and(slice("web")
                                .ready(ME, "2.3.4.5")
                                .notReady(ME, "2.3.4.6")
                                .build())
                        .routes(ME))
                .containsExactly(ROUTE);
    }

    static Stream<Arguments> endpoints() {
        return Stream.of(
                Arguments.of("none", slice("web"), false),
                Arguments.of("unready", slice("web").notReady(ME, "2.3.4.5"), false),
                Arguments.of("some ready", slice("web").notReady(ME, "2.3.4.5").ready(OTHER, "2.3.4.6"), true),
                Arguments.of("serving, not ready", endpoint(Optional.of(false), Optional.of(true)), true),
                Arguments.of("ready, not serving", endpoint(Optional.of(true), Optional.of(false)), true));
    }

    private static SliceBuilder endpoint(Optional<Boolean> ready, Optional<Boolean> serving) {
        return slice("web").endpoint(ME, ready, serving, "2.3.4.5");
    }

    @ParameterizedTest(name = "K-04 {0}")
    @MethodSource("endpoints")
    void k04EndpointsDecide(String what, SliceBuilder endpoints, boolean advertised) {
        Scenario scenario = announced(bgp("ad").build(), endpoints.build());

        assertThat(scenario.routes(ME).isEmpty()).isEqualTo(!advertised);
        assertThat(scenario.bgpReason("web", ME)).isEqualTo(advertised ? "" : "noEndpoints");
    }

    @Test
    void k05SeveralAdsGiveOnePrefixEachWithItsOwnAttributes() {
        assertThat(announced(
                                bgp("host")
                                        .localPref(100)
                                        .communities("1234:2345")
                                        .build(),
                                bgp("wide")
                                        .aggregationLength(24)
                                        .localPref(200)
                                        .communities("1111:2222", "large:1:2:3")
                                        .build())
                        .routes(ME))
                .containsExactly(
                        "router 10.20.30.0/24 lp=200 1111:2222 large:1:2:3", "router 10.20.30.1/32 lp=100 1234:2345");
    }

    @Test
    void k06OnlyTheAdsForMyNodeCount() {
        assertThat(announced(
                                bgp("mine")
                                        .localPref(100)
                                        .nodeSelectors(selector("host=" + ME))
                                        .build(),
                                bgp("others")
                                        .aggregationLength(24)
                                        .nodeSelectors(selector("host=" + OTHER))
                                        .build())
                        .routes(ME))
                .containsExactly(ROUTE + " lp=100");
    }

    @Test
    void k07AnAdWithPeersGoesToThemOnly() {
        assertThat(announced(
                                peer("second", "1.2.3.5").build(),
                                bgp("all").build(),
                                bgp("some")
                                        .aggregationLength(24)
                                        .peers("second", "unknown")
                                        .build())
                        .routes(ME))
                .containsExactly(ROUTE, "second 10.20.30.0/24", "second 10.20.30.1/32");
    }

    @Test
    void k08TwoPeersAreToldTheSameByOneListObject() {
        ClusterPlan plan =
                announced(peer("second", "1.2.3.5").build(), bgp("ad").build()).plan();

        assertThat(plan.bgp(ME).peers()).hasSize(2);
        assertThat(plan.bgp(ME).peers().get(0).routes()).hasSize(1);
        assertThat(plan.bgp(ME).peers().get(1).routes())
                .isSameAs(plan.bgp(ME).peers().get(0).routes());
    }

    @Test
    void k09ASharedAddressIsOnePrefixThatStaysWhileSomebodyHasIt() {
        Scenario scenario = announced(
                bgp("ad").build(),
                service("mail").build(),
                slice("mail").ready(ME, "2.3.4.9").build());

        assertThat(scenario.routes(ME)).containsExactly(ROUTE);
        assertThat(scenario.has("mail", "10.20.30.2").routes(ME)).containsExactly(ROUTE, "router 10.20.30.2/32");
        assertThat(scenario.has("mail", IP).routes(ME)).containsExactly(ROUTE);
        assertThat(scenario.without(Kind.SERVICE, "web").lost("web").routes(ME)).containsExactly(ROUTE);
        assertThat(scenario.without(Kind.BGP_PEER, "router").routes(ME)).isEmpty();
        assertThat(scenario.plan().bgp(ME).peers()).isEmpty();
        assertThat(scenario.and(peer("router", "1.2.3.4").build()).lost("mail").routes(ME))
                .isEmpty();
    }

    @Test
    void k10NodeSelectorsChooseWhoRunsTheSession() {
        Scenario scenario = announced(bgp("ad").build());

        assertThat(peers(scenario)).isEqualTo(1);
        scenario.and(
                peer("router", "1.2.3.4").nodeSelectors(selector("foo=bar")).build());
        assertThat(peers(scenario)).isZero();
        scenario.and(node(ME).labels("foo=bar").build());
        assertThat(peers(scenario)).isEqualTo(1);
        scenario.and(node(ME).labels("foo=baz").build());
        assertThat(peers(scenario)).isZero();
        scenario.and(
                peer("router", "1.2.3.4").nodeSelectors(selector("foo=baz")).build());
        assertThat(peers(scenario)).isEqualTo(1);
        scenario.and(node(ME).labels("foo=bar").build());
        assertThat(peers(scenario)).isZero();
        scenario.and(peer("router", "1.2.3.4")
                .nodeSelectors(selector("foo=baz"), selector("foo=bar"))
                .build());
        assertThat(peers(scenario)).isEqualTo(1);
        scenario.and(node(ME).labels("foo=baz").build());
        assertThat(peers(scenario)).isEqualTo(1);
        scenario.without(Kind.BGP_PEER, "router");
        assertThat(peers(scenario)).isZero();
    }

    private static int peers(Scenario scenario) {
        return scenario.plan().bgp(ME).peers().size();
    }

    @Test
    void k11AnExcludedNodeAnnouncesNothingUnlessTheLabelIsIgnored() {
        Scenario scenario = announced(
                bgp("ad").build(),
                node(ME).excluded().build(),
                service("web").local().build());

        assertThat(scenario.routes(ME)).isEmpty();
        assertThat(scenario.bgpReason("web", ME)).isEqualTo("nodeLabeledExcludeBalancers");
        assertThat(scenario.ignoringTheExcludeLabel().routes(ME)).containsExactly(ROUTE);
    }

    @Test
    void aNodeWithoutNetworkAnnouncesNothing() {
        Scenario scenario =
                announced(bgp("ad").build(), node(ME).networkUnavailable().build());

        assertThat(scenario.routes(ME)).isEmpty();
        assertThat(scenario.bgpReason("web", ME)).isEqualTo("nodeNetworkUnavailable");
    }

    @Test
    void k13PeersPerService() {
        Scenario scenario =
                announced(peer("second", "1.2.3.5").build(), bgp("ad").build());

        assertThat(scenario.routes(ME)).containsExactly(ROUTE, "second 10.20.30.1/32");
        scenario.and(service("mail").build(), slice("mail").ready(ME, "2.3.4.9").build())
                .has("mail", "10.20.30.2");
        assertThat(scenario.routes(ME)).hasSize(4);
        assertThat(scenario.and(bgp("ad").peers("router").build()).routes(ME))
                .containsExactly(ROUTE, "router 10.20.30.2/32");
        assertThat(scenario.lost("mail").routes(ME)).containsExactly(ROUTE);
        assertThat(scenario.without(Kind.BGP_PEER, "router").routes(ME)).isEmpty();
    }

    @Test
    void k14AdsForAService() {
        Scenario scenario =
                announced(service("web").labels("app=web", "tier=front").build());

        assertThat(scenario.and(bgp("ad").build()).routes(ME)).hasSize(1);
        assertThat(scenario.and(bgp("ad").serviceSelectors(selector("app=web")).build())
                        .routes(ME))
                .hasSize(1);
        assertThat(scenario.and(bgp("ad").serviceSelectors(selector("app=db")).build())
                        .routes(ME))
                .isEmpty();
        assertThat(scenario.and(bgp("ad")
                                .nodeSelectors(selector("host=" + OTHER))
                                .build())
                        .routes(ME))
                .isEmpty();
        assertThat(scenario.bgpReason("web", ME)).isEqualTo("notOwner");
        assertThat(scenario.and(
                                bgp("ad").serviceSelectors(selector("app=db")).build(),
                                bgp("two")
                                        .serviceSelectors(selector("tier=front"))
                                        .build())
                        .routes(ME))
                .hasSize(1);
        assertThat(scenario.and(bgp("ad")
                                .serviceSelectors(selector("app=db"), selector("app=web"))
                                .build())
                        .without(Kind.BGP_ADVERTISEMENT, "two")
                        .routes(ME))
                .hasSize(1);
    }

    static Stream<Arguments> preferences() {
        return Stream.of(
                row("equal", ad("a", 100), ad("b", 100), false),
                row("different nodes", on(ad("a", 100), ME), on(ad("b", 200), OTHER), false),
                row("node subset", on(ad("a", 100), ME), ad("b", 200), true),
                row("node subset, other way", ad("a", 100), on(ad("b", 200), ME), true),
                row("no node", on(ad("a", 100), "nowhere"), ad("b", 200), false),
                row("no node, other way", ad("a", 100), on(ad("b", 200), "nowhere"), false),
                row("different peers", to(ad("a", 100), "p1"), to(ad("b", 200), "p2"), false),
                row("same node", on(ad("a", 100), ME), on(ad("b", 200), ME), true),
                row("peer subset", to(ad("a", 100), "p1"), to(ad("b", 200), "p1", "p2"), true),
                row("peer subset, other way", to(ad("a", 100), "p1", "p2"), to(ad("b", 200), "p1"), true),
                row("overlapping peers", to(ad("a", 100), "p1", "p2"), to(ad("b", 200), "p2", "p3"), true),
                row("overlapping, other way", to(ad("a", 100), "p2", "p3"), to(ad("b", 200), "p1", "p2"), true),
                row("all peers", ad("a", 100), to(ad("b", 200), "p1"), true),
                row("all peers, other way", to(ad("a", 100), "p1"), ad("b", 200), true),
                row("different routes", ad("a", 100), ad("b", 200).aggregationLength(24), false),
                row("one has none", bgp("a"), ad("b", 200), true));
    }

    private static Arguments row(String what, BgpBuilder left, BgpBuilder right, boolean conflict) {
        return Arguments.of(what, left.build(), right.build(), conflict);
    }

    private static BgpBuilder ad(String name, long preference) {
        return bgp(name).localPref(preference).serviceSelectors(selector("app=web"));
    }

    private static BgpBuilder on(BgpBuilder ad, String host) {
        return ad.nodeSelectors(selector("host=" + host));
    }

    private static BgpBuilder to(BgpBuilder ad, String... peers) {
        return ad.peers(peers);
    }

    @ParameterizedTest(name = "K-15 {0}")
    @MethodSource("preferences")
    void k15PreferencesThatContradict(String what, BgpAdvertisement left, BgpAdvertisement right, boolean conflict) {
        Scenario scenario = announced(service("web").labels("app=web").build(), left, right);

        assertThat(scenario.bgpReason("web", ME).equals("conflictingAdvertisements"))
                .isEqualTo(conflict);
        assertThat(scenario.plan().problems().stream()
                        .anyMatch(problem -> problem.code().equals("conflictingAdvertisements")))
                .isEqualTo(conflict);
    }

    @Test
    void k15OneAdOrNoneCannotContradict() {
        assertThat(announced(ad("a", 100).serviceSelectors().build()).bgpReason("web", ME))
                .isEmpty();
        assertThat(announced(
                                service("web").labels("app=web").build(),
                                ad("a", 100).build())
                        .bgpReason("web", ME))
                .isEmpty();
    }

    @Test
    void k16ServiceSelectors() {
        Scenario scenario = announced(service("web").labels("app=web").build());

        assertThat(scenario.and(bgp("ad").build()).bgpReason("web", ME)).isEmpty();
        assertThat(scenario.and(bgp("ad").serviceSelectors(selector("app=web")).build())
                        .bgpReason("web", ME))
                .isEmpty();
        assertThat(scenario.and(bgp("ad").serviceSelectors(selector("app=db")).build())
                        .bgpReason("web", ME))
                .isEqualTo("noMatchingAdvertisement");
        assertThat(scenario.and(bgp("ad")
                                .serviceSelectors(selector("app=db"), selector("app=web"))
                                .build())
                        .bgpReason("web", ME))
                .isEmpty();
        assertThat(scenario.and(bgp("other")
                                .serviceSelectors(selector("app=web"))
                                .build())
                        .bgpReason("web", ME))
                .isEmpty();
        assertThat(scenario.and(ad("other", 200).build()).bgpReason("web", ME)).isEqualTo("conflictingAdvertisements");
    }

    static Stream<Arguments> health() {
        return Stream.of(
                Arguments.of("ready", slice("web").ready(ME, "2.3.4.5"), true),
                Arguments.of("not ready", slice("web").notReady(ME, "2.3.4.5"), false),
                Arguments.of(
                        "same IP, ready first",
                        slice("web").ready(ME, "2.3.4.5").notReady(ME, "2.3.4.5"),
                        true),
                Arguments.of(
                        "same IP, ready last",
                        slice("web").notReady(ME, "2.3.4.5").ready(ME, "2.3.4.5"),
                        true),
                Arguments.of(
                        "both unready", slice("web").notReady(ME, "2.3.4.5").notReady(ME, "2.3.4.5"), false),
                Arguments.of("mixed", slice("web").notReady(ME, "2.3.4.5").ready(ME, "2.3.4.6"), true),
                Arguments.of("without an address", slice("web").ready(ME), false));
    }

    @ParameterizedTest(name = "K-17 {0}")
    @MethodSource("health")
    void k17HealthyEndpoint(String what, SliceBuilder endpoints, boolean healthy) {
        assertThat(announced(bgp("ad").build(), endpoints.build()).routes(ME).isEmpty())
                .isEqualTo(!healthy);
    }

    @Test
    void k18AServiceIsAnnouncedByBothProtocolsWhereBothSelectItsPool() {
        Scenario scenario = announced();
        assertThat(scenario.routes(ME)).isEmpty();
        assertThat(scenario.answered(ME)).isEmpty();

        scenario.and(bgp("ad").build(), l2("ad").build());

        assertThat(scenario.routes(ME)).hasSize(1);
        assertThat(scenario.routes(OTHER)).hasSize(1);
        assertThat(scenario.answered(ME).size() + scenario.answered(OTHER).size())
                .isEqualTo(1);
    }
}
