package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.manifest.Fixture.accepted;
import static org.heraldlb.manifest.Fixture.ad;
import static org.heraldlb.manifest.Fixture.bfd;
import static org.heraldlb.manifest.Fixture.check;
import static org.heraldlb.manifest.Fixture.community;
import static org.heraldlb.manifest.Fixture.goodPeer;
import static org.heraldlb.manifest.Fixture.l2;
import static org.heraldlb.manifest.Fixture.node;
import static org.heraldlb.manifest.Fixture.object;
import static org.heraldlb.manifest.Fixture.peer;
import static org.heraldlb.manifest.Fixture.pool;
import static org.heraldlb.manifest.Fixture.refused;
import static org.heraldlb.manifest.Fixture.secret;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.AdvertisementPolicy.PoolSelection;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.CommunityAliases;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.Peer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conformance checklist's table of configurations, H-01 to H-105. */
@DisplayName("H: configuration")
class ConfigChecklistTest {

    private static final String V4 = pool("pool1", "{addresses: [10.20.0.0/16, 10.50.0.0/24]}");
    private static final String NODES = node("first", "{first: \"true\"}") + node("second", "{second: \"true\"}");
    private static final String FIRST = "[{matchLabels: {first: \"true\"}}]";
    private static final String SECOND = "[{matchLabels: {second: \"true\"}}]";
    private static final String DUPLICATES = "[{matchLabels: {a: b}}, {matchLabels: {a: b}}]";
    private static final String DUPLICATE_VALUES = "[{matchExpressions: [{key: a, operator: In, values: [b, b]}]}]";

    private static Peer onlyPeer(String more) {
        return object(goodPeer("peer1", more), Peer.class);
    }

    private static void badPeer(String more, Code code, String rule) {
        refused(goodPeer("peer1", more), code, rule);
    }

    @Test
    @DisplayName("H-01 empty config")
    void h01() {
        assertThat(check("").accepted()).isEmpty();
        assertThat(check("---\n# nothing\n---\n").problems()).isEmpty();
    }

    @Test
    @DisplayName("H-02 one big config using every feature at once")
    void h02() {
        String secrets = secret("pw", "kubernetes.io/basic-auth", "password");
        String peers = goodPeer(
                        "peer1",
                        "sourceAddress: 10.20.30.40, peerPort: 1179, holdTime: 180s, keepaliveTime: 60s, connectTime: 30s,"
                                + " routerID: 10.20.30.40, nodeSelectors: " + FIRST + ", bfdProfile: fast,"
                                + " passwordSecret: {name: pw}, ebgpMultiHop: true, vrf: red")
                + peer("peer2", "{myASN: 100, dynamicASN: external, interface: eth1, enableGracefulRestart: true}");
        String pools = V4
                + pool(
                        "pool2",
                        "{addresses: [30.0.0.0/8, \"fd00::/64\"], autoAssign: false, avoidBuggyIPs: true,"
                                + " serviceAllocation: {priority: 3, namespaces: [a], namespaceSelectors: " + FIRST
                                + ", serviceSelectors: " + SECOND + "}}");
        String ads = ad(
                        "ad1",
                        "{aggregationLength: 32, aggregationLengthV6: 128, localPref: 100, communities: [bar, \"7:8\"],"
                                + " ipAddressPools: [pool1], nodeSelectors: " + FIRST + ", peers: [peer1]}")
                + ad("ad2", "{aggregationLength: 24, aggregationLengthV6: 64, ipAddressPools: [pool1, pool2]}")
                + l2(
                        "l2ad",
                        "{ipAddressPools: [pool1], interfaces: [eth0], nodeSelectors: " + FIRST
                                + ", serviceSelectors: " + SECOND
                                + ", preferredNodeSelectors: [{weight: 5, preference: {}}]}");
        String rest = community("c", "bar", "64512:1234", "big", "large:1:2:3") + bfd("fast", "{receiveInterval: 10}");
        assertThat(accepted(NODES + secrets + peers + pools + ads + rest)).hasSize(12);
    }

    @Test
    @DisplayName("H-03 pool pinned to namespaces and namespace selectors")
    void h03() {
        AddressPool pool = object(
                pool(
                        "p",
                        "{addresses: [10.0.0.0/24], serviceAllocation: {namespaces: [b, a], namespaceSelectors: "
                                + FIRST + "}}"),
                AddressPool.class);
        assertThat(pool.serviceAllocation().orElseThrow().namespaces()).containsExactly("a", "b");
        assertThat(pool.serviceAllocation().orElseThrow().namespaceSelectors())
                .containsExactly(new LabelSelector(Map.of("first", "true"), List.of()));
    }

    private static void badAllocation(String allocation, Code code) {
        refused(
                pool("p", "{addresses: [10.0.0.0/24], serviceAllocation: " + allocation + "}"),
                code,
                "duplicate definition");
    }

    @Test
    @DisplayName("H-04 duplicate namespace in a pool is refused")
    void h04() {
        badAllocation("{namespaces: [a, b, a]}", Code.DUPLICATE_VALUE);
    }

    @Test
    @DisplayName("H-05 duplicate namespace selectors are refused")
    void h05() {
        badAllocation("{namespaceSelectors: " + DUPLICATES + "}", Code.DUPLICATE_SELECTOR);
    }

