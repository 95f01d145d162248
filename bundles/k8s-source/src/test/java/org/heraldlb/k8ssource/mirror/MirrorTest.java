package org.heraldlb.k8ssource.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.k8ssource.mirror.ServiceFacts.Ingress;
import org.heraldlb.manifest.ReadContext;
import org.heraldlb.testkit.Intents;
import org.junit.jupiter.api.Test;

final class MirrorTest {

    private static final String OWN = "metallb-system";

    private final Mirror mirror = new Mirror(new ReadContext("kubernetes", true, OWN));

    @Test
    void nothingIsUsableBeforeEverythingWasListed() {
        pool("a", "192.0.2.0/24");
        assertThat(mirror.isUsable()).isFalse();
        listAll();
        assertThat(mirror.isComplete()).isTrue();
        assertThat(fragment().synced()).isTrue();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void aSnapshotIsUsableAtOnceAndGivesWayToTheList() {
        mirror.restore(List.of(
                Intents.pool("old", "192.0.2.0/24").build(),
                Intents.service("web").held("192.0.2.1").build()));
        assertThat(mirror.isUsable()).isTrue();
        assertThat(mirror.isComplete()).isFalse();
        assertThat(names()).containsExactlyInAnyOrder("old", "web");
        assertThat(mirror.facts(Intents.name("web"))).as("nothing to write on").isEmpty();
        pool("new", "198.51.100.0/24");
        mirror.listed(Resource.POOLS, Set.of(OWN + "/new"));
        assertThat(names()).containsExactlyInAnyOrder("new", "web");
        mirror.restore(List.of(Intents.pool("older", "203.0.113.0/24").build()));
        assertThat(names()).as("what was listed is not overwritten").containsExactlyInAnyOrder("new", "web");
    }

    @Test
    void anObjectThatTurnsBadKeepsItsLastGoodReading() {
        listAll();
        pool("a", "192.0.2.0/24");
        pool("a", "192.0.2.0/99");
        assertThat(fragment().objects()).hasSize(1);
        assertThat(((AddressPool) fragment().objects().get(0)).entries().get(0).text())
                .isEqualTo("192.0.2.0/24");
        assertThat(fragment().problems())
                .extracting(problem -> problem.place().document())
                .containsExactly("ipaddresspools.metallb.io/" + OWN + "/a");
        pool("a", "192.0.2.0/25");
        assertThat(fragment().problems()).isEmpty();
    }

    @Test
    void anObjectThatTripsTheReaderKeepsItsLastGoodReading() {
        listAll();
        pool("a", "192.0.2.0/24");
        String key = OWN + "/a";
        mirror.put(Resource.POOLS, key, Mirror.unreadable(Resource.POOLS, key, new IllegalStateException("why")));
        assertThat(names()).containsExactly("a");
        assertThat(fragment().problems()).extracting(Problem::code).containsExactly("unreadable");
        pool("a", "192.0.2.0/25");
        assertThat(fragment().problems()).isEmpty();
    }

    @Test
    void aRemovedObjectIsGoneWithItsProblems() {
        listAll();
        pool("a", "nonsense");
        assertThat(fragment().problems()).isNotEmpty();
        mirror.remove(Resource.POOLS, OWN + "/a");
        assertThat(fragment().problems()).isEmpty();
    }

    @Test
    void aResourceThatIsNotServedIsEmpty() {
        pool("a", "192.0.2.0/24");
        mirror.notServed(Resource.POOLS);
        listAll();
        assertThat(names()).isEmpty();
    }

    @Test
    void secretsThatABfdProfileNamesAreTakenWhileItDoes() {
        listAll();
        secret("keys");
        secret("other");
        assertThat(names()).isEmpty();
        bfd(Map.of("type", "keyed-sha1", "keySecret", Map.of("name", "keys")));
        assertThat(fragment().problems()).isEmpty();
        assertThat(names()).containsExactlyInAnyOrder("fast", "keys");
        bfd(Map.of("type", "keyed-sha1", "keySecret", Map.of("name", "other")));
        assertThat(names()).containsExactlyInAnyOrder("fast", "other");
        bfd(Map.of("type", "keyed-sha1", "key", "in the open"));
        assertThat(names()).containsExactly("fast");
    }

    private void bfd(Map<String, Object> authentication) {
        put(Resource.HERALD_BFD_PROFILES, OWN + "/fast", Map.of("spec", Map.of("authentication", authentication)));
    }

    @Test
    void onlySecretsThatAPeerNamesAreTaken() {
        listAll();
        secret("wanted");
        secret("other");
        assertThat(names()).isEmpty();
        put(
                Resource.BGP_PEERS,
                OWN + "/tor",
                Map.of(
                        "spec",
                        Map.of(
                                "myASN",
                                1L,
                                "peerASN",
                                2L,
                                "peerAddress",
                                "192.0.2.1",
                                "passwordSecret",
                                Map.of("name", "wanted"))));
        assertThat(names()).containsExactlyInAnyOrder("tor", "wanted");
    }

    @Test
    void servicesCanBeLeftOut() {
        listAll();
        pool("a", "192.0.2.0/24");
        service("web", List.of());
        assertThat(mirror.fragment(1, false, List.of()).objects())
                .extracting(ConfigObject::name)
                .containsExactly("a");
    }

    @Test
    void factsSayWhatStandsInTheStatus() {
        service("web", List.of(Map.of("ip", "192.0.2.1", "ipMode", "VIP"), Map.of("hostname", "lb.example")));
        ServiceFacts facts = mirror.facts(Intents.name("web")).orElseThrow();
        assertThat(facts.ingress()).containsExactly(new Ingress("192.0.2.1", "VIP"), new Ingress("lb.example", ""));
        assertThat(facts.pool()).contains("lab");
        assertThat(facts.loadBalancer()).isTrue();
        mirror.remove(Resource.SERVICES, "default/web");
        assertThat(mirror.facts(Intents.name("web"))).isEmpty();
    }

    @Test
    void whatMeansTheSameIsNoNews() {
        Map<String, Object> tree = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Node",
                "metadata",
                Map.of("name", "node-a"),
                "status",
                Map.of("images", List.of()));
        assertThat(put(Resource.NODES, "node-a", "1", tree)).isTrue();
        assertThat(put(Resource.NODES, "node-a", "2", tree)).isFalse();
    }

