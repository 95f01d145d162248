package org.heraldlb.frr.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.frr.render.Plans.attributes;
import static org.heraldlb.frr.render.Plans.endpoint;
import static org.heraldlb.frr.render.Plans.profile;
import static org.heraldlb.frr.render.Plans.route;
import static org.heraldlb.frr.render.Plans.told;
import static org.heraldlb.frr.render.Plans.watched;
import static org.heraldlb.testkit.Intents.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Peer.DynamicAs;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.frr.config.Running;
import org.heraldlb.frr.config.Section;
import org.heraldlb.testkit.PeerBuilder;
import org.junit.jupiter.api.Test;

/**
 * The text for every row of MetalLB's feature matrix and its FRR tests, compared with files beside this class. With
 * {@code GOLDEN_WRITE} in the environment the files are written instead.
 */
class FrrTextChecklistTest {

    private static final String V4 = "192.0.2.1";
    private static final String V6 = "fd00::1";

    private static PeerBuilder internal(String address) {
        return peer("tor", address).as(64_512, 64_512);
    }

    private static Target render(PeerPlan... peers) {
        return Rendering.of(Plans.of(peers), FrrSettings.DEFAULT, Running.NOTHING);
    }

    private static void golden(String name, PeerPlan... peers) throws IOException {
        Target target = render(peers);
        assertThat(target.problems()).isEmpty();
        try (InputStream in = FrrTextChecklistTest.class.getResourceAsStream(name + ".conf")) {
            String golden = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (System.getenv("GOLDEN_WRITE") != null) {
                java.nio.file.Files.writeString(
                        java.nio.file.Path.of("src/test/resources/org/heraldlb/frr/render/" + name + ".conf"),
                        target.config().print());
                return;
            }
            assertThat(target.config().print()).isEqualTo(golden);
        }
    }

    private static List<String> router(Target target) {
        return target.config().children().stream()
                .filter(top -> top.header().startsWith("router bgp "))
                .flatMap(top -> top.lines().stream())
                .toList();
    }

    private static PeerBuilder options(boolean graceful, boolean both, Peer.Extensions extensions) {
        return peer("tor", V4)
                .options(new Peer.Options(Optional.empty(), Optional.empty(), graceful, false, both, extensions));
    }

    private static Peer.Options routerId(String id) {
        return new Peer.Options(
                Optional.of(IpAddress.parse(id)), Optional.empty(), false, false, false, Peer.Extensions.NONE);
    }

    private static PeerBuilder timed(Integer hold, Integer keepalive, Integer connect) {
        return peer("tor", V4)
                .timers(new Peer.Timers(
                        Optional.ofNullable(hold).map(Duration::ofSeconds),
                        Optional.ofNullable(keepalive).map(Duration::ofSeconds),
                        Optional.ofNullable(connect).map(Duration::ofSeconds)));
    }

    @Test
    void n01SessionsOfEveryKind() throws IOException {
        golden("n01-ebgp-multihop", told(peer("tor", V4).endpoint(endpoint(V4, null, true))));
        golden("n01-ebgp-one-hop", told(peer("tor", V4)));
        golden("n01-ipv6-ebgp-one-hop", told(peer("tor", V6)));
        golden("n01-ibgp", told(internal(V4)));
        golden("n01-ipv6-ibgp", told(internal(V6)));
    }

    @Test
    void n02ClosedGracefulAndLocalAs() throws IOException {
        assertThat(render().config().isEmpty()).isTrue();
        golden("n02-graceful-restart", told(options(true, false, Peer.Extensions.NONE)));
        golden(
                "n02-local-as",
                told(peer("tor", V4)
                        .as(new Peer.As(64_512, OptionalLong.of(64_513), Optional.empty(), OptionalLong.of(64_600)))));
    }