    @Test
    @DisplayName("H-06 pool with service selectors")
    void h06() {
        accepted(pool("p", "{addresses: [10.0.0.0/24], serviceAllocation: {serviceSelectors: " + FIRST + "}}"));
    }

    @Test
    @DisplayName("H-07 duplicate service selectors in a pool are refused")
    void h07() {
        badAllocation("{serviceSelectors: " + DUPLICATES + "}", Code.DUPLICATE_SELECTOR);
    }

    @Test
    @DisplayName("H-08 namespaces plus service selectors")
    void h08() {
        String both = "{namespaces: [a], serviceSelectors: " + FIRST + "}";
        accepted(pool("p", "{addresses: [10.0.0.0/24], serviceAllocation: " + both + "}"));
    }

    @Test
    @DisplayName("H-09 only priority")
    void h09() {
        AddressPool pool =
                object(pool("p", "{addresses: [10.0.0.0/24], serviceAllocation: {priority: 7}}"), AddressPool.class);
        assertThat(pool.serviceAllocation())
                .contains(new AddressPool.ServiceAllocation(7, java.util.Set.of(), List.of(), List.of()));
    }

    @Test
    @DisplayName("H-10 peer only, defaults")
    void h10() {
        Peer peer = onlyPeer("");
        assertThat(peer.endpoint().port()).isEqualTo(179);
        assertThat(peer.as().peerAsn()).isEqualTo(OptionalLong.of(142));
        assertThat(peer.timers()).isEqualTo(Peer.Timers.DEFAULT);
        assertThat(peer.options()).isEqualTo(Peer.Options.DEFAULT);
        assertThat(peer.nodeSelectors()).isEmpty();
    }

    @Test
    @DisplayName("H-11 malformed peer address is refused")
    void h11() {
        refused(
                peer("p", "{myASN: 42, peerASN: 142, peerAddress: 1.2.3.400}"),
                Code.INVALID_PEER_ADDRESS,
                "invalid BGPPeer address");
    }

    @Test
    @DisplayName("H-12 myASN 0 is refused")
    void h12() {
        refused(peer("p", "{myASN: 0, peerASN: 142, peerAddress: 1.2.3.4}"), Code.INVALID_ASN, "missing local ASN");
        refused(peer("p", "{peerASN: 142, peerAddress: 1.2.3.4}"), Code.INVALID_ASN, "missing local ASN");
    }

    @Test
    @DisplayName("H-13 peerASN 0 without dynamicASN is refused")
    void h13() {
        refused(peer("p", "{myASN: 42, peerASN: 0, peerAddress: 1.2.3.4}"), Code.INVALID_ASN, "missing peer ASN");
    }

    @Test
    @DisplayName("H-14 ebgpMultiHop on iBGP is refused")
    void h14() {
        refused(
                peer("p", "{myASN: 42, peerASN: 42, peerAddress: 1.2.3.4, ebgpMultiHop: true}"),
                Code.MULTIHOP_IBGP,
                "invalid EBGP-multiHop");
    }

    @Test
    @DisplayName("H-15 keepalive larger than hold is refused")
    void h15() {
        badPeer("holdTime: 30s, keepaliveTime: 90s", Code.INVALID_KEEPALIVE_TIME, "invalid keepaliveTime");
    }

    @Test
    @DisplayName("H-16 hold below 3 s is refused")
    void h16() {
        badPeer("holdTime: 2999ms", Code.INVALID_HOLD_TIME, "invalid hold time");
        badPeer("holdTime: -3s", Code.INVALID_HOLD_TIME, "invalid hold time");
        badPeer("keepaliveTime: 500ms", Code.INVALID_HOLD_TIME, "invalid hold time");
        badPeer("holdTime: 18h13m", Code.INVALID_HOLD_TIME, "invalid hold time");
    }

    @Test
    @DisplayName("H-17 hold only: the announcer takes a third of it as keepalive")
    void h17() {
        assertThat(onlyPeer("holdTime: 90.5s").timers())
                .isEqualTo(new Peer.Timers(Optional.of(Duration.ofSeconds(90)), Optional.empty(), Optional.empty()));
    }

    @Test
    @DisplayName("H-18 keepalive only: hold is three times as long")
    void h18() {
        Peer.Timers timers = onlyPeer("keepaliveTime: 30s").timers();
        assertThat(timers.hold()).contains(Duration.ofSeconds(90));
        assertThat(timers.keepalive()).contains(Duration.ofSeconds(30));
    }

    @Test
    @DisplayName("H-19 both timers zero")
    void h19() {
        Peer.Timers timers = onlyPeer("holdTime: 0s, keepaliveTime: \"0\"").timers();
        assertThat(timers.hold()).contains(Duration.ZERO);
        assertThat(timers.keepalive()).contains(Duration.ZERO);
    }

    @Test
    @DisplayName("H-20 no timers stay unset")
    void h20() {
        assertThat(onlyPeer("").timers().hold()).isEmpty();
        assertThat(onlyPeer("").timers().keepalive()).isEmpty();
    }

