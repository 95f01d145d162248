package org.heraldlb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.cli.DocumentedCluster.FOUR;
import static org.heraldlb.cli.DocumentedCluster.SIX;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * MetalLB's end-to-end lines about BGP, from documents to the routes of all nodes. What the wire adds is tested against
 * routers, see {@code test_bgp_checklist.py}.
 */
@DisplayName("D and E: BGP")
final class BgpChecklistTest {

    private static final Set<String> ALL = Set.of("n1", "n2", "n3");
    private static final String FIRST4 = "192.0.2.0/32";
    private static final String FIRST6 = "2001:db8::/128";

    private final DocumentedCluster cluster = new DocumentedCluster();

    private DocumentedCluster announced(String... families) {
        return cluster.pool("p", FOUR, SIX)
                .with("BGPAdvertisement", "ad", "")
                .peer("tor", "")
                .peer("spine", "")
                .service("web", Set.of(families), "", "");
    }

    private static String hosts(String... names) {
        return "nodeSelectors: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: ["
                + String.join(", ", names) + "]}]}]";
    }

    private static String selects(String tier) {
        return "serviceSelectors: [{matchLabels: {tier: " + tier + "}}]";
    }

    private DocumentedCluster tier(String service, String family, String tier) {
        return cluster.service(service, Set.of(family), "labels: {tier: " + tier + "}", "");
    }

    private static String prefix(String family, int host) {
        return family.equals("IPv4") ? "192.0.2." + host + "/32" : "2001:db8::" + (host == 0 ? "" : host) + "/128";
    }

    /** Routes without the node, of every node alike. */
    private Set<String> everywhere() {
        Set<String> routes = cluster.routes();
        for (String node : ALL) {
            assertThat(of(node, routes)).isEqualTo(of("n1", routes));
        }
        return of("n1", routes);
    }