    @Test
    void n03SeveralSessions() throws IOException {
        golden("n03-two", told(peer("a", V4)), told(peer("b", "192.0.2.2")));
        golden("n03-two-ipv6", told(peer("a", V6)), told(peer("b", "fd00::2")));
        golden(
                "n03-both-families",
                told(options(false, true, Peer.Extensions.NONE), route("203.0.113.1/32"), route("fd00:1::/64")));
        assertThat(render(told(peer("a", V4)), told(peer("b", V4))).problems())
                .extracting(Problem::code)
                .containsExactly("frrNeighbor");
        assertThat(render(told(peer("a", V4)), told(peer("b", "192.0.2.2").as(64_999, 1)))
                        .problems())
                .extracting(Problem::code)
                .containsExactly("frrInstance");
    }

    @Test
    void n04Advertisements() throws IOException {
        golden("n04-one", told(peer("tor", V4).options(routerId("10.0.0.1")), route("203.0.113.1/32")));
        golden("n04-without-router-id", told(peer("tor", V4), route("203.0.113.1/32")));
        golden(
                "n04-two",
                told(
                        internal(V4),
                        route("203.0.113.1/32", attributes(150, "65000:1", "65000:2")),
                        route("203.0.113.0/24")));
        golden(
                "n04-two-sessions-told-differently",
                told(peer("a", V4), route("203.0.113.1/32"), route("203.0.113.2/32")),
                told(peer("b", "192.0.2.2"), route("203.0.113.2/32", attributes(-1, "65000:1"))));
    }

    @Test
    void n06LargeCommunitiesAndEverythingElse() throws IOException {
        golden("n06-large", told(peer("tor", V4), route("203.0.113.1/32", attributes(-1, "65000:1:2", "1:2:3"))));
        golden(
                "n06-well-known",
                told(
                        peer("tor", V4),
                        route("203.0.113.1/32", attributes(-1, "65535:0", "65535:65281", "65535:65282"))));
        golden(
                "med-prepend-bandwidth",
                told(
                        peer("tor", V4),
                        route(
                                "203.0.113.1/32",
                                new org.heraldlb.api.bgp.RouteAttributes(
                                        OptionalLong.empty(),
                                        List.of(),
                                        List.of(),
                                        OptionalLong.of(7),
                                        2,
                                        OptionalLong.of(12_500_000)))));
    }

    @Test
    void n07TimersDynamicAndUnnumbered() throws IOException {
        assertThat(router(render(told(timed(null, null, null)))))
                .noneMatch(line -> line.matches(".* timers \\d+ \\d+"));
        assertThat(router(render(told(timed(0, 0, null))))).contains("neighbor 192.0.2.1 timers 0 0");
        assertThat(router(render(told(timed(90, null, null))))).contains("neighbor 192.0.2.1 timers 30 90");
        assertThat(router(render(told(timed(null, 10, 5)))))
                .contains("neighbor 192.0.2.1 timers 10 30", "neighbor 192.0.2.1 timers connect 5");
        for (DynamicAs as : DynamicAs.values()) {
            golden(
                    "n07-" + as.name().toLowerCase(java.util.Locale.ROOT),
                    told(peer("tor", V4)
                            .as(new Peer.As(64_512, OptionalLong.empty(), Optional.of(as), OptionalLong.empty()))));
        }
        golden(
                "n07-unnumbered",
                told(
                        peer("tor", V4)
                                .endpoint(new Peer.Endpoint(
                                        Optional.empty(),
                                        Optional.of("eth0"),
                                        Optional.empty(),
                                        179,
                                        Optional.empty(),
                                        false))
                                .as(new Peer.As(
                                        64_512,
                                        OptionalLong.empty(),
                                        Optional.of(DynamicAs.EXTERNAL),
                                        OptionalLong.empty())),
                        route("203.0.113.1/32")));
    }

