package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.manifest.Fixture.accepted;
import static org.heraldlb.manifest.Fixture.ad;
import static org.heraldlb.manifest.Fixture.community;
import static org.heraldlb.manifest.Fixture.goodPeer;
import static org.heraldlb.manifest.Fixture.object;
import static org.heraldlb.manifest.Fixture.peer;
import static org.heraldlb.manifest.Fixture.pool;
import static org.heraldlb.manifest.Fixture.refused;

import java.time.Duration;
import java.util.OptionalLong;
import org.heraldlb.api.intent.Peer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What MetalLB refuses at admission (F), its communities (M-06) and the older form of peers. */
class AdmissionChecklistTest {

    private static final ReadContext KUBERNETES = new ReadContext("k8s", true, "metallb-system");

    @Test
    @DisplayName("F-01 overlapping pool")
    void f01() {
        String first = pool("first", "{addresses: [1.1.1.1-1.1.1.100]}");
        refused(
                first + pool("second", "{addresses: [1.1.1.50-1.1.1.150]}"),
                Code.OVERLAPPING_PREFIX,
                "overlaps with already defined CIDR");
        refused(
                first + pool("second", "{addresses: [1.1.1.0/24]}"),
                Code.OVERLAPPING_PREFIX,
                "overlaps with already defined CIDR");
    }

    @Test
    @DisplayName("F-02 aggregation length 26 over a /28 pool")
    void f02() {
        refused(
                pool("p", "{addresses: [1.1.1.0/28]}") + ad("ad", "{aggregationLength: 26, ipAddressPools: [p]}"),
                Code.INVALID_AGGREGATION_LENGTH,
                "invalid aggregation length 26: prefix 28 in this pool is more specific than the aggregation length"
                        + " for addresses 1.1.1.0/28");
    }

    @Test
    @DisplayName("F-03 serviceSelectors with aggregation")
    void f03() {
        refused(
                ad("ad", "{aggregationLength: 24, serviceSelectors: [{matchLabels: {a: b}}]}"),
                Code.MUTUALLY_EXCLUSIVE,
                "mutually exclusive");
    }

    @Test
    @DisplayName("F-04 malformed peer address")
    void f04() {
        refused(
                peer("p", "{myASN: 1, peerASN: 2, peerAddress: 1.1.1.1111}"),
                Code.INVALID_PEER_ADDRESS,
                "invalid BGPPeer address");
    }

    @ParameterizedTest
    @DisplayName("F-07 to F-10 values of communities")
    @CsvSource({
        "99999999:1, invalid community value",
        "1:99999999, invalid community value",
        "lar:123:9999:123, invalid community value",
        "large:1:2:4294967296, invalid community value",
        "1, invalid community format",
        "1:2:3, invalid community format",
        "large:1:2:3:4, invalid community format"
    })
    void f07(String value, String rule) {
        refused(community("c", "alias", value), Code.INVALID_COMMUNITY, rule);
    }

    @ParameterizedTest
    @DisplayName("F-11 F-12 duplicate aliases in one and in two documents")
    @CsvSource({"1:2", "large:1:2:3"})
    void f11(String value) {
        refused(community("c", "a", value, "a", value), Code.DUPLICATE_ALIAS, "duplicate definition of community");
        refused(
                community("c", "a", value) + community("d", "a", value),
                Code.DUPLICATE_ALIAS,
                "duplicate definition of community");
    }

