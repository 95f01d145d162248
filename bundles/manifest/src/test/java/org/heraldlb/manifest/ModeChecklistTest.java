package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.manifest.CrossCheckOptions.Mode.FRR;
import static org.heraldlb.manifest.CrossCheckOptions.Mode.HERALD;
import static org.heraldlb.manifest.CrossCheckOptions.Mode.NATIVE;
import static org.heraldlb.manifest.Fixture.ad;
import static org.heraldlb.manifest.Fixture.bfd;
import static org.heraldlb.manifest.Fixture.community;
import static org.heraldlb.manifest.Fixture.goodPeer;
import static org.heraldlb.manifest.Fixture.node;
import static org.heraldlb.manifest.Fixture.peer;
import static org.heraldlb.manifest.Fixture.pool;

import java.util.List;
import org.heraldlb.manifest.CrossCheckOptions.Mode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The conformance checklist's table of modes, I-01 to I-36, and what Herald's own mode makes of the same documents. */
@DisplayName("I: modes")
class ModeChecklistTest {

    private static final String V6 = "---\n{apiVersion: metallb.io/v1beta1, kind: IPAddressPool,"
            + " metadata: {name: v6, labels: {family: v6}}, spec: {addresses: [\"fd00::/64\"]}}\n";
    private static final String V4 = pool("v4", "{addresses: [10.0.0.0/24]}");
    private static final String NODES = node("a", "{kubernetes.io/hostname: a}")
            + node("b", "{kubernetes.io/hostname: b}")
            + node("c", "{kubernetes.io/hostname: c}");

    private static String p(String name, String address, String more) {
        return peer(name, "{myASN: 42, peerASN: 142, " + address + (more.isEmpty() ? "" : ", " + more) + "}");
    }

    private static String at(String name, int last) {
        return p(name, "peerAddress: 1.2.3." + last, "");
    }

    private static String on(String name, String... hosts) {
        StringBuilder selectors = new StringBuilder();
        for (String host : hosts) {
            selectors
                    .append(selectors.isEmpty() ? "" : ", ")
                    .append("{matchLabels: {kubernetes.io/hostname: ")
                    .append(host)
                    .append("}}");
        }
        return p(name, "peerAddress: 1.2.3.4", "nodeSelectors: [" + selectors + "]");
    }

    private static String rid(String name, int last, String more) {
        return p(name, "peerAddress: 1.2.3." + last, more);
    }