    @Test
    @DisplayName("H-21 malformed routerID is refused")
    void h21() {
        badPeer("routerID: oh god how do I BGP", Code.INVALID_ROUTER_ID, "invalid router ID");
        badPeer("routerID: \"fd00::1\"", Code.INVALID_ROUTER_ID, "invalid router ID");
    }

    @Test
    @DisplayName("H-22 empty node selector selects every node")
    void h22() {
        assertThat(onlyPeer("nodeSelectors: [{}]").nodeSelectors().get(0).matches(Map.of("x", "y")))
                .isTrue();
    }

    private static void badSelector(String expression, Code code, String rule) {
        badPeer("nodeSelectors: [{matchExpressions: [" + expression + "]}]", code, rule);
    }

    @Test
    @DisplayName("H-23 expression without key is refused")
    void h23() {
        badSelector("{operator: In, values: [a]}", Code.MISSING_FIELD, "key");
    }

    @Test
    @DisplayName("H-24 expression without operator is refused")
    void h24() {
        badSelector("{key: a, values: [a]}", Code.MISSING_FIELD, "operator");
    }

    @Test
    @DisplayName("H-25 unknown operator is refused")
    void h25() {
        badSelector("{key: a, operator: In-ish, values: [a]}", Code.UNKNOWN_VALUE, "In, NotIn, Exists");
        badSelector("{key: a, operator: In}", Code.INVALID_SELECTOR, "needs values");
        badSelector("{key: a, operator: Exists, values: [a]}", Code.INVALID_SELECTOR, "has no values");
    }

    @Test
    @DisplayName("H-26 duplicate values in a node selector's expression are refused")
    void h26() {
        badSelector("{key: a, operator: In, values: [b, a, b]}", Code.DUPLICATE_VALUE, "duplicate");
        badSelector(
                "{key: a, operator: In, values: [b, c]}, {key: a, operator: In, values: [c, b]}",
                Code.DUPLICATE_SELECTOR,
                "duplicate match expression");
    }

    @Test
    @DisplayName("H-27 two identical peers are refused")
    void h27() {
        refused(goodPeer("p", "") + goodPeer("p", ""), Code.DUPLICATE_DEFINITION, "duplicate definition");
    }

    @Test
    @DisplayName("H-28 pool without name is refused")
    void h28() {
        refused(pool("\"\"", "{addresses: [10.0.0.0/24]}"), Code.MISSING_FIELD, "missing IPAddressPool name");
    }

    @Test
    @DisplayName("H-29 pool without addresses is refused")
    void h29() {
        refused(pool("p", "{autoAssign: false}"), Code.NO_ADDRESSES, "no prefixes defined");
    }

    @Test
    @DisplayName("H-30 pool with an empty list of addresses, or without a specification, is refused")
    void h30() {
        refused(pool("p", "{addresses: []}"), Code.NO_ADDRESSES, "no prefixes defined");
        refused(pool("p", "null"), Code.MISSING_FIELD, "spec");
    }

    @Test
    @DisplayName("H-31 malformed CIDR is refused")
    void h31() {
        refused(pool("p", "{addresses: [100.200.300.400/24]}"), Code.INVALID_CIDR, "invalid CIDR");
        refused(pool("p", "{addresses: [10.0.0.1]}"), Code.INVALID_CIDR, "invalid CIDR");
    }

    @Test
    @DisplayName("H-32 CIDR with a mask too long is refused")
    void h32() {
        refused(pool("p", "{addresses: [1.2.3.0/33]}"), Code.INVALID_CIDR, "invalid CIDR");
        refused(pool("p", "{addresses: [\"fd00::/129\"]}"), Code.INVALID_CIDR, "invalid CIDR");
    }

    @Test
    @DisplayName("H-33 reversed range is refused; so is one of two families")
    void h33() {
        refused(pool("p", "{addresses: [1.2.3.10-1.2.3.1]}"), Code.INVALID_RANGE, "invalid IP range");
        refused(pool("p", "{addresses: [\"1.2.3.10-fd00::1\"]}"), Code.MIXED_FAMILY_RANGE, "invalid IP range");
        refused(pool("p", "{addresses: [1.2.3.10-]}"), Code.INVALID_RANGE, "invalid IP range");
    }

    @Test
    @DisplayName("H-34 simple advertisement")
    void h34() {
        accepted(V4 + ad("ad", "{ipAddressPools: [pool1]}"));
    }

    @Test
    @DisplayName("H-35 advertisement with defaults")
    void h35() {
        BgpAdvertisement ad = object(ad("ad", "{}"), BgpAdvertisement.class);
        assertThat(ad.aggregationLength()).isEqualTo(32);
        assertThat(ad.aggregationLengthV6()).isEqualTo(128);
        assertThat(ad.attributes()).isEqualTo(BgpAdvertisement.Attributes.NONE);
        assertThat(ad.pools()).isEqualTo(PoolSelection.ALL);
        assertThat(object("{apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: {name: ad}}"))
                .isInstanceOf(BgpAdvertisement.class);
        assertThat(object(ad("ad", "{localPref: 0}"), BgpAdvertisement.class)
                        .attributes()
                        .localPref())
                .isEmpty();
    }