    private static Set<String> of(String node, Set<String> routes) {
        return routes.stream()
                .filter(route -> route.startsWith(node + " "))
                .map(route -> route.substring(node.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @CsvSource({"IPv4, 192.0.2.0/32", "IPv6, 2001:db8::/128"})
    @DisplayName("D-01 D-02 with policy Cluster every node tells every peer")
    void d01(String family, String prefix) {
        announced(family).endpoints("web", "n2");
        for (String peer : List.of("tor", "spine")) {
            assertThat(cluster.tell(peer, prefix)).isEqualTo(ALL);
        }
        assertThat(everywhere()).hasSize(2);
    }

    @Test
    @DisplayName("D-03 both families of a dual service")
    void d03() {
        announced("IPv4", "IPv6");
        assertThat(everywhere())
                .containsExactlyInAnyOrder("tor " + FIRST4, "tor " + FIRST6, "spine " + FIRST4, "spine " + FIRST6);
    }

    @Test
    @DisplayName("D-04 D-05 requested addresses of one family and of both")
    void d04() {
        announced("IPv4").service("web", Set.of("IPv4"), "annotations: {metallb.io/loadBalancerIPs: 192.0.2.77}", "");
        assertThat(cluster.tell("tor", "192.0.2.77/32")).isEqualTo(ALL);
        cluster.service(
                "web",
                Set.of("IPv4", "IPv6"),
                "annotations: {metallb.io/loadBalancerIPs: '192.0.2.78,2001:db8::78'}",
                "");
        assertThat(cluster.tell("tor", "192.0.2.78/32")).isEqualTo(ALL);
        assertThat(cluster.tell("tor", "2001:db8::78/128")).isEqualTo(ALL);
    }

    @Test
    @DisplayName("D-12 a node without network announces nothing, the others go on")
    void d12() {
        announced("IPv4").node("n2", "", "{type: NetworkUnavailable, status: 'True'}");
        assertThat(cluster.tell("tor", FIRST4)).containsExactlyInAnyOrder("n1", "n3");
    }

    @ParameterizedTest
    @CsvSource({"IPv4, 1", "IPv6, 1", "dual, 2"})
    @DisplayName("D-13 D-14 D-15 with policy Local only nodes with endpoints")
    void d13(String family, int count) {
        Set<String> families = family.equals("dual") ? Set.of("IPv4", "IPv6") : Set.of(family);
        announced("IPv4")
                .service("web", families, "", "externalTrafficPolicy: Local")
                .endpoints("web", "n1", "n3");
        Set<String> routes = cluster.routes();
        assertThat(of("n1", routes)).hasSize(2 * count).isEqualTo(of("n3", routes));
        assertThat(of("n2", routes)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"IPv4, 192.0.2.5", "IPv6, 2001:db8::5"})
    @DisplayName("D-18 D-19 two services on one requested address are one route")
    void d18(String family, String address) {
        announced(family);
        String shared = "annotations: {metallb.io/allow-shared-ip: k, metallb.io/loadBalancerIPs: '" + address + "'}";
        cluster.service("one", Set.of(family), shared, "ports: [{port: 80}]");
        cluster.service("two", Set.of(family), shared, "ports: [{port: 81}]");
        assertThat(cluster.addresses("one")).containsExactly(address).isEqualTo(cluster.addresses("two"));
        assertThat(cluster.tell("tor", address + (family.equals("IPv4") ? "/32" : "/128")))
                .isEqualTo(ALL);
        cluster.without("Service", "one");
        assertThat(cluster.tell("tor", address + (family.equals("IPv4") ? "/32" : "/128")))
                .isEqualTo(ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.16-192.0.2.30, IPv4, 192.0.2.16/32",
        "192.0.2.16/28, IPv4, 192.0.2.16/32",
        "2001:db8::10-2001:db8::1f, IPv6, 2001:db8::10/128",
        "2001:db8::10/124, IPv6, 2001:db8::10/128",
    })
    @DisplayName("D-20 to D-23 a pool is a range or a CIDR, of either family")
    void d20(String addresses, String family, String prefix) {
        announced(family).pool("p", addresses);
        assertThat(cluster.tell("tor", prefix)).isEqualTo(ALL);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.16-192.0.2.30, 2001:db8::10-2001:db8::1f", "192.0.2.16/28, 2001:db8::10/124"})
    @DisplayName("D-24 D-25 a pool of both families, as ranges and as CIDRs")
    void d24(String four, String six) {
        announced("IPv4", "IPv6").pool("p", four, six);
        assertThat(cluster.tell("tor", "192.0.2.16/32")).isEqualTo(ALL);
        assertThat(cluster.tell("tor", "2001:db8::10/128")).isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPv4", "IPv6"})
    @DisplayName("D-43 D-44 pools and services that are added leave earlier addresses and routes alone")
    void d43(String family) {
        cluster.with("BGPAdvertisement", "ad", "").peer("tor", "");
        Set<String> before = Set.of();
        for (int i = 0; i < 4; i++) {
            cluster.pool("p" + i, "192.0.2." + 16 * i + "/28", "2001:db8::" + i + "0/124");
            cluster.service("s" + i, Set.of(family), "annotations: {metallb.io/address-pool: p" + i + "}", "");
            Set<String> after = cluster.routes();
            assertThat(after).containsAll(before).hasSize(3 * (i + 1));
            before = after;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPv4", "IPv6"})
    @DisplayName("D-51 D-52 D-55 an alias of a community, and a pool that is selected by its label")
    void d51(String family) {
        announced(family)
                .labelledPool("p", "zone: a", "", FOUR, SIX)
                .with("Community", "c", "communities: [{name: vpn, value: '64512:7'}]")
                .with(
                        "BGPAdvertisement",
                        "ad",
                        "ipAddressPoolSelectors: [{matchLabels: {zone: a}}], communities: [vpn]");
        assertThat(everywhere())
                .containsExactlyInAnyOrder(
                        "tor " + prefix(family, 0) + " 64512:7", "spine " + prefix(family, 0) + " 64512:7");
        cluster.labelledPool("p", "zone: b", "", FOUR, SIX);
        assertThat(cluster.routes()).isEmpty();
    }

    @Test
    @DisplayName("D-58 two advertisements of one prefix: the union of their communities")
    void d58() {
        announced("IPv4")
                .with("BGPAdvertisement", "ad", "communities: ['64512:1']")
                .with("BGPAdvertisement", "more", "communities: ['64512:2']");
        assertThat(everywhere()).contains("tor 192.0.2.0/32 64512:1 64512:2");
    }

    @ParameterizedTest
    @CsvSource({"IPv4, 24, 192.0.2.0/24", "IPv6, 124, 2001:db8::/124"})
    @DisplayName("D-59 D-60 attributes and aggregation of a live advertisement change")
    void d59(String family, int length, String aggregate) {
        announced(family).with("BGPAdvertisement", "ad", "localPref: 200, communities: ['64512:1']");
        String host = prefix(family, 0);
        assertThat(everywhere()).contains("tor " + host + " lp=200 64512:1");
        cluster.with(
                "BGPAdvertisement",
                "ad",
                "localPref: 300, communities: ['64512:2'], "
                        + (family.equals("IPv4") ? "aggregationLength: " : "aggregationLengthV6: ") + length);
        cluster.pool("p", FOUR, family.equals("IPv4") ? SIX : "2001:db8::/124");
        assertThat(everywhere())
                .containsExactlyInAnyOrder(
                        "tor " + aggregate + " lp=300 64512:2", "spine " + aggregate + " lp=300 64512:2");
    }

    @ParameterizedTest
    @CsvSource({"IPv4", "IPv6"})
    @DisplayName("D-76 D-77 the same service by BGP, by both protocols, and by BGP again")
    void d76(String family) {
        announced(family);
        assertThat(cluster.answers("web")).isEmpty();
        cluster.with("L2Advertisement", "l2", "");
        assertThat(cluster.answers("web")).hasSize(1);
        assertThat(cluster.tell("tor", prefix(family, 0))).isEqualTo(ALL);
        cluster.without("L2Advertisement", "l2");
        assertThat(cluster.answers("web")).isEmpty();
        assertThat(cluster.tell("tor", prefix(family, 0))).isEqualTo(ALL);
    }

    @Test
    @DisplayName("E-03 E-04 a service of one family has no route of the other")
    void e03() {
        announced("IPv6");
        assertThat(everywhere()).containsExactlyInAnyOrder("tor " + FIRST6, "spine " + FIRST6);
        cluster.service("web");
        assertThat(everywhere()).containsExactlyInAnyOrder("tor " + FIRST4, "spine " + FIRST4);
    }

    @Test
    @DisplayName("E-05 E-06 preference and communities stand on the routes of both families")
    void e05() {
        announced("IPv4", "IPv6").with("BGPAdvertisement", "ad", "localPref: 150, communities: ['64512:9']");
        assertThat(everywhere()).contains("tor " + FIRST4 + " lp=150 64512:9", "tor " + FIRST6 + " lp=150 64512:9");
    }

    @ParameterizedTest
    @CsvSource({"IPv4, 1", "IPv6, 1", "dual, 2"})
    @DisplayName("E-07 to E-10 peers of an advertisement limit who is told")
    void e07(String family, int count) {
        announced(family.equals("dual") ? new String[] {"IPv4", "IPv6"} : new String[] {family});
        cluster.with("BGPAdvertisement", "ad", "peers: [tor]");
        assertThat(everywhere()).hasSize(count).allMatch(route -> route.startsWith("tor "));
        cluster.with("BGPAdvertisement", "ad", "peers: [tor, nobody]");
        assertThat(everywhere()).hasSize(count);
        cluster.with("BGPAdvertisement", "ad", "");
        assertThat(everywhere()).hasSize(2 * count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPv4", "IPv6", "dual"})
    @DisplayName("E-11 to E-14 each peer sees the communities of its own advertisement")
    void e11(String family) {
        announced(family.equals("dual") ? new String[] {"IPv4", "IPv6"} : new String[] {family});
        cluster.with("BGPAdvertisement", "ad", "peers: [tor], communities: ['64512:1']");
        cluster.with("BGPAdvertisement", "other", "peers: [spine], communities: ['64512:2']");
        assertThat(everywhere())
                .isNotEmpty()
                .allMatch(route -> route.endsWith(route.startsWith("tor ") ? " 64512:1" : " 64512:2"));
    }

    @ParameterizedTest
    @CsvSource({"IPv4, n1 n2, n2 n3", "IPv4, n1, n2 n3", "IPv4, none, n2 n3", "IPv6, n1, n2 n3"})
    @DisplayName("E-15 to E-18 two services with nodes of their own; E-25 E-26 and one that moves to no node")
    void e15(String family, String first, String second) {
        announced(family).without("BGPAdvertisement", "ad");
        tier("web", family, "a");
        tier("mail", family, "b");
        String[] nodes = second.split(" ", -1);
        cluster.with("BGPAdvertisement", "a", selects("a") + ", " + hosts(first.split(" ", -1)));
        cluster.with("BGPAdvertisement", "b", selects("b") + ", " + hosts(nodes));
        String web = cluster.addresses("web").get(0) + (family.equals("IPv4") ? "/32" : "/128");
        String mail = cluster.addresses("mail").get(0) + (family.equals("IPv4") ? "/32" : "/128");
        Set<String> wanted = first.equals("none") ? Set.of() : Set.of(first.split(" ", -1));
        assertThat(cluster.tell("tor", web)).isEqualTo(wanted);
        assertThat(cluster.tell("tor", mail)).isEqualTo(Set.of(nodes));
        cluster.with("BGPAdvertisement", "a", selects("a") + ", " + hosts("nowhere"));
        assertThat(cluster.tell("tor", web)).isEmpty();
        assertThat(cluster.tell("tor", mail)).isEqualTo(Set.of(nodes));
    }

    @ParameterizedTest
    @CsvSource({"IPv4, n1 n2, n2 n3", "IPv4, n1, n2 n3", "IPv4, none, n2 n3", "IPv6, n1, n2 n3"})
    @DisplayName("E-19 to E-22 one service, two advertisements: the union of their nodes")
    void e19(String family, String first, String second) {
        announced(family)
                .with("BGPAdvertisement", "ad", hosts(first.split(" ", -1)))
                .with("BGPAdvertisement", "more", hosts(second.split(" ", -1)) + ", communities: ['64512:1']");
        Set<String> wanted = new TreeSet<>(List.of((first + " " + second).split(" ", -1)));
        wanted.remove("none");
        assertThat(cluster.tell("tor", prefix(family, 0))).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPv4", "IPv6"})
    @DisplayName("E-23 E-24 silence until a node has the label")
    void e23(String family) {
        announced(family).with("BGPAdvertisement", "ad", "nodeSelectors: [{matchLabels: {role: edge}}]");
        assertThat(cluster.routes()).isEmpty();
        cluster.node("n2", "role: edge");
        assertThat(cluster.tell("tor", prefix(family, 0))).containsExactly("n2");
    }

    @Test
    @DisplayName("E-27 E-28 E-29 nodes of peers")
    void e27() {
        announced("IPv4").peer("tor", ", " + hosts("n1")).peer("spine", ", " + hosts("n1", "n2"));
        assertThat(cluster.tell("tor", FIRST4)).containsExactly("n1");
        assertThat(cluster.tell("spine", FIRST4)).containsExactlyInAnyOrder("n1", "n2");
        cluster.peer("spine", ", " + hosts("n2")).peer("third", "");
        assertThat(cluster.tell("spine", FIRST4)).containsExactly("n2");
        assertThat(cluster.tell("third", FIRST4)).isEqualTo(ALL);
        cluster.peer("third", ", " + hosts("n1"));
        assertThat(cluster.tell("third", FIRST4)).containsExactly("n1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPv4", "IPv6"})
    @DisplayName("E-31 E-32 pool and service selectors must both match")
    void e31(String family) {
        announced(family)
                .labelledPool("p", "zone: a", "", FOUR, SIX)
                .with("BGPAdvertisement", "ad", "ipAddressPoolSelectors: [{matchLabels: {zone: a}}], " + selects("a"));
        assertThat(cluster.routes()).isEmpty();
        tier("web", family, "a");
        assertThat(everywhere()).hasSize(2);
        cluster.labelledPool("p", "zone: b", "", FOUR, SIX);
        assertThat(cluster.routes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPv4", "IPv6"})
    @DisplayName("E-33 to E-38 selectors are alternatives; changed ones, and changed labels, move routes")
    void e33(String family) {
        announced(family)
                .with(
                        "BGPAdvertisement",
                        "ad",
                        "serviceSelectors: [{matchLabels: {tier: a}}, {matchLabels: {tier: b}}]");
        for (String tier : List.of("a", "b")) {
            tier("web", family, tier);
            assertThat(everywhere()).hasSize(2);
        }
        tier("web", family, "c");
        assertThat(cluster.routes()).isEmpty();
        cluster.with("BGPAdvertisement", "ad", selects("c"));
        assertThat(everywhere()).hasSize(2);
        cluster.with("BGPAdvertisement", "ad", selects("a"));
        assertThat(cluster.routes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"IPv4, 192.0.2.0/24", "IPv6, 2001:db8::/120"})
    @DisplayName("E-39 E-40 a host route for the selected service beside an aggregate for the other")
    void e39(String family, String aggregate) {
        announced(family)
                .with("BGPAdvertisement", "ad", "aggregationLength: 24, aggregationLengthV6: 120")
                .with("BGPAdvertisement", "host", selects("a"));
        tier("web", family, "a");
        String host = prefix(family, 0);
        Set<String> both = Set.of("tor " + aggregate, "tor " + host, "spine " + aggregate, "spine " + host);
        assertThat(everywhere()).isEqualTo(both);
        tier("mail", family, "b");
        assertThat(everywhere()).isEqualTo(both);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPv4", "IPv6"})
    @DisplayName("E-41 E-42 overlapping advertisements: the selected service has both communities")
    void e41(String family) {
        announced(family)
                .with("BGPAdvertisement", "ad", "communities: ['64512:1']")
                .with("BGPAdvertisement", "some", selects("a") + ", communities: ['64512:2']");
        tier("web", family, "a");
        assertThat(everywhere()).contains("tor " + prefix(family, 0) + " 64512:1 64512:2");
        tier("mail", family, "b");
        assertThat(everywhere())
                .contains("tor " + prefix(family, 0) + " 64512:1 64512:2", "tor " + prefix(family, 1) + " 64512:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPv4", "IPv6"})
    @DisplayName("E-43 E-44 separate advertisements: each group of services has its communities")
    void e43(String family) {
        announced(family)
                .with("BGPAdvertisement", "ad", selects("a") + ", communities: ['64512:1']")
                .with("BGPAdvertisement", "b", selects("b") + ", communities: ['64512:2']");
        tier("web", family, "a");
        assertThat(everywhere()).contains("tor " + prefix(family, 0) + " 64512:1");
        tier("mail", family, "b");
        assertThat(everywhere())
                .contains("tor " + prefix(family, 0) + " 64512:1", "tor " + prefix(family, 1) + " 64512:2");
    }
}
