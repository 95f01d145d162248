package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.heraldlb.manifest.Fixture.ad;
import static org.heraldlb.manifest.Fixture.goodPeer;
import static org.heraldlb.manifest.Fixture.l2;
import static org.heraldlb.manifest.Fixture.node;
import static org.heraldlb.manifest.Fixture.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.intent.ServiceIntent;
import org.junit.jupiter.api.Test;

/** Documents that are allowed, but hardly meant. */
class LinterTest {

    private static final String CLEAN = "{addresses: [10.0.0.1-10.0.0.9]}";
    private static final String L2 = l2("l2", "{}");

    private static <T> List<T> all(List<ConfigObject> objects, Class<T> type) {
        List<T> some = new ArrayList<>();
        objects.stream().filter(type::isInstance).map(type::cast).forEach(some::add);
        return some;
    }

    private static Intent intent(String text) {
        List<ConfigObject> objects = Fixture.accepted(text);
        TreeMap<String, Node> nodes = new TreeMap<>();
        all(objects, Node.class).forEach(node -> nodes.put(node.name(), node));
        TreeMap<String, Namespace> namespaces = new TreeMap<>();
        all(objects, Namespace.class).forEach(space -> namespaces.put(space.name(), space));
        Map<NamespacedName, ServiceIntent> services = new TreeMap<>();
        all(objects, ServiceIntent.class).forEach(service -> services.put(service.serviceName(), service));
        return new Intent(
                new Intent.Addressing(all(objects, AddressPool.class), all(objects, Reservation.class), List.of()),
                new Intent.Advertising(
                        all(objects, L2Advertisement.class),
                        all(objects, BgpAdvertisement.class),
                        all(objects, Peer.class),
                        all(objects, BfdProfile.class),
                        new TreeMap<>()),
                new Intent.Cluster(nodes, namespaces, Map.of()),
                services,
                Map.of());
    }

    private static List<String> lint(String text) {
        List<Problem> problems = Linter.lint(intent(text));
        assertThat(problems).isSorted().allMatch(problem -> problem.severity() == Problem.Severity.WARNING);
        return problems.stream()
                .map(problem -> problem.code() + " " + problem.subject())
                .toList();
    }

    @Test
    void nothingToSay() {
        assertThat(lint(pool("p", CLEAN) + L2)).isEmpty();
        assertThat(lint("")).isEmpty();
    }

    @Test
    void anUnalignedCidrAndWhatItMeans() {
        List<Problem> problems = Linter.lint(intent(pool("p", "{addresses: [10.20.30.44/29]}") + L2));
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("unalignedCidr");
            assertThat(problem.place().path()).isEqualTo("spec.addresses[0]");
        });
        assertThat(Linter.lint(intent(pool("p", "{addresses: [10.20.30.44/29]}") + L2))
                        .get(0)
                        .text())
                .contains("10.20.30.40-10.20.30.47");
    }

    @Test
    void networkAndBroadcastAddresses() {
        assertThat(lint(pool("p", "{addresses: [10.0.0.0/24]}") + L2))
                .containsExactly("networkAddressInPool IPAddressPool p");
        assertThat(lint(pool("p", "{addresses: [10.0.0.200-10.0.0.255]}") + L2))
                .containsExactly("networkAddressInPool IPAddressPool p");
        assertThat(lint(pool("p", "{addresses: [10.0.0.0/24], avoidBuggyIPs: true}") + L2))
                .isEmpty();
        assertThat(lint(pool("p", "{addresses: [\"fd00::/64\"]}") + L2)).isEmpty();
    }

    @Test
    void addressesThatAreTakenAlready() {
        String taken = "---\n{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP,"
                + " address: 10.0.0.5}]}}\n";
        assertThat(lint(pool("p", CLEAN) + L2 + taken)).containsExactly("nodeAddressInPool IPAddressPool p");
        assertThat(lint(pool("p", "{addresses: [1.2.3.1-1.2.3.9]}") + L2 + goodPeer("tor", "")))
                .containsExactly("peerAddressInPool IPAddressPool p");
    }

    @Test
    void poolsThatNothingAdvertisesAndAdvertisementsThatSelectNothing() {
        assertThat(lint(pool("p", CLEAN))).containsExactly("poolNotAdvertised IPAddressPool p");
        assertThat(lint(pool("p", CLEAN) + l2("a", "{ipAddressPools: [q]}")))
                .containsExactly(
                        "poolNotAdvertised IPAddressPool p",
                        "selectsNoPool L2Advertisement a",
                        "unknownPool L2Advertisement a");
        String nowhere = "{nodeSelectors: [{matchLabels: {zone: mars}}]}";
        assertThat(lint(pool("p", CLEAN) + l2("a", nowhere) + node("n1", "{zone: earth}")))
                .containsExactly("selectsNoNode L2Advertisement a");
        String nobody = "{serviceSelectors: [{matchLabels: {app: none}}]}";
        assertThat(lint(pool("p", CLEAN) + l2("a", nobody) + Fixture.doc("heraldlb.org/v1", "Service", "web", "{}")))
                .containsExactly("selectsNoService L2Advertisement a");
    }

    @Test
    void peersThatNobodyRunsOrNobodyKnows() {
        String selective = goodPeer("tor", "nodeSelectors: [{matchLabels: {zone: mars}}]");
        assertThat(lint(selective + node("n1", "{zone: earth}"))).containsExactly("peerMatchesNoNode BGPPeer tor");
        assertThat(lint(pool("p", CLEAN) + ad("ad", "{peers: [tor, nobody]}") + goodPeer("tor", "")))
                .containsExactly("unknownPeer BGPAdvertisement ad");
        assertThat(lint(pool("p", CLEAN) + ad("ad", "{}"))).containsExactly("noPeers BGPAdvertisement ad");
        assertThat(lint(goodPeer("tor1", "") + goodPeer("tor2", ""))).containsExactly("samePeerTwice BGPPeer tor2");
        assertThat(lint(goodPeer("tor1", "") + goodPeer("tor2", "vrf: red"))).isEmpty();
    }

    @Test
    void exclusionsAndReservationsThatMeanNothing() {
        String own = "{addresses: [10.0.0.1-10.0.0.9], excluded: [RANGE]}";
        assertThat(lint(Fixture.doc("heraldlb.org/v1", "IPAddressPool", "p", own.replace("RANGE", "10.9.9.9")) + L2))
                .containsExactly("excludedOutsidePool IPAddressPool p");
        assertThat(lint(Fixture.doc("heraldlb.org/v1", "IPAddressPool", "p", own.replace("RANGE", "10.0.0.0/24")) + L2))
                .containsExactly("emptyPool IPAddressPool p");
        assertThat(lint(Fixture.doc("heraldlb.org/v1", "Reservation", "r", "{service: web, addresses: [10.9.9.9]}")))
                .containsExactly("reservedOutsidePools Reservation default/r");
    }

    @Test
    void pinnedPoolsForNamespacesThatDoNotExist() {
        String pinned = "{addresses: [10.0.0.1-10.0.0.9], serviceAllocation: {namespaceSelectors: [{matchLabels:"
                + " {team: red}}]}}";
        String namespace = "---\n{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: TEAM}}}\n";
        assertThat(lint(pool("p", pinned) + L2 + namespace.replace("TEAM", "blue")))
                .containsExactly("selectsNoNamespace IPAddressPool p");
        assertThat(lint(pool("p", pinned) + L2 + namespace.replace("TEAM", "red")))
                .isEmpty();
    }
}