    static List<Arguments> rows() {
        String echoless = bfd("b", "{}");
        return List.of(
                row("I-01", NATIVE, false, goodPeer("p", "bfdProfile: b") + echoless),
                row("I-02", NATIVE, false, echoless),
                row("I-03", NATIVE, false, V6 + ad("ad", "{}")),
                row("I-04", NATIVE, true, V6 + V4 + ad("ad", "{ipAddressPools: [v4]}")),
                row(
                        "I-05",
                        NATIVE,
                        false,
                        V6 + V4 + ad("a1", "{ipAddressPools: [v4]}") + ad("a2", "{ipAddressPools: [v6]}")),
                row("I-06", NATIVE, false, V6 + ad("a", "{ipAddressPoolSelectors: [{matchLabels: {family: v6}}]}")),
                row("I-07", NATIVE, false, goodPeer("p", "enableGracefulRestart: true")),
                row("I-08", NATIVE, false, goodPeer("p", "disableMP: true")),
                row("I-09", NATIVE, false, peer("p", "{myASN: 1, dynamicASN: internal, peerAddress: 1.2.3.4}")),
                row("I-10", NATIVE, false, peer("p", "{myASN: 1, peerASN: 2, interface: eth0}")),
                row("I-11", NATIVE, false, goodPeer("p", "localASN: 7")),
                row("I-12", NATIVE, false, goodPeer("p", "keepaliveTime: 1s")),
                row("I-13", NATIVE, false, goodPeer("p", "connectTime: 1s")),
                row("I-14", NATIVE, false, V4 + ad("a", "{communities: [\"large:1:2:3\"]}")),
                row("I-15", NATIVE, false, community("c", "big", "large:1:2:3")),
                row("I-16", NATIVE, true, V4 + goodPeer("p", "holdTime: 30s") + ad("a", "{communities: [\"1:2\"]}")),
                row("I-17", FRR, true, rid("a", 1, "routerID: 9.9.9.9") + rid("b", 2, "routerID: 9.9.9.9")),
                row("I-18", FRR, false, rid("a", 1, "routerID: 9.9.9.9") + rid("b", 2, "routerID: 9.9.9.8")),
                row("I-19", FRR, false, rid("a", 1, "routerID: 9.9.9.9") + rid("b", 2, "")),
                row("I-20", FRR, true, goodPeer("p", "bfdProfile: b") + echoless),
                row("I-21", FRR, true, at("a", 1) + at("b", 2)),
                row("I-22", FRR, false, at("a", 1) + peer("b", "{myASN: 43, peerASN: 142, peerAddress: 1.2.3.2}")),
                row(
                        "I-23",
                        FRR,
                        true,
                        at("a", 1) + peer("b", "{myASN: 43, peerASN: 142, peerAddress: 1.2.3.2, vrf: red}")),
                row(
                        "I-23 two VRFs",
                        FRR,
                        true,
                        rid("a", 1, "vrf: blue")
                                + peer("b", "{myASN: 43, peerASN: 142, peerAddress: 1.2.3.2, vrf: red}")),
                row("I-24", FRR, false, at("a", 1) + at("b", 1)),
                row("I-25", FRR, true, rid("a", 1, "vrf: red") + rid("b", 1, "vrf: blue")),
                row("I-26", FRR, false, rid("a", 1, "vrf: red") + rid("b", 1, "vrf: red")),
                row("I-27", FRR, true, p("a", "interface: eth0", "") + p("b", "interface: eth1", "")),
                row("I-28", FRR, false, p("a", "interface: eth0", "") + p("b", "interface: eth0", "")),
                row("I-29", FRR, true, NODES + on("p1", "a") + on("p2", "b")),
                row("I-30", FRR, false, NODES + on("p1", "a", "b") + on("p2", "b")),
                row("I-31", FRR, false, NODES + on("p1", "a") + on("p2")),
                row("I-32", FRR, false, on("p1", "a") + on("p2", "b")),
                row("I-33", FRR, true, NODES + on("p1", "a") + on("p2", "b") + on("p3", "c")),
                row("I-34", FRR, false, NODES + on("p1", "a") + on("p2", "b") + on("p3", "a")),
                row("I-35", FRR, true, NODES + on("p1", "a", "c") + on("p2", "b")),
                row("I-36", FRR, false, NODES + on("p1", "a", "c") + on("p2", "b", "c")));
    }

    private static Arguments row(String id, Mode mode, boolean accepted, String text) {
        return Arguments.of(id, mode, accepted, text);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("rows")
    void mode(String id, Mode mode, boolean accepted, String text) {
        Checked checked = Fixture.check(text, List.of(), CrossCheckOptions.of(mode));
        List<String> errors = checked.problems().stream()
                .filter(problem -> problem.severity() == org.heraldlb.api.Problem.Severity.ERROR)
                .map(problem -> problem.code())
                .toList();
        if (accepted) {
            assertThat(errors).as(id).isEmpty();
        } else {
            assertThat(errors)
                    .as(id)
                    .isNotEmpty()
                    .isSubsetOf(
                            Code.UNSUPPORTED.text(), Code.CONFLICTING_PEERS.text(), Code.MISSING_BFD_PROFILE.text());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @DisplayName("Herald's own speaker has no such restriction")
    void herald(String id, Mode mode, boolean accepted, String text) {
        assertThat(Fixture.parse(text).isClean()).as(id).isTrue();
        assertThat(CrossCheck.check(Fixture.parse(text).objects(), List.of(), CrossCheckOptions.of(HERALD))
                        .problems())
                .as("%s in %s mode: %s", id, mode, accepted)
                .isEmpty();
    }

    @Test
    @DisplayName("F-04 F-05 of two peers with one address the second is refused, unless their nodes differ")
    void f04() {
        Checked checked = Fixture.check(NODES + on("p1", "a") + on("p2", "a"), List.of(), CrossCheckOptions.of(FRR));
        assertThat(checked.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.subject()).isEqualTo("BGPPeer p2");
            assertThat(problem.text()).contains("already exists");
        });
    }
}