    @Test
    @DisplayName("H-36 aggregation above 32 is refused")
    void h36() {
        refused(ad("ad", "{aggregationLength: 34}"), Code.INVALID_AGGREGATION_LENGTH, "invalid aggregation length");
        refused(ad("ad", "{aggregationLengthV6: 129}"), Code.INVALID_AGGREGATION_LENGTH, "invalid aggregation length");
        refused(ad("ad", "{aggregationLength: 0}"), Code.INVALID_AGGREGATION_LENGTH, "invalid aggregation length");
    }

    @Test
    @DisplayName("H-37 aggregation shorter than the pool's mask is refused")
    void h37() {
        refused(
                V4 + ad("ad", "{aggregationLength: 20, ipAddressPools: [pool1]}"),
                Code.INVALID_AGGREGATION_LENGTH,
                "invalid aggregation length 20: prefix 24 in this pool is more specific than the aggregation length"
                        + " for addresses 10.50.0.0/24");
    }

    @Test
    @DisplayName("H-38 two localPrefs for the same peers and nodes are refused")
    void h38() {
        refused(
                NODES + V4 + ad("a", "{localPref: 100}") + ad("b", "{localPref: 200}"),
                Code.CONFLICTING_LOCAL_PREF,
                "localPref");
        refused(V4 + ad("a", "{localPref: 100}") + ad("b", "{}"), Code.CONFLICTING_LOCAL_PREF, "localPref");
    }

    @Test
    @DisplayName("H-39 different localPref, different IPv4 aggregation")
    void h39() {
        accepted(V4 + ad("a", "{localPref: 100}") + ad("b", "{localPref: 200, aggregationLength: 24}"));
    }

    @Test
    @DisplayName("H-40 different localPref, both aggregations differ; one of two is not enough")
    void h40() {
        String dual = pool("p", "{addresses: [10.0.0.0/16, \"fd00::/64\"]}");
        String first = ad("a", "{localPref: 100}");
        accepted(dual + first + ad("b", "{localPref: 200, aggregationLength: 24, aggregationLengthV6: 120}"));
        refused(
                dual + first + ad("b", "{localPref: 200, aggregationLength: 24}"),
                Code.CONFLICTING_LOCAL_PREF,
                "localPref");
        String v6 = pool("p", "{addresses: [\"fd00::/64\"]}");
        refused(
                v6 + first + ad("b", "{localPref: 200, aggregationLength: 24}"),
                Code.CONFLICTING_LOCAL_PREF,
                "localPref");
        accepted(v6 + first + ad("b", "{localPref: 200, aggregationLengthV6: 120}"));
    }

    @Test
    @DisplayName("H-41 different localPref, different nodes")
    void h41() {
        accepted(NODES
                + V4
                + ad("a", "{localPref: 100, nodeSelectors: " + FIRST + "}")
                + ad("b", "{localPref: 200, nodeSelectors: " + SECOND + "}"));
    }

    @Test
    @DisplayName("H-42 different localPref, different peers")
    void h42() {
        accepted(V4 + ad("a", "{localPref: 100, peers: [tor1]}") + ad("b", "{localPref: 200, peers: [tor2]}"));
        refused(
                V4 + ad("a", "{localPref: 100, peers: [tor1]}") + ad("b", "{localPref: 200}"),
                Code.CONFLICTING_LOCAL_PREF,
                "localPref");
    }

    @Test
    @DisplayName("H-43 aggregation fits a range")
    void h43() {
        accepted(pool("p", "{addresses: [3.3.3.2-3.3.3.254]}") + ad("ad", "{aggregationLength: 26}"));
    }

    @Test
    @DisplayName("H-44 aggregation too wide for a range is refused")
    void h44() {
        refused(
                pool("p", "{addresses: [3.3.3.2-3.3.3.254]}") + ad("ad", "{aggregationLength: 24}"),
                Code.INVALID_AGGREGATION_LENGTH,
                "invalid aggregation length 24: prefix 26");
        refused(
                pool("p", "{addresses: [\"fd00::/120\"]}") + ad("ad", "{aggregationLengthV6: 64}"),
                Code.INVALID_AGGREGATION_LENGTH,
                "invalid aggregation length 64: prefix 120");
    }

    @Test
    @DisplayName("H-45 duplicate pool names in an L2 advertisement are refused")
    void h45() {
        refused(l2("l2", "{ipAddressPools: [a, a]}"), Code.DUPLICATE_VALUE, "duplicate definition");
    }

    @Test
    @DisplayName("H-46 duplicate pool names in a BGP advertisement are refused")
    void h46() {
        refused(ad("ad", "{ipAddressPools: [a, a]}"), Code.DUPLICATE_VALUE, "duplicate definition");
    }

    @Test
    @DisplayName("H-47 duplicate peers in a BGP advertisement are refused")
    void h47() {
        refused(ad("ad", "{peers: [a, a]}"), Code.DUPLICATE_VALUE, "duplicate definition");
    }

    private static void badCommunity(String literal, String rule) {
        refused(ad("ad", "{communities: [\"" + literal + "\"]}"), Code.INVALID_COMMUNITY, rule);
    }

    @Test
    @DisplayName("H-48 community literal of bad shape is refused")
    void h48() {
        badCommunity("1:2:3", "invalid community format");
    }

    @Test
    @DisplayName("H-49 AS part too big is refused")
    void h49() {
        badCommunity("99999:1", "invalid community value");
    }

