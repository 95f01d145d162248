package org.heraldlb.k8swebhook.review;

import static org.assertj.core.api.Assertions.assertThat;

import org.heraldlb.k8swebhook.review.Review.Operation;
import org.heraldlb.manifest.CrossCheckOptions.Mode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What MetalLB's webhooks refuse, by the numbers of the checklist (F, Q, and sections 1.3 to 1.9), and what they let pass. */
class ValidationChecklistTest {

    private static final String PEER = "{'myASN': 64512, 'peerASN': 64513, 'peerAddress': '192.0.2.1'";

    private static void refused(Verdict verdict, String rule) {
        assertThat(verdict.isAllowed()).as("%s", verdict).isFalse();
        assertThat(verdict.message()).contains(rule);
    }

    private static void allowed(Verdict verdict) {
        assertThat(verdict.refusals()).isEmpty();
    }

    @Test
    @DisplayName("F-01 a pool over another one, new and edited")
    void f01() {
        Fixture cluster = new Fixture()
                .with("IPAddressPool", "one", "{'addresses': ['1.1.1.1-1.1.1.100']}")
                .with("IPAddressPool", "two", "{'addresses': ['2.2.2.0/24']}");
        refused(
                cluster.create("IPAddressPool", "three", "{'addresses': ['1.1.1.50-1.1.1.150']}"),
                "overlaps with already defined CIDR");
        refused(
                cluster.update("IPAddressPool", "two", "{'addresses': ['1.1.1.0/24']}"),
                "overlaps with already defined CIDR");
    }

    @Test
    @DisplayName("F-02 aggregation above a pool, from both sides")
    void f02() {
        String message = "invalid aggregation length 26: prefix 28 in this pool is more specific than the aggregation"
                + " length for addresses 1.1.1.0/28";
        refused(
                new Fixture()
                        .with("IPAddressPool", "p", "{'addresses': ['1.1.1.0/28']}")
                        .create("BGPAdvertisement", "ad", "{'aggregationLength': 26}"),
                message);
        refused(
                new Fixture()
                        .with("IPAddressPool", "p", "{'addresses': ['1.1.1.0/24']}")
                        .with("BGPAdvertisement", "ad", "{'aggregationLength': 26}")
                        .update("IPAddressPool", "p", "{'addresses': ['1.1.1.0/28']}"),
                message);
    }

    @Test
    @DisplayName("F-03 serviceSelectors with aggregation")
    void f03() {
        refused(
                new Fixture()
                        .create(
                                "BGPAdvertisement",
                                "ad",
                                "{'aggregationLength': 24, 'serviceSelectors': [{'matchLabels': {'a': 'b'}}]}"),
                "mutually exclusive");
    }

    @Test
    @DisplayName("F-04 a malformed peer address")
    void f04() {
        refused(
                new Fixture().create("BGPPeer", "p", "{'myASN': 1, 'peerASN': 2, 'peerAddress': '1.1.1.1111'}"),
                "invalid BGPPeer address");
    }

    @Test
    @DisplayName("F-05 F-06 one neighbour as two peers: refused where they meet")
    void f05() {
        String here = ", 'nodeSelectors': [{'matchLabels': {'host': 'a'}}]}";
        Fixture cluster = new Fixture().node("a").node("b").with("BGPPeer", "one", PEER + here);
        refused(cluster.create("BGPPeer", "two", PEER + here), "already exists");
        allowed(cluster.create("BGPPeer", "two", PEER + here.replace("'a'", "'b'")));
        allowed(cluster.mode(Mode.HERALD).create("BGPPeer", "two", PEER + here));
    }

    @ParameterizedTest
    @DisplayName("F-07 to F-10 values of communities, new and edited")
    @CsvSource({"99999999:1, invalid community value", "lar:123:9999:123, invalid community value"})
    void f07(String value, String rule) {
        String spec = "{'communities': [{'name': 'c', 'value': '" + value + "'}]}";
        Fixture cluster = new Fixture().with("Community", "known", "{'communities': [{'name': 'a', 'value': '1:1'}]}");
        refused(cluster.create("Community", "new", spec), rule);
        refused(cluster.update("Community", "known", spec), rule);
    }

    @ParameterizedTest
    @DisplayName("F-11 F-12 an alias twice, in one object and in two")
    @CsvSource({"1:2", "large:1:2:3"})
    void f11(String value) {
        String one = "{'name': 'a', 'value': '" + value + "'}";
        Fixture cluster = new Fixture().with("Community", "known", "{'communities': [" + one + "]}");
        refused(
                cluster.create("Community", "new", "{'communities': [" + one + "]}"),
                "duplicate definition of community");
        refused(
                new Fixture().create("Community", "new", "{'communities': [" + one + ", " + one + "]}"),
                "duplicate definition of community");
        allowed(cluster.update("Community", "known", "{'communities': [" + one + "]}"));
    }

    @Test
    @DisplayName("F-13 Q-03 a BFD profile that is used is not deleted")
    void f13() {
        Fixture cluster = new Fixture()
                .with("BFDProfile", "fast", "{}")
                .with("BFDProfile", "slow", "{}")
                .with("BGPPeer", "p", PEER + ", 'bfdProfile': 'fast'}");
        refused(cluster.delete("BFDProfile", "fast"), "failed to delete BFDProfile fast, used by BGPPeer p");
        allowed(cluster.delete("BFDProfile", "slow"));
        allowed(new Fixture().with("BFDProfile", "fast", "{}").delete("BFDProfile", "fast"));
    }

