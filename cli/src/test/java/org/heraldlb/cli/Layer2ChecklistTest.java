package org.heraldlb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.cli.DocumentedCluster.FOUR;
import static org.heraldlb.cli.DocumentedCluster.SIX;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MetalLB's end-to-end lines about layer 2, from documents to the plans of all nodes. */
@DisplayName("A and C: layer 2")
final class Layer2ChecklistTest {

    private static final String UNAVAILABLE = "{type: NetworkUnavailable, status: 'True'}";
    private static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers: ''";

    private final DocumentedCluster cluster = new DocumentedCluster();

    private DocumentedCluster announced() {
        return cluster.pool("p", FOUR, SIX).with("L2Advertisement", "ad", "").service("web");
    }

    private String owner() {
        Set<String> nodes = cluster.answers("web");
        assertThat(nodes).hasSize(1);
        return nodes.iterator().next();
    }

    private static String hosts(String... names) {
        return "nodeSelectors: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: ["
                + String.join(", ", names) + "]}]}]";
    }

    private static String prefer(int weight, String label) {
        return "{weight: " + weight + ", preference: {matchLabels: {" + label + "}}}";
    }

    @Test
    @DisplayName("A-01 with policy Cluster one node answers, with endpoints anywhere")
    void a01() {
        announced().endpoints("web", "n3");
        assertThat(owner()).isIn("n1", "n2", "n3");
    }

    @Test
    @DisplayName("A-03 with policy Local a node with an endpoint answers")
    void a03() {
        announced().service("web", Set.of("IPv4"), "", "externalTrafficPolicy: Local");
        for (String node : List.of("n1", "n2", "n3")) {
            cluster.endpoints("web", node);
            assertThat(owner()).isEqualTo(node);
        }
    }

    @Test
    @DisplayName("A-04 TCP and UDP ports stand on one address")
    void a04() {
        announced()
                .service("web", Set.of("IPv4"), "", "ports: [{name: t, port: 53}, {name: u, port: 53, protocol: UDP}]");
        assertThat(cluster.addresses("web")).containsExactly("192.0.2.0");
        owner();
    }

    @Test
    @DisplayName("A-05 a node without network loses the address and gets it back")
    void a05() {
        announced();
        String first = owner();
        cluster.node(first, "", UNAVAILABLE);
        assertThat(owner()).isNotEqualTo(first);
        cluster.node(first, "");
        assertThat(owner()).isEqualTo(first);
    }