    @Test
    @DisplayName("H-50 value part too big is refused")
    void h50() {
        badCommunity("1:99999", "invalid community value");
    }

    @Test
    @DisplayName("H-51 unknown community alias holds the advertisement back")
    void h51() {
        refused(V4 + ad("ad", "{communities: [flarb]}"), Code.UNKNOWN_COMMUNITY, "flarb");
        accepted(V4 + ad("ad", "{communities: [flarb]}") + community("c", "flarb", "1:2"));
    }

    @Test
    @DisplayName("H-52 duplicate community in an advertisement is refused")
    void h52() {
        refused(ad("ad", "{communities: [\"1:2\", \"1:2\"]}"), Code.DUPLICATE_VALUE, "duplicate definition");
    }

    @Test
    @DisplayName("H-53 community of bad shape in a Community is refused")
    void h53() {
        refused(community("c", "flarb", "flarb"), Code.INVALID_COMMUNITY, "invalid community format");
    }

    @Test
    @DisplayName("H-54 AS part too big in a Community is refused")
    void h54() {
        refused(community("c", "flarb", "99999:1"), Code.INVALID_COMMUNITY, "invalid community value");
    }

    @Test
    @DisplayName("H-55 value part too big in a Community is refused")
    void h55() {
        refused(community("c", "flarb", "1:99999"), Code.INVALID_COMMUNITY, "invalid community value");
    }

    @Test
    @DisplayName("H-56 alias defined in two Communities is refused")
    void h56() {
        refused(
                community("c1", "flarb", "1:2") + community("c2", "flarb", "1:3"),
                Code.DUPLICATE_ALIAS,
                "duplicate definition of community \"flarb\"");
    }

    @Test
    @DisplayName("H-57 alias defined twice in one Community is refused")
    void h57() {
        refused(community("c1", "flarb", "1:2", "flarb", "1:3"), Code.DUPLICATE_ALIAS, "duplicate definition");
    }

    @Test
    @DisplayName("H-58 duplicate pool definition is refused")
    void h58() {
        refused(
                pool("p", "{addresses: [10.0.0.0/24]}") + pool("p", "{addresses: [10.0.1.0/24]}"),
                Code.DUPLICATE_DEFINITION,
                "duplicate definition of IPAddressPool p");
    }

    @Test
    @DisplayName("H-59 duplicate CIDR is refused")
    void h59() {
        String pool = "{addresses: [10.0.0.0/24]}";
        refused(pool("a", pool) + pool("b", pool), Code.OVERLAPPING_PREFIX, "overlaps with already defined CIDR");
        refused(
                pool("a", "{addresses: [10.0.0.0/24, 10.0.0.0/24]}"),
                Code.OVERLAPPING_PREFIX,
                "overlaps with already defined CIDR");
    }

    @Test
    @DisplayName("H-60 overlapping CIDR is refused")
    void h60() {
        refused(
                pool("a", "{addresses: [10.0.0.0/8]}") + pool("b", "{addresses: [10.0.0.0/16]}"),
                Code.OVERLAPPING_PREFIX,
                "overlaps with already defined CIDR 10.0.0.0/8");
        refused(
                pool("a", "{addresses: [10.0.0.10-10.0.0.20]}") + pool("b", "{addresses: [10.0.0.0/16]}"),
                Code.OVERLAPPING_PREFIX,
                "overlaps with already defined CIDR");
    }

    @Test
    @DisplayName("H-61 session with a default BFD profile")
    void h61() {
        List<ConfigObject> all = accepted(goodPeer("p", "bfdProfile: default") + bfd("default", "{}"));
        assertThat(all).filteredOn(BfdProfile.class::isInstance).hasSize(1);
        BfdProfile profile = object(bfd("default", "{}"), BfdProfile.class);
        assertThat(profile.timing().receiveInterval()).isEmpty();
        assertThat(profile.echoMode()).isFalse();
    }

    @Test
    @DisplayName("H-62 password and secretRef together are refused")
    void h62() {
        badPeer("password: a, passwordSecret: {name: b}", Code.MUTUALLY_EXCLUSIVE, "mutually exclusive");
    }

    @Test
    @DisplayName("H-63 secret of wrong type is refused")
    void h63() {
        refused(
                goodPeer("p", "passwordSecret: {name: s}") + secret("s", "Opaque", "password"),
                Code.INVALID_SECRET,
                "secret type mismatch");
    }

    @Test
    @DisplayName("H-64 secret without password key is refused")
    void h64() {
        refused(
                goodPeer("p", "passwordSecret: {name: s}") + secret("s", "kubernetes.io/basic-auth", "pass"),
                Code.INVALID_SECRET,
                "has no key \"password\"");
    }

    @Test
    @DisplayName("H-65 valid secret")
    void h65() {
        accepted(goodPeer("p", "passwordSecret: {name: s}") + secret("s", "kubernetes.io/basic-auth", "password"));
    }

    @Test
    @DisplayName("H-66 missing secret holds the peer back")
    void h66() {
        refused(goodPeer("p", "passwordSecret: {name: s}"), Code.MISSING_SECRET, "default/s does not exist");
    }