    @ParameterizedTest
    @DisplayName("F-14 to F-19 MetalLB's kinds live in its namespace")
    @CsvSource(
            delimiter = '|',
            value = {
                "BFDProfile | v1beta1 | {}",
                "IPAddressPool | v1beta1 | {addresses: [10.0.0.0/24]}",
                "BGPPeer | v1beta2 | {myASN: 1, peerASN: 2, peerAddress: 1.1.1.1}",
                "BGPAdvertisement | v1beta1 | {}",
                "L2Advertisement | v1beta1 | {}",
                "Community | v1beta1 | {}"
            })
    void f14(String kind, String version, String spec) {
        String text = "{apiVersion: metallb.io/" + version + ", kind: " + kind
                + ", metadata: {name: x, namespace: NS}, spec: " + spec + "}";
        Parsed elsewhere = Documents.parse(KUBERNETES, "d", text.replace("NS", "default"));
        assertThat(elsewhere.objects()).isEmpty();
        assertThat(elsewhere.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("wrongNamespace");
            assertThat(problem.text()).isEqualTo("resource must be created in metallb-system namespace");
        });
        assertThat(Documents.parse(KUBERNETES, "d", text.replace("NS", "metallb-system"))
                        .isClean())
                .isTrue();
        assertThat(Fixture.parse(text.replace("NS", "anywhere")).isClean()).isTrue();
    }

    @Test
    @DisplayName("M-06 communities: reading, order, text")
    void m06() {
        assertThat(CommunityText.parse("1111:2222").standard()).isPresent();
        assertThat(CommunityText.parse("large:4294967295:0:1")).hasToString("large:4294967295:0:1");
        assertThat(CommunityText.parse("65535:65281")).hasToString("65535:65281");
        assertThat(CommunityText.parse("1:2").standard().orElseThrow())
                .isLessThan(CommunityText.parse("1:3").standard().orElseThrow())
                .isLessThan(CommunityText.parse("65535:1").standard().orElseThrow());
        assertThat(CommunityText.parse("large:1:2:3").large().orElseThrow())
                .isLessThan(CommunityText.parse("large:4294967295:0:0").large().orElseThrow())
                .isLessThan(CommunityText.parse("large:1:2:4").large().orElseThrow())
                .isLessThan(CommunityText.parse("large:1:3:0").large().orElseThrow());
        assertThat(CommunityText.isLiteral("alias")).isFalse();
        assertThat(CommunityText.isLiteral("1:2")).isTrue();
    }

    private static String old(String spec) {
        return Fixture.doc("metallb.io/v1beta1", "BGPPeer", "p", spec);
    }

    @Test
    @DisplayName("R-04 v1beta1 means the same as v1beta2")
    void r04() {
        String both = "{myASN: 42, peerASN: 142, peerAddress: 1.2.3.4, sourceAddress: 1.2.3.5, peerPort: 1179,"
                + " holdTime: 90s, keepaliveTime: 30s, routerID: 9.9.9.9, password: secret, bfdProfile: b,"
                + " ebgpMultiHop: true, nodeSelectors: [{matchLabels: {a: b}}]}";
        assertThat(object(old(both))).isEqualTo(object(peer("p", both)));
    }

    @Test
    @DisplayName("R-04 D8 absent timers of v1beta1 stay absent, port 0 is the usual one")
    void d8() {
        Peer peer = object(old("{myASN: 42, peerASN: 142, peerAddress: 1.2.3.4, peerPort: 0}"), Peer.class);
        assertThat(peer.timers()).isEqualTo(Peer.Timers.DEFAULT);
        assertThat(peer.endpoint().port()).isEqualTo(179);
        assertThat(peer.as().peerAsn()).isEqualTo(OptionalLong.of(142));
    }

    @ParameterizedTest
    @DisplayName("R-04 v1beta1 lacks the later fields")
    @CsvSource(
            delimiter = '|',
            value = {
                "passwordSecret: {name: s}",
                "localASN: 1",
                "dynamicASN: external",
                "interface: eth0",
                "connectTime: 1s",
                "enableGracefulRestart: true",
                "vrf: red",
                "dualStackAddressFamily: true"
            })
    void lacks(String field) {
        Parsed parsed = Fixture.parse(old("{myASN: 42, peerASN: 142, peerAddress: 1.2.3.4, " + field + "}"));
        assertThat(parsed.objects()).isEmpty();
        assertThat(parsed.problems()).extracting("code").contains("unknownField");
    }

    @Test
    void peersOfTheOwnGroupSayMore() {
        String spec = "{myASN: 42, peerASN: 142, peerAddress: 1.2.3.4, peerPort: 50179, passive: true,"
                + " ttlSecurityHops: 1, role: rs-client, maxPrefixes: 100, bfdMultihop: false, connectTime: 10s,"
                + " bfdProfile: fast, bfdStrict: true}";
        Peer peer = object(Fixture.doc("heraldlb.org/v1", "BGPPeer", "p", spec), Peer.class);
        assertThat(peer.options().extensions().role()).contains(Peer.Role.RS_CLIENT);
        assertThat(peer.options().extensions().bfdStrict()).isTrue();
        assertThat(peer.endpoint().port()).isEqualTo(50179);
        assertThat(peer.timers().connect()).contains(Duration.ofSeconds(10));
        refused(peer("p", spec), Code.UNKNOWN_FIELD, "unknown field spec.passive");
    }

    @Test
    void strictBfdNeedsAProfile() {
        String spec = "{myASN: 42, peerASN: 142, peerAddress: 1.2.3.4, bfdStrict: true}";
        refused(Fixture.doc("heraldlb.org/v1", "BGPPeer", "p", spec), Code.MISSING_FIELD, "needs a bfdProfile");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connectTime: 0s         | invalidConnectTime",
                "connectTime: 1500ms     | invalidConnectTime",
                "connectTime: 65536s     | invalidConnectTime",
                "holdTime: 90            | wrongType",
                "holdTime: ninety        | invalidDuration",
                "peerPort: 16385         | outOfRange",
                "peerPort: 0             | outOfRange",
                "sourceAddress: here     | invalidAddress",
                "myASN: 4294967296       | outOfRange",
                "myASN: '1'              | wrongType",
                "ebgpMultiHop: 'yes'     | wrongType",
                "nodeSelectors: {}       | wrongType",
                "nodeSelectors: [a]      | wrongType",
                "password: 12345         | wrongType"
            })
    void aWrongPeerIsRefused(String field, String code) {
        String name = field.substring(0, field.indexOf(':'));
        String base = "myASN: 42, peerASN: 142, peerAddress: 1.2.3.4";
        String spec = name.equals("myASN") ? base.substring(11) : base;
        Parsed parsed = Fixture.parse(peer("p", "{" + spec + ", " + field.replace('\'', '"') + "}"));
        assertThat(parsed.objects()).isEmpty();
        assertThat(parsed.problems()).extracting("code").contains(code);
        assertThat(parsed.problems())
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("hunter2"));
    }

    @Test
    void secretsNeverReachAProblem() {
        Parsed parsed = Fixture.parse(goodPeer("p", "password: hunter2, holdTime: 1s")
                + "---\n{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {password: \"%hunter2\"}}\n");
        assertThat(parsed.objects()).isEmpty();
        assertThat(parsed.problems()).hasSize(2).allSatisfy(problem -> assertThat(problem.toString())
                .doesNotContain("hunter2"));
        assertThat(accepted(goodPeer("p", "password: hunter2")).toString()).doesNotContain("hunter2");
    }

    @Test
    void aSecretIsLookedUpBesideThePeer() {
        Parsed parsed = Fixture.parse(goodPeer("p", "passwordSecret: {name: s, namespace: other}"));
        assertThat(((Peer) parsed.objects().get(0)).authentication().secret())
                .hasValueSatisfying(name -> assertThat(name).hasToString("default/s"));
        assertThat(parsed.problems()).extracting("code").containsExactly("ignoredField");
    }
}