    @ParameterizedTest
    @DisplayName("F-14 to F-19, Q-01 to Q-03 another namespace")
    @CsvSource(
            delimiter = '|',
            value = {
                "BFDProfile | {}",
                "IPAddressPool | {'addresses': ['10.0.0.0/24']}",
                "BGPPeer | {'myASN': 1, 'peerASN': 2, 'peerAddress': '1.1.1.1'}",
                "BGPAdvertisement | {}",
                "L2Advertisement | {}",
                "Community | {}"
            })
    void f14(String kind, String spec) {
        refused(
                new Fixture().judge(Fixture.review(Operation.CREATE, "metallb.io", kind, "default", "x", spec)),
                "resource must be created in metallb-system namespace");
        allowed(new Fixture().create(kind, "x", spec));
    }

    @ParameterizedTest
    @DisplayName("1.9 peers that meet on a node, FRR mode")
    @CsvSource(
            delimiter = '|',
            value = {
                "'routerID': '10.0.0.1' | all peers of a node have the same routerID",
                "'myASN': 64999 | all peers of a node and VRF have the same myASN"
            })
    void peersThatMeet(String field, String rule) {
        Fixture cluster = new Fixture().node("a").with("BGPPeer", "one", PEER + "}");
        String other = "{'peerASN': 64513, 'peerAddress': '192.0.2.2', " + field
                + (field.contains("myASN") ? "}" : ", 'myASN': 64512}");
        refused(cluster.create("BGPPeer", "two", other), rule);
        allowed(cluster.mode(Mode.HERALD).create("BGPPeer", "two", other));
    }

    @Test
    @DisplayName("1.9 native mode has no IPv6, no large communities and no BFD")
    void nativeMode() {
        Fixture cluster =
                new Fixture().mode(Mode.NATIVE).with("IPAddressPool", "p", "{'addresses': ['2001:db8::/64']}");
        refused(cluster.create("BGPAdvertisement", "ad", "{}"), "IPv6");
        refused(cluster.create("BGPAdvertisement", "ad", "{'communities': ['large:1:2:3']}"), "large communities");
        refused(cluster.create("BFDProfile", "b", "{}"), "BFD");
    }

    @Test
    @DisplayName("1.3 two local preferences for one pool")
    void localPref() {
        refused(
                new Fixture()
                        .with("IPAddressPool", "p", "{'addresses': ['1.1.1.0/24']}")
                        .with("BGPAdvertisement", "one", "{'localPref': 100}")
                        .create("BGPAdvertisement", "two", "{'localPref': 200}"),
                "localPref");
    }

    @Test
    @DisplayName("1.5 BFD echo towards IPv6, from every side")
    void echo() {
        Fixture cluster = new Fixture()
                .with("BFDProfile", "echo", "{'echoMode': true}")
                .with("IPAddressPool", "p", "{'addresses': ['2001:db8::/64']}")
                .with("BGPAdvertisement", "ad", "{}");
        refused(cluster.create("BGPPeer", "p", PEER + ", 'bfdProfile': 'echo'}"), "echo");
        refused(
                new Fixture()
                        .with("BFDProfile", "b", "{}")
                        .with("IPAddressPool", "p", "{'addresses': ['2001:db8::/64']}")
                        .with("BGPAdvertisement", "ad", "{}")
                        .with("BGPPeer", "p", PEER + ", 'bfdProfile': 'b'}")
                        .update("BFDProfile", "b", "{'echoMode': true}"),
                "echo");
    }

    @ParameterizedTest
    @DisplayName("6 references may come later: a warning")
    @CsvSource(
            delimiter = '|',
            value = {
                "BGPPeer | {'myASN': 1, 'peerASN': 2, 'peerAddress': '1.1.1.1', 'bfdProfile': 'no'} | BFD profile no",
                "BGPAdvertisement | {'communities': ['no']} | community no is not defined"
            })
    void references(String kind, String spec, String warning) {
        Verdict verdict = new Fixture().create(kind, "x", spec);
        allowed(verdict);
        assertThat(verdict.warnings()).singleElement().asString().contains(warning);
    }

    @Test
    @DisplayName("6 a missing secret is no matter of admission")
    void secrets() {
        Verdict verdict = new Fixture().create("BGPPeer", "x", PEER + ", 'passwordSecret': {'name': 'no'}}");
        allowed(verdict);
        assertThat(verdict.warnings()).isEmpty();
    }

    @Test
    @DisplayName("1.1 to 1.4 duplicates in one object")
    void duplicates() {
        String twice = "[{'matchLabels': {'a': 'b'}}, {'matchLabels': {'a': 'b'}}]";
        refused(new Fixture().create("L2Advertisement", "x", "{'nodeSelectors': " + twice + "}"), "duplicate");
        refused(new Fixture().create("BGPPeer", "x", PEER + ", 'nodeSelectors': " + twice + "}"), "duplicate");
        refused(new Fixture().create("BGPAdvertisement", "x", "{'peers': ['a', 'a']}"), "duplicate");
        refused(new Fixture().create("L2Advertisement", "x", "{'ipAddressPools': ['a', 'a']}"), "duplicate");
    }
}