    @Test
    @DisplayName("H-67 passed-through secret is not looked at")
    void h67() {
        CrossCheckOptions through = new CrossCheckOptions(CrossCheckOptions.Mode.FRR, false);
        String text = goodPeer("p", "passwordSecret: {name: s}") + secret("s", "Opaque", "password");
        assertThat(check(text, List.of(), through).problems()).isEmpty();
    }

    @Test
    @DisplayName("H-68 passed-through secret may be absent")
    void h68() {
        CrossCheckOptions through = new CrossCheckOptions(CrossCheckOptions.Mode.FRR, false);
        assertThat(check(goodPeer("p", "passwordSecret: {name: s}"), List.of(), through)
                        .problems())
                .isEmpty();
    }

    @Test
    @DisplayName("H-69 missing BFD profile holds the peer back")
    void h69() {
        refused(goodPeer("p", "bfdProfile: none"), Code.MISSING_BFD_PROFILE, "does not exist");
    }

    @Test
    @DisplayName("H-70 two BFD profiles of the same name are refused")
    void h70() {
        refused(bfd("a", "{}") + bfd("a", "{}"), Code.DUPLICATE_DEFINITION, "duplicate definition");
    }

    @Test
    @DisplayName("H-71 session with a custom BFD profile")
    void h71() {
        String spec = "{receiveInterval: 50, transmitInterval: 51, echoInterval: 52, detectMultiplier: 5,"
                + " echoMode: true, passiveMode: true, minimumTtl: 60}";
        accepted(goodPeer("p", "bfdProfile: a") + bfd("a", spec));
        BfdProfile profile = object(bfd("a", spec), BfdProfile.class);
        assertThat(profile.timing().detectMultiplier()).isEqualTo(OptionalInt.of(5));
        assertThat(profile.minimumTtl()).isEqualTo(OptionalInt.of(60));
        assertThat(profile.passiveMode() && profile.echoMode()).isTrue();
    }

    @Test
    @DisplayName("H-72 receive interval too low is refused")
    void h72() {
        refused(bfd("a", "{receiveInterval: 2}"), Code.OUT_OF_RANGE, "range 10 to 60000");
    }

    @Test
    @DisplayName("H-73 receive interval too high is refused")
    void h73() {
        refused(bfd("a", "{receiveInterval: 90000}"), Code.OUT_OF_RANGE, "range 10 to 60000");
    }

    private static final String ECHO = goodPeer("p", "bfdProfile: e") + bfd("e", "{echoMode: true}");

    @Test
    @DisplayName("H-74 echo mode with an IPv6 pool is refused")
    void h74() {
        String v6 = pool("v6", "{addresses: [\"fd00::/64\"]}");
        refused(v6 + ad("ad", "{}") + ECHO, Code.BFD_ECHO_IPV6, "BFD echo mode is not supported for IPv6");
        refused(v6 + ad("ad", "{peers: [p]}") + ECHO, Code.BFD_ECHO_IPV6, "BFD echo mode");
        accepted(v6 + ad("ad", "{peers: [other]}") + ECHO);
        accepted(v6 + ECHO);
    }

    @Test
    @DisplayName("H-75 echo mode with an IPv4 pool")
    void h75() {
        accepted(V4 + ad("ad", "{}") + ECHO);
    }

    @Test
    @DisplayName("H-76 large communities from a Community")
    void h76() {
        CommunityAliases aliases = object(community("c", "big", "large:1111:2222:3333"), CommunityAliases.class);
        assertThat(aliases.values()).containsEntry("big", "large:1111:2222:3333");
        accepted(V4 + community("c", "big", "large:1111:2222:3333") + ad("ad", "{communities: [big]}"));
    }

    @Test
    @DisplayName("H-77 pool selectors attach advertisements to pools")
    void h77() {
        PoolSelection selection = object(
                        l2("l2", "{ipAddressPoolSelectors: [{matchLabels: {team: red}}]}"), L2Advertisement.class)
                .pools();
        AddressPool red = object(
                "{apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: {name: p, labels: {team: red}},"
                        + " spec: {addresses: [10.0.0.0/24]}}",
                AddressPool.class);
        assertThat(selection.selects(red)).isTrue();
        assertThat(selection.selects(object(V4, AddressPool.class))).isFalse();
    }

    @Test
    @DisplayName("H-78 interfaces listed")
    void h78() {
        assertThat(object(l2("l2", "{interfaces: [eth0, eth1]}"), L2Advertisement.class)
                        .interfaces())
                .containsExactly("eth0", "eth1");
    }

    @Test
    @DisplayName("H-79 duplicate match labels in pool selectors of a BGP advertisement are refused")
    void h79() {
        refused(ad("ad", "{ipAddressPoolSelectors: " + DUPLICATES + "}"), Code.DUPLICATE_SELECTOR, "duplicate");
    }

    @Test
    @DisplayName("H-80 duplicate match expressions in a BGP advertisement are refused")
    void h80() {
        String twice = "[{matchExpressions: [{key: a, operator: In, values: [x, y]}]},"
                + " {matchExpressions: [{key: a, operator: In, values: [y, x]}]}]";
        refused(ad("ad", "{ipAddressPoolSelectors: " + twice + "}"), Code.DUPLICATE_SELECTOR, "duplicate");
    }