    @Test
    void otherProblemsAreAdded() {
        Problem more = Problem.error("kubernetesUnreachable", "API server", "away");
        assertThat(mirror.fragment(1, true, List.of(more)).problems()).containsExactly(more);
    }

    private void listAll() {
        for (Resource resource : Resource.values()) {
            mirror.listed(resource, resource == Resource.POOLS ? Set.of(OWN + "/a") : Set.of());
        }
    }

    private void pool(String name, String cidr) {
        put(Resource.POOLS, OWN + "/" + name, Map.of("spec", Map.of("addresses", List.of(cidr))));
    }

    private void secret(String name) {
        put(
                Resource.SECRETS,
                OWN + "/" + name,
                Map.of("type", "kubernetes.io/basic-auth", "data", Map.of("password", "eA==")));
    }

    private void service(String name, List<Map<String, String>> ingress) {
        Map<String, Object> tree = new HashMap<>();
        tree.put("spec", Map.of("type", "LoadBalancer", "clusterIPs", List.of("10.96.0.5")));
        tree.put("status", Map.of("loadBalancer", Map.of("ingress", ingress)));
        put(Resource.SERVICES, "default/" + name, tree);
    }

    private void put(Resource resource, String key, Map<String, Object> body) {
        String[] parts = key.split("/");
        Map<String, Object> tree = new HashMap<>(body);
        tree.put("apiVersion", resource.apiVersion());
        tree.put("kind", resource.kind());
        Map<String, Object> annotations = resource == Resource.SERVICES ? Map.of(ServiceFacts.POOL, "lab") : Map.of();
        tree.put("metadata", Map.of("namespace", parts[0], "name", parts[1], "annotations", annotations));
        put(resource, key, "1", tree);
    }

    private IntentFragment fragment() {
        return mirror.fragment(1, true, List.of());
    }

    private List<String> names() {
        return fragment().objects().stream().map(ConfigObject::name).toList();
    }

    private boolean put(Resource resource, String key, String version, Map<String, Object> tree) {
        ReadContext context = new ReadContext("kubernetes", true, OWN);
        return mirror.put(resource, key, Mirror.read(context, resource, key, "uid", version, tree));
    }
}