    @Test
    @DisplayName("A-06 an excluded node loses the address and gets it back")
    void a06() {
        announced();
        String first = owner();
        cluster.node(first, EXCLUDED);
        assertThat(owner()).isNotEqualTo(first);
        cluster.node(first, "");
        assertThat(owner()).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.40-192.0.2.49, 192.0.2.40", "192.0.2.48/28, 192.0.2.48"})
    @DisplayName("A-07 A-08 a pool may be a range or a CIDR")
    void a07(String addresses, String first) {
        cluster.pool("p", addresses).with("L2Advertisement", "ad", "").service("web");
        assertThat(cluster.addresses("web")).containsExactly(first);
        owner();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPv4", "IPv6"})
    @DisplayName("A-09 A-10 two services with one address are announced by one node")
    void a09(String family) {
        announced();
        String shared = "annotations: {metallb.io/allow-shared-ip: k}";
        cluster.service("one", Set.of(family), shared, "ports: [{port: 80}]");
        cluster.service("two", Set.of(family), shared, "ports: [{port: 81}]");
        assertThat(cluster.addresses("one")).isEqualTo(cluster.addresses("two"));
        assertThat(cluster.answers("one")).hasSize(1).isEqualTo(cluster.answers("two"));
    }

    @ParameterizedTest
    @CsvSource({"IPv4, true", "IPv6, true", "IPv4, false", "IPv6, false"})
    @DisplayName("A-13 to A-16 the annotation chooses each of several pools, automatic or not")
    void a13(String family, boolean automatic) {
        for (int i = 0; i < 3; i++) {
            String four = "192.0.2." + 16 * i + "/28";
            String six = "2001:db8::" + i + "00/120";
            cluster.labelledPool("p" + i, "", ", autoAssign: " + automatic, four, six);
        }
        cluster.with("L2Advertisement", "ad", "");
        for (int i = 2; i >= 0; i--) {
            String name = "s" + i;
            cluster.service(name, Set.of(family), "annotations: {metallb.io/address-pool: p" + i + "}", "");
            PlanPage page = cluster.plan();
            assertThat(page.services())
                    .filteredOn(line -> line.name().equals("default/" + name))
                    .extracting(PlanPage.ServiceLine::pool)
                    .containsExactly("p" + i);
        }
        assertThat(cluster.addresses("s2").get(0)).isIn("192.0.2.32", "2001:db8::200");
    }

    @Test
    @DisplayName("A-17 an advertisement that is moved over the nodes moves the address")
    void a17() {
        announced();
        for (String node : List.of("n2", "n3", "n1")) {
            cluster.with("L2Advertisement", "ad", hosts(node));
            assertThat(owner()).isEqualTo(node);
        }
    }

    @Test
    @DisplayName("A-18 policy Local and an advertisement for another node: the one with the endpoint announces")
    void a18() {
        announced().with("L2Advertisement", "other", hosts("n2"));
        cluster.service("web", Set.of("IPv4"), "", "externalTrafficPolicy: Local")
                .endpoints("web", "n1");
        assertThat(owner()).isEqualTo("n1");
    }

    @Test
    @DisplayName("A-19 nobody announces before a node has the label")
    void a19() {
        announced().with("L2Advertisement", "ad", "nodeSelectors: [{matchLabels: {role: edge}}]");
        assertThat(cluster.answers("web")).isEmpty();
        cluster.node("n3", "role: edge");
        assertThat(owner()).isEqualTo("n3");
    }

    @Test
    @DisplayName("A-20 a node whose speaker is gone loses the address and gets it back")
    void a20() {
        announced();
        String first = owner();
        cluster.dead(first);
        assertThat(owner()).isNotEqualTo(first);
        cluster.dead();
        assertThat(owner()).isEqualTo(first);
    }

    @Test
    @DisplayName("C-06 interfaces and nodes together")
    void c06() {
        announced().with("L2Advertisement", "ad", "interfaces: [eth1], " + hosts("n2"));
        assertThat(owner()).isEqualTo("n2");
        assertThat(cluster.plan().layer2().get(0).interfaces()).contains(List.of("eth1"));
    }

    @Test
    @DisplayName("C-07 C-08 C-10 preferences order the nodes, and may change")
    void c07() {
        announced();
        String natural = owner();
        String other = natural.equals("n1") ? "n2" : "n1";
        String third = natural.equals("n3") || other.equals("n3")
                ? "n2".equals(natural) || "n2".equals(other) ? "n1" : "n2"
                : "n3";
        for (String wanted : List.of(other, third)) {
            cluster.with(
                    "L2Advertisement",
                    "ad",
                    "preferredNodeSelectors: [" + prefer(10, "kubernetes.io/hostname: " + wanted) + "]");
            assertThat(owner()).isEqualTo(wanted);
        }
        cluster.with(
                "L2Advertisement",
                "ad",
                "preferredNodeSelectors: [" + prefer(50, "no: body") + ", {weight: 1, preference: {}}]");
        assertThat(owner()).isEqualTo(natural);
        cluster.with("L2Advertisement", "ad", "");
        assertThat(owner()).isEqualTo(natural);
    }

    @Test
    @DisplayName("C-09 a preferred node that is excluded gives way, and reclaims")
    void c09() {
        announced();
        String natural = owner();
        String other = natural.equals("n1") ? "n2" : "n1";
        cluster.with("L2Advertisement", "ad", "preferredNodeSelectors: [" + prefer(1, "fast: 'yes'") + "]");
        cluster.node(other, "fast: 'yes'");
        assertThat(owner()).isEqualTo(other);
        cluster.node(other, "fast: 'yes', " + EXCLUDED);
        assertThat(owner()).isEqualTo(natural);
        cluster.node(other, "fast: 'yes'");
        assertThat(owner()).isEqualTo(other);
    }

    @Test
    @DisplayName("C-11 C-12 node selectors are a limit, preferences an order inside")
    void c11() {
        announced();
        String inside = "preferredNodeSelectors: [" + prefer(100, "kubernetes.io/hostname: n1") + ", "
                + prefer(1, "kubernetes.io/hostname: n3") + "]";
        cluster.with("L2Advertisement", "ad", hosts("n2", "n3") + ", " + inside);
        assertThat(owner()).isEqualTo("n3");
        cluster.with("L2Advertisement", "ad", hosts("n2") + ", " + inside);
        assertThat(owner()).isEqualTo("n2");
    }

    @Test
    @DisplayName("C-13 weights of two advertisements add up")
    void c13() {
        announced();
        cluster.node("n1", "a: x, b: x").node("n2", "c: x");
        cluster.with(
                "L2Advertisement",
                "ad",
                "preferredNodeSelectors: [" + prefer(50, "a: x") + ", " + prefer(60, "c: x") + "]");
        cluster.with("L2Advertisement", "more", "preferredNodeSelectors: [" + prefer(60, "b: x") + "]");
        assertThat(owner()).isEqualTo("n1");
        cluster.node("n1", "a: x");
        assertThat(owner()).isEqualTo("n2");
    }

    @Test
    @DisplayName("C-14 preferences of an advertisement for some services mean only them")
    void c14() {
        announced();
        String natural = owner();
        String other = natural.equals("n1") ? "n2" : "n1";
        cluster.with(
                "L2Advertisement",
                "some",
                "serviceSelectors: [{matchLabels: {tier: front}}], preferredNodeSelectors: ["
                        + prefer(9, "kubernetes.io/hostname: " + other) + "]");
        assertThat(owner()).isEqualTo(natural);
        cluster.service("web", Set.of("IPv4"), "labels: {tier: front}", "");
        assertThat(owner()).isEqualTo(other);
    }

    @Test
    @DisplayName("C-15 pool and service must both match; a label withdraws and restores")
    void c15() {
        cluster.labelledPool("p", "zone: a", "", FOUR)
                .with(
                        "L2Advertisement",
                        "ad",
                        "ipAddressPoolSelectors: [{matchLabels: {zone: a}}], serviceSelectors: [{matchLabels: {tier: front}}]")
                .service("web");
        assertThat(cluster.answers("web")).isEmpty();
        cluster.service("web", Set.of("IPv4"), "labels: {tier: front}", "");
        owner();
        cluster.service("web", Set.of("IPv4"), "labels: {tier: back}", "");
        assertThat(cluster.answers("web")).isEmpty();
        cluster.service("web", Set.of("IPv4"), "labels: {tier: front}", "");
        owner();
        cluster.labelledPool("p", "zone: b", "", FOUR);
        assertThat(cluster.answers("web")).isEmpty();
    }

    @Test
    @DisplayName("C-16 two advertisements for two nodes: one of the two announces")
    void c16() {
        announced().service("web", Set.of("IPv4"), "labels: {tier: front}", "");
        cluster.with("L2Advertisement", "ad", hosts("n1") + ", serviceSelectors: [{matchLabels: {tier: front}}]");
        cluster.with("L2Advertisement", "other", hosts("n3") + ", serviceSelectors: [{matchLabels: {tier: front}}]");
        assertThat(owner()).isIn("n1", "n3");
    }

    @Test
    @DisplayName("C-17 one that fits the node and another that fits the service are not enough")
    void c17() {
        announced().with("L2Advertisement", "ad", "serviceSelectors: [{matchLabels: {tier: front}}]");
        cluster.with("L2Advertisement", "other", "nodeSelectors: [{matchLabels: {no: body}}]");
        assertThat(cluster.answers("web")).isEmpty();
    }

    @Test
    @DisplayName("C-18 several service selectors are alternatives")
    void c18() {
        announced()
                .with(
                        "L2Advertisement",
                        "ad",
                        "serviceSelectors: [{matchLabels: {tier: a}}, {matchLabels: {tier: b}}]");
        for (String tier : List.of("a", "b")) {
            cluster.service("web", Set.of("IPv4"), "labels: {tier: " + tier + "}", "");
            owner();
        }
        cluster.service("web", Set.of("IPv4"), "labels: {tier: c}", "");
        assertThat(cluster.answers("web")).isEmpty();
    }
}