    @Test
    @DisplayName("H-81 duplicate pool selectors in an L2 advertisement are refused")
    void h81() {
        refused(l2("l2", "{ipAddressPoolSelectors: " + DUPLICATES + "}"), Code.DUPLICATE_SELECTOR, "duplicate");
    }

    @Test
    @DisplayName("H-82 pool selector matching nothing")
    void h82() {
        accepted(V4 + l2("l2", "{ipAddressPoolSelectors: [{matchLabels: {no: pool}}]}"));
    }

    @Test
    @DisplayName("H-83 node selectors select nodes by label")
    void h83() {
        L2Advertisement l2 = object(
                l2("l2", "{nodeSelectors: [{matchLabels: {first: \"true\"}}, {matchLabels: {third: yes-it-is}}]}"),
                L2Advertisement.class);
        assertThat(LabelSelector.anyMatches(l2.nodeSelectors(), Map.of("first", "true")))
                .isTrue();
        assertThat(LabelSelector.anyMatches(l2.nodeSelectors(), Map.of("second", "true")))
                .isFalse();
    }

    @Test
    @DisplayName("H-84 duplicate match labels in node selectors are refused")
    void h84() {
        refused(l2("l2", "{nodeSelectors: " + DUPLICATES + "}"), Code.DUPLICATE_SELECTOR, "duplicate");
        refused(ad("ad", "{nodeSelectors: " + DUPLICATES + "}"), Code.DUPLICATE_SELECTOR, "duplicate");
    }

    @Test
    @DisplayName("H-85 duplicate expression values in a node selector are refused")
    void h85() {
        refused(l2("l2", "{nodeSelectors: " + DUPLICATE_VALUES + "}"), Code.DUPLICATE_VALUE, "duplicate");
    }

    @Test
    @DisplayName("H-86 no selectors select every node")
    void h86() {
        assertThat(object(l2("l2", "{}"), L2Advertisement.class).nodeSelectors())
                .isEmpty();
        assertThat(LabelSelector.anyMatches(List.of(), Map.of())).isTrue();
    }

    @Test
    @DisplayName("H-87 advertisement with a peers list")
    void h87() {
        assertThat(object(ad("ad", "{peers: [a, b]}"), BgpAdvertisement.class).peers())
                .containsExactly("a", "b");
    }

    @Test
    @DisplayName("H-88 dynamicASN")
    void h88() {
        Peer peer = object(peer("p", "{myASN: 1, dynamicASN: internal, peerAddress: 1.2.3.4}"), Peer.class);
        assertThat(peer.as().dynamic()).contains(Peer.DynamicAs.INTERNAL);
        refused(peer("p", "{myASN: 1, dynamicASN: both, peerAddress: 1.2.3.4}"), Code.UNKNOWN_VALUE, "external");
    }

    @Test
    @DisplayName("H-89 neither ASN is refused")
    void h89() {
        refused(peer("p", "{myASN: 1, peerAddress: 1.2.3.4}"), Code.INVALID_ASN, "missing peer ASN");
    }

    @Test
    @DisplayName("H-90 both ASNs are refused")
    void h90() {
        badPeer("dynamicASN: external", Code.MUTUALLY_EXCLUSIVE, "mutually exclusive");
    }

    @Test
    @DisplayName("H-91 interface peer without address")
    void h91() {
        Peer peer = object(peer("p", "{myASN: 1, peerASN: 2, interface: eth0}"), Peer.class);
        assertThat(peer.endpoint().linkInterface()).contains("eth0");
        assertThat(peer.endpoint().address()).isEmpty();
    }

    @Test
    @DisplayName("H-92 neither address nor interface is refused")
    void h92() {
        refused(peer("p", "{myASN: 1, peerASN: 2}"), Code.INVALID_PEER_ADDRESS, "invalid BGPPeer address");
    }

    @Test
    @DisplayName("H-93 both address and interface are refused")
    void h93() {
        badPeer("interface: eth0", Code.MUTUALLY_EXCLUSIVE, "mutually exclusive");
    }

    @Test
    @DisplayName("H-94 disableMP is read, with a warning")
    void h94() {
        Parsed parsed = Fixture.parse(goodPeer("p", "disableMP: true"));
        assertThat(((Peer) parsed.objects().get(0)).options().disableMp()).isTrue();
        assertThat(parsed.isClean()).isTrue();
        assertThat(parsed.problems()).extracting("code").containsExactly(Code.DEPRECATED_FIELD.text());
    }

    @Test
    @DisplayName("H-95 localASN")
    void h95() {
        assertThat(onlyPeer("localASN: 4294967295").as().localAsn()).isEqualTo(OptionalLong.of(4294967295L));
        badPeer("localASN: 4294967296", Code.OUT_OF_RANGE, "range 1 to 4294967295");
    }

    @Test
    @DisplayName(
            "H-96 equal advertisements of other names and one advertisement in any order of its lists are accepted")
    void h96() {
        accepted(V4 + l2("a", "{interfaces: [eth0, eth1]}") + l2("b", "{interfaces: [eth1, eth0]}") + l2("c", "{}"));
    }