    @Test
    void n08Vrfs() throws IOException {
        golden("n08-multihop", told(peer("tor", V4).endpoint(endpoint(V4, "red", true)), route("203.0.113.1/32")));
        golden("n08-ibgp", told(internal(V4).endpoint(endpoint(V4, "red", false))));
        golden(
                "n08-two-sessions",
                told(peer("a", V4).endpoint(endpoint(V4, "red", false))),
                told(peer("b", V4).endpoint(endpoint("192.0.2.2", "red", false))));
        golden(
                "n08-one-address-in-two-vrfs",
                told(
                        peer("a", V4).endpoint(endpoint(V4, "red", false)).options(routerId("10.0.0.1")),
                        route("203.0.113.1/32")),
                told(peer("b", V4).endpoint(endpoint(V4, "blue", false)).options(routerId("10.0.0.1"))),
                told(peer("c", V4).as(64_999, 1)));
    }

    @Test
    void n09Bfd() throws IOException {
        golden("n09-defaults", watched(peer("tor", V4), profile("plain", -1, -1, false)));
        golden("n09-least", watched(peer("tor", V4), profile("fast", 10, 2, true)));
        golden("n09-most", watched(peer("tor", V4), profile("slow", 60_000, 255, false)));
        assertThat(render(told(peer("tor", V4))).config().has("bfd")).isFalse();
    }

    @Test
    void md5SourcePortAndExtensions() throws IOException {
        Peer.Extensions all = new Peer.Extensions(
                true, OptionalInt.of(2), Optional.of(Peer.Role.CUSTOMER), OptionalInt.empty(), Optional.empty());
        Peer configured = options(false, false, all)
                .endpoint(new Peer.Endpoint(
                        Optional.of(IpAddress.parse(V4)),
                        Optional.empty(),
                        Optional.of(IpAddress.parse("192.0.2.9")),
                        1179,
                        Optional.empty(),
                        false))
                .build();
        golden(
                "md5-source-port-passive-gtsm-role",
                new PeerPlan(configured, Optional.of(new SecretValue("s'3\"c|r#t")), Optional.empty(), List.of()));
    }

    @Test
    void whatFrrCannotTakeIsSaidAndNothingOfItIsRendered() {
        for (String password : List.of("a b", "line\nbreak", "", "x".repeat(81), "t\u00e4st", "no\0zero")) {
            Target target = render(new PeerPlan(
                    peer("tor", V4).build(), Optional.of(new SecretValue(password)), Optional.empty(), List.of()));

            assertThat(target.config().isEmpty()).isTrue();
            assertThat(target.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("frrUnsupported");
                assertThat(password.isEmpty() || !problem.toString().contains(password))
                        .isTrue();
            });
        }
    }

    @Test
    void anOperatorsInstanceIsSharedWhenItsAsFitsAndLeftAloneWhenItDoesNot() {
        PeerPlan tor = told(peer("tor", V4), route("203.0.113.1/32"));
        Running sharable = Running.of(
                Section.parse("router bgp 64512\n no bgp network import-check\n neighbor 9.9.9.9 remote-as 1\n"));
        Running checking = Running.of(Section.parse("router bgp 64512\n neighbor 9.9.9.9 remote-as 1\n"));
        Running other = Running.of(Section.parse("router bgp 1\n"));
        Running taken = Running.of(
                Section.parse("router bgp 64512\n no bgp network import-check\n neighbor 192.0.2.1 remote-as 1\n"));
        Running announced = Running.of(
                Section.parse(
                        "router bgp 64512\n no bgp network import-check\n address-family ipv4 unicast\n  network 203.0.113.1/32\n"));

        assertThat(Rendering.of(Plans.of(tor), FrrSettings.DEFAULT, sharable).problems())
                .isEmpty();
        assertThat(router(Rendering.of(Plans.of(tor), FrrSettings.DEFAULT, sharable)))
                .noneMatch(line -> line.startsWith("bgp ") || line.startsWith("no "));
        assertThat(codes(tor, checking)).containsExactly("frrInstance");
        assertThat(codes(tor, other)).containsExactly("frrInstance");
        assertThat(codes(tor, taken)).containsExactly("frrNeighbor");
        assertThat(codes(tor, announced)).containsExactly("frrNetwork");
    }

    private static List<String> codes(PeerPlan peer, Running running) {
        return Rendering.of(Plans.of(peer), FrrSettings.DEFAULT, running).problems().stream()
                .map(Problem::code)
                .toList();
    }
}
