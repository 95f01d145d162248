package org.heraldlb.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespaceQuota;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.intent.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From text to objects: syntax, many documents, lists, unknown things, and the core kinds. */
class DocumentsTest {

    private static final String POOL =
            "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: p}\nspec: {addresses: [10.0.0.0/24]}\n";

    private static List<String> codes(String text) {
        return Fixture.parse(text).problems().stream().map(Problem::code).toList();
    }

    @Test
    void aBrokenDocumentDoesNotTakeTheOthersAlong() {
        Parsed parsed = Fixture.parse(POOL + "---\na: [\n---\n" + POOL.replace("name: p", "name: q"));
        assertThat(parsed.objects()).extracting(ConfigObject::name).containsExactly("p", "q");
        assertThat(parsed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("invalidSyntax");
            assertThat(problem.place().document()).isEqualTo("doc.yaml#2");
            assertThat(problem.text()).startsWith("line 7, column 1: ");
        });
        assertThat(parsed.objects().get(1).origin()).hasToString("test:doc.yaml#3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\na: 2                  | duplicateKey",
                "{\"a\": 1, \"a\": 2}         | duplicateKey",
                "a: !custom x                 | unknownTag",
                "a: !!set {}                  | unknownTag",
                "a: *nothing                  | invalidSyntax",
                "\"\\q\"                      | invalidSyntax",
                "just text                    | notAnObject",
                "[1, 2]                       | notAnObject",
                "kind: IPAddressPool          | missingField",
                "apiVersion: v1               | missingField",
                "apiVersion: 1\\nkind: Node   | wrongType"
            })
    void textThatIsNoDocument(String text, String code) {
        assertThat(codes(text.replace("\\n", "\n"))).contains(code);
        assertThat(Fixture.parse(text.replace("\\n", "\n")).objects()).isEmpty();
    }

    @Test
    void nestingAndAliasesHaveBounds() {
        assertThat(codes("[".repeat(100) + "]".repeat(100))).contains("nestingTooDeep");
        assertThat(codes("a: " + "{b: ".repeat(100) + "}".repeat(100))).contains("nestingTooDeep");
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(codes(bomb.toString())).containsExactly("tooManyAliases");
        assertThat(codes("a: " + "x".repeat(2_000_000))).containsExactly("documentTooLarge");
        assertThat(codes("- {}\n---\n{}\n---\n".repeat(2000)))
                .contains("tooManyProblems")
                .hasSizeLessThan(1010);
    }

    @Test
    void anchorsAndMergeKeysWork() {
        Parsed parsed = Fixture.parse("""
                apiVersion: metallb.io/v1beta1
                kind: L2Advertisement
                metadata: &meta {name: l2}
                spec:
                  nodeSelectors:
                    - &one {matchLabels: &labels {zone: a}}
                  serviceSelectors: [*one]
                  ipAddressPoolSelectors:
                    - matchLabels: {<<: *labels, tier: b}
                """);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.objects().get(0).toString()).contains("{tier=b, zone=a}");
    }

    @Test
    void jsonIsReadAlsoManyValuesInOneText() {
        String one = "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"NAME\",\"labels\":"
                + "{\"a\":\"\\u00e4\\\"\\/\"}}}";
        Parsed parsed = Fixture.parse(one.replace("NAME", "n1") + "\n" + one.replace("NAME", "n2") + " ");
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.objects()).extracting(ConfigObject::name).containsExactly("n1", "n2");
        assertThat(((Node) parsed.objects().get(0)).labels()).containsEntry("a", "ä\"/");
        assertThat(Fixture.parse("---\n" + one.replace("NAME", "n1") + "\n" + one.replace("NAME", "n2"))
                        .objects())
                .hasSize(2);
    }

    @Test
    void listsGiveTheirItems() {
        Parsed parsed = Fixture.parse("{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Node, metadata:"
                + " {name: n1}}, {apiVersion: v1, kind: Pod}, {apiVersion: metallb.io/v1beta1, kind: IPAddressPool,"
                + " metadata: {name: p}, spec: {}}]}");
        assertThat(parsed.objects()).hasSize(1);
        assertThat(parsed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.place().document()).isEqualTo("doc.yaml#1.items[2]");
            assertThat(problem.place().path()).isEqualTo("spec.addresses");
        });
        assertThat(Fixture.parse("{apiVersion: v1, kind: NodeList, items: [{metadata: {name: n1}}]}")
                        .objects())
                .hasSize(1);
    }

    @Test
    void foreignKindsArePassedOverAndOursAreNot() {
        assertThat(codes("{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}}"))
                .isEmpty();
        assertThat(codes("{apiVersion: v1, kind: ConfigMap}")).isEmpty();
        assertThat(codes("{apiVersion: metallb.io/v1beta1, kind: ServiceL2Status}"))
                .isEmpty();
        assertThat(codes("{apiVersion: heraldlb.org/v1, kind: BGPSessionState}"))
                .isEmpty();
        assertThat(codes("{apiVersion: frrk8s.metallb.io/v1beta1, kind: FRRConfiguration}"))
                .isEmpty();
        assertThat(codes("{apiVersion: metallb.io/v1beta1, kind: AddressPool}")).containsExactly("unknownKind");
        assertThat(codes("{apiVersion: heraldlb.org/v2, kind: Service}")).containsExactly("unknownVersion");
        Problem problem = Fixture.parse("{apiVersion: metallb.io/v1, kind: IPAddressPol}")
                .problems()
                .get(0);
        assertThat(problem.fix()).isEqualTo("did you mean IPAddressPool?");
    }

    @Test
    void unknownFieldsAreRefusedWhereTheKindIsOurs() {
        Problem problem = Fixture.parse(POOL.replace("addresses:", "adresses: [], addresses:"))
                .problems()
                .get(0);
        assertThat(problem.code()).isEqualTo("unknownField");
        assertThat(problem.subject()).isEqualTo("IPAddressPool p");
        assertThat(problem.place().path()).isEqualTo("spec.adresses");
        assertThat(problem.fix()).isEqualTo("did you mean addresses?");
        assertThat(codes(POOL + "extra: 1")).containsExactly("unknownField");
        assertThat(codes(POOL.replace("name: p", "name: p, lables: {}"))).containsExactly("unknownField");
        assertThat(codes(POOL.replace("spec: {", "spec: {excluded: [], "))).containsExactly("unknownField");
    }

    @Test
    void whatAnApiServerAddsIsTolerated() {
        assertThat(codes(POOL.replace(
                                "name: p",
                                "name: p, uid: x, resourceVersion: \"1\", generation: 3, creationTimestamp: null,"
                                        + " managedFields: [{manager: x}], ownerReferences: [], finalizers: []")
                        + "status: {assignedIPv4: 3}"))
                .isEmpty();
        assertThat(codes("{apiVersion: v1, kind: Node, metadata: {name: n1, whatever: 1}, spec: {podCIDR: x}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Upper", "a_b", "-a", "a-", "a b", "a/b", "''"})
    void namesAreThoseOfKubernetes(String name) {
        assertThat(Fixture.parse(POOL.replace("name: p", "name: \"" + name + "\""))
                        .objects())
                .isEmpty();
    }

    @Test
    void wordsThatKubernetesReadsAsOtherTypesMustBeQuoted() {
        for (String word : List.of("yes", "on", "n", "1", "1.5", "0x1f", "0777", "1_000", "true")) {
            Problem problem = Fixture.parse(POOL.replace("name: p", "name: " + word))
                    .problems()
                    .get(0);
            assertThat(problem.code()).as(word).isEqualTo("wrongType");
            assertThat(problem.fix()).contains("quotes");
        }
        AddressPool pool = Fixture.object(POOL.replace("spec: {", "spec: {autoAssign: off, "), AddressPool.class);
        assertThat(pool.autoAssign()).isFalse();
        assertThat(codes(POOL.replace("spec: {", "spec: {autoAssign: \"no\", ")))
                .containsExactly("wrongType");
    }

    @Test
    void poolsOfTheOwnGroupSayMore() {
        AddressPool pool = Fixture.object(
                "{apiVersion: heraldlb.org/v1, kind: IPAddressPool, metadata: {name: p}, spec: {addresses: [10.0.0.0/24],"
                        + " excluded: [10.0.0.1, 10.0.0.8/29, 10.0.0.20-10.0.0.22], strategy: random-stable,"
                        + " releaseGrace: 10m}}",
                AddressPool.class);
        assertThat(pool.rules().excluded()).hasToString("[10.0.0.1-10.0.0.1, 10.0.0.8-10.0.0.15, 10.0.0.20-10.0.0.22]");
        assertThat(pool.rules().strategy()).isEqualTo(AddressPool.Strategy.RANDOM_STABLE);
        assertThat(pool.rules().releaseGrace()).hasMinutes(10);
        assertThat(pool.contains(org.heraldlb.api.net.IpAddress.parse("10.0.0.21")))
                .isFalse();
    }

    @Test
    void reservationsAndQuotas() {
        Reservation reservation = Fixture.object(
                "{apiVersion: heraldlb.org/v1, kind: Reservation, metadata: {name: r, namespace: shop}, spec:"
                        + " {service: web, addresses: [10.0.0.1, \"fd00::1\"], expires: \"2030-01-01T00:00:00Z\"}}",
                Reservation.class);
        assertThat(reservation.service()).hasToString("shop/web");
        assertThat(reservation.expires()).isPresent();
        NamespaceQuota quota = Fixture.object(
                Fixture.doc("heraldlb.org/v1", "NamespaceQuota", "shop", "{maxAddresses: 3}"), NamespaceQuota.class);
        assertThat(quota.namespace()).isEqualTo("shop");
        assertThat(codes(Fixture.doc("heraldlb.org/v1", "Reservation", "r", "{service: a/b/c, addresses: [10.0.0.1]}")))
                .containsExactly("invalidName");
        assertThat(codes(Fixture.doc("heraldlb.org/v1", "Reservation", "r", "{service: a}")))
                .containsExactly("missingField");
        assertThat(codes(Fixture.doc(
                        "heraldlb.org/v1", "Reservation", "r", "{service: a, addresses: [10.0.0.1], expires: soon}")))
                .containsExactly("invalidTime");
        assertThat(codes(Fixture.doc("heraldlb.org/v1", "NamespaceQuota", "q", "{maxAddresses: -1}")))
                .containsExactly("outOfRange");
    }

    @Test
    void endpointsOfBothKinds() {
        EndpointSlice slice = Fixture.object(
                "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-1, namespace: shop,"
                        + " labels: {kubernetes.io/service-name: web}}, addressType: IPv4, endpoints: [{addresses:"
                        + " [10.9.0.1], nodeName: n1, conditions: {ready: false, serving: true, terminating: true}},"
                        + " {addresses: [10.9.0.2]}]}",
                EndpointSlice.class);
        assertThat(slice.service()).hasToString("shop/web");
        assertThat(slice.endpoints()).allMatch(EndpointSlice.Endpoint::canServe);
        EndpointSlice old = Fixture.object(
                "{apiVersion: v1, kind: Endpoints, metadata: {name: web}, subsets: [{addresses: [{ip: 10.9.0.1,"
                        + " nodeName: n1}], notReadyAddresses: [{ip: 10.9.0.2}], ports: [{port: 1}]}]}",
                EndpointSlice.class);
        assertThat(old.service()).hasToString("default/web");
        assertThat(old.endpoints()).extracting(EndpointSlice.Endpoint::canServe).containsExactly(true, false);
        assertThat(Fixture.parse("{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: lone}}")
                        .objects())
                .isEmpty();
    }

    @Test
    void addressesThatNodesUseAmongThemselvesComeFirst() {
        Node node = Fixture.object(
                "{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: ExternalIP, address:"
                        + " 203.0.113.1}, {type: Hostname, address: n1}, {type: InternalIP, address: 'fd00::1'},"
                        + " {address: 198.51.100.1}, {type: InternalIP, address: 192.168.0.1}]}}",
                Node.class);
        assertThat(node.addresses()).hasToString("[fd00::1, 192.168.0.1, 203.0.113.1, 198.51.100.1]");
    }

    @Test
    void nodesNamespacesAndSecrets() {
        Node node = Fixture.object(
                "{apiVersion: v1, kind: Node, metadata: {name: n1, labels: {a: b}}, status: {conditions: [{type:"
                        + " NetworkUnavailable, status: \"True\"}], addresses: [{type: Hostname, address: n1},"
                        + " {type: InternalIP, address: 192.168.0.1}]}}",
                Node.class);
        assertThat(node.networkUnavailable()).isTrue();
        assertThat(node.addresses()).hasToString("[192.168.0.1]");
        assertThat(node.labels()).containsEntry("kubernetes.io/hostname", "n1");
        Namespace namespace =
                Fixture.object("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}", Namespace.class);
        assertThat(namespace.labels()).containsEntry("kubernetes.io/metadata.name", "shop");
        Secret secret = Fixture.object(
                "{apiVersion: v1, kind: Secret, metadata: {name: s}, type: kubernetes.io/basic-auth, data: {password:"
                        + " aHVudGVyMg==}}",
                Secret.class);
        assertThat(secret.data().get("password").reveal()).isEqualTo("hunter2");
    }

    @Test
    void aTreeIsReadLikeText() {
        Parsed parsed = Documents.read(
                Fixture.FILES,
                "org.heraldlb.pool-p",
                Map.of(
                        "apiVersion",
                        "metallb.io/v1beta1",
                        "kind",
                        "IPAddressPool",
                        "metadata",
                        Map.of("name", "p"),
                        "spec",
                        Map.of("addresses", List.of("10.0.0.0/24"), "autoAssign", false)));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.objects().get(0).origin()).hasToString("test:org.heraldlb.pool-p");
        assertThat(parsed.objects().get(0).ref().kind()).isEqualTo(Kind.IP_ADDRESS_POOL);
    }
}