    @Test
    @DisplayName("H-97 equal advertisements with preferences are kept apart")
    void h97() {
        String preferred = "{preferredNodeSelectors: [{weight: 10, preference: {}}]}";
        assertThat(accepted(V4 + l2("a", preferred) + l2("b", preferred))).hasSize(3);
    }

    @Test
    @DisplayName("H-98 service selectors of BGP and L2 advertisements")
    void h98() {
        accepted(ad("ad", "{serviceSelectors: " + FIRST + "}") + l2("l2", "{serviceSelectors: " + FIRST + "}"));
        L2Advertisement several = object(
                l2("l2", "{serviceSelectors: [{matchLabels: {a: b}}, {matchLabels: {c: d}}]}"), L2Advertisement.class);
        assertThat(LabelSelector.anyMatches(several.serviceSelectors(), Map.of("c", "d")))
                .isTrue();
    }

    @Test
    @DisplayName("H-99 service selectors exclude aggregation, default lengths do not count")
    void h99() {
        String selectors = "serviceSelectors: " + FIRST;
        refused(ad("a", "{aggregationLength: 24, " + selectors + "}"), Code.MUTUALLY_EXCLUSIVE, "mutually exclusive");
        refused(ad("a", "{aggregationLengthV6: 64, " + selectors + "}"), Code.MUTUALLY_EXCLUSIVE, "mutually exclusive");
        accepted(ad("a", "{aggregationLength: 32, aggregationLengthV6: 128, " + selectors + "}"));
    }

    @Test
    @DisplayName("H-100 duplicate service selectors are refused")
    void h100() {
        refused(ad("a", "{serviceSelectors: " + DUPLICATES + "}"), Code.DUPLICATE_SELECTOR, "duplicate");
        refused(l2("a", "{serviceSelectors: " + DUPLICATES + "}"), Code.DUPLICATE_SELECTOR, "duplicate");
    }

    @Test
    @DisplayName("H-101 preferences: weights of 1 to 100, a selector each, a bad operator is refused")
    void h101() {
        L2Advertisement l2 = object(
                l2(
                        "a",
                        "{preferredNodeSelectors: [{weight: 1, preference: {}},"
                                + " {weight: 100, preference: {matchLabels: {a: b}}}]}"),
                L2Advertisement.class);
        assertThat(l2.preferences()).hasSize(2);
        assertThat(l2.preferences().get(1).weight()).isEqualTo(100);
        refused(l2("a", "{preferredNodeSelectors: [{weight: 0, preference: {}}]}"), Code.OUT_OF_RANGE, "1 to 100");
        refused(l2("a", "{preferredNodeSelectors: [{weight: 101, preference: {}}]}"), Code.OUT_OF_RANGE, "1 to 100");
        refused(l2("a", "{preferredNodeSelectors: [{preference: {}}]}"), Code.MISSING_FIELD, "weight");
        refused(l2("a", "{preferredNodeSelectors: [{weight: 5}]}"), Code.MISSING_FIELD, "preference");
        refused(
                l2(
                        "a",
                        "{preferredNodeSelectors: [{weight: 5, preference: {matchExpressions: [{key: a,"
                                + " operator: Near, values: [b]}]}}]}"),
                Code.UNKNOWN_VALUE,
                "operator");
    }

    @Test
    @DisplayName("H-102 preferences may be equal and live beside service selectors")
    void h102() {
        String twice = "{weight: 5, preference: {}}, {weight: 5, preference: {}}";
        assertThat(object(
                                l2("a", "{serviceSelectors: " + FIRST + ", preferredNodeSelectors: [" + twice + "]}"),
                                L2Advertisement.class)
                        .preferences())
                .hasSize(2);
    }

    @Test
    @DisplayName("H-103 a pool selected by name and by selector is selected once")
    void h103() {
        PoolSelection both = object(
                        l2("a", "{ipAddressPools: [pool1], ipAddressPoolSelectors: [{}]}"), L2Advertisement.class)
                .pools();
        assertThat(both.selects(object(V4, AddressPool.class))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("H-104 the order of input objects does not matter")
    void h104(long seed) {
        List<ConfigObject> objects = new ArrayList<>(Fixture.parse(NODES
                        + V4
                        + pool("over", "{addresses: [10.20.1.0/24]}")
                        + ad("a", "{localPref: 100}")
                        + ad("b", "{localPref: 200}")
                        + ECHO
                        + pool("v6", "{addresses: [\"fd00::/64\"]}")
                        + community("c1", "x", "1:2")
                        + community("c2", "x", "1:3"))
                .objects());
        Checked straight = CrossCheck.check(objects, List.of(), CrossCheckOptions.DEFAULT);
        Collections.shuffle(objects, new Random(seed));
        Checked shuffled = CrossCheck.check(objects, List.of(), CrossCheckOptions.DEFAULT);
        assertThat(shuffled.problems()).isEqualTo(straight.problems());
        assertThat(shuffled.accepted()).containsExactlyInAnyOrderElementsOf(straight.accepted());
        assertThat(shuffled.problems()).hasSize(4);
    }

    @Test
    @DisplayName("H-105 documents alone are judged without their references")
    void h105() {
        assertThat(Fixture.parse(goodPeer("p", "bfdProfile: none, passwordSecret: {name: none}")
                                + ad("ad", "{communities: [none]}"))
                        .problems())
                .isEmpty();
    }
}
