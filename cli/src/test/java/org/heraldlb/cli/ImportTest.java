package org.heraldlb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.heraldlb.cli.ImportPage.ObjectLine;
import org.heraldlb.cli.ImportPage.ServiceLine;
import org.heraldlb.view.Paper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MetalLB's objects, of today and of earlier, and the services that have addresses. */
final class ImportTest {

    private static final String META = "metadata: {namespace: metallb-system, name: ";
    private static final String POOL = "{apiVersion: metallb.io/v1beta1, kind: IPAddressPool, " + META
            + "a}, spec: {addresses: [192.0.2.0/24]}}\n";
    private static final String L2 =
            "---\n{apiVersion: metallb.io/v1beta1, kind: L2Advertisement, " + META + "a}, spec: {}}\n";

    @TempDir
    private Path directory;

    private String text = "";

    private ImportPage page(String documents) throws IOException {
        Path file = directory.resolve("cluster.yaml");
        Files.writeString(file, documents);
        try {
            Trees trees = Trees.of(java.util.List.of(Input.read(file.toString())));
            return new Import(Instant.EPOCH, "this-host").of(trees, Optional.empty());
        } catch (UsageException wrong) {
            throw new IOException(wrong);
        }
    }

    private int run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
        int exit = new CommandLine(to, to, new Terminal(Paper.PLAIN, "this-host"), Instant.EPOCH).run(args);
        text = out.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private static String service(String name, String address) {
        return "---\n{apiVersion: v1, kind: Service, metadata: {namespace: default, name: " + name
                + "}, spec: {type: LoadBalancer, clusterIP: 10.96.0.9, clusterIPs: [10.96.0.9], ports: [{port: 80}]}, "
                + "status: {loadBalancer: {ingress: [" + (address.isEmpty() ? "" : "{ip: " + address + "}") + "]}}}\n";
    }

    private static String slice(String service) {
        return "---\n{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: {namespace: default,"
                + " name: " + service + "-x, labels: {kubernetes.io/service-name: " + service
                + "}}, endpoints: [{addresses: [10.1.0.1], conditions: {ready: true}}]}\n";
    }

    private static String node(String name) {
        return "---\n{apiVersion: v1, kind: Node, metadata: {name: " + name + "}}\n";
    }

    @Test
    void servicesKeepTheirAddressesAndTheirOwners() throws IOException {
        String documents = POOL + L2 + node("n1") + node("n2") + service("web", "192.0.2.77") + slice("web");
        ImportPage page = page(documents);

        assertThat(page.same()).isTrue();
        assertThat(page.objects()).extracting(ObjectLine::verdict).containsOnly("same");
        ServiceLine web = page.services().get(0);
        assertThat(web.gets()).containsExactly("192.0.2.77");
        assertThat(web.verdict()).isEqualTo("keeps");
        assertThat(web.layer2()).hasSize(1);

        String other = web.layer2().contains("n1") ? "n2" : "n1";
        for (String owner : new String[] {web.layer2().get(0), other}) {
            String status = "---\n{apiVersion: metallb.io/v1beta1, kind: ServiceL2Status, " + META
                    + "l2-x}, status: {node: " + owner + ", serviceName: web, serviceNamespace: default}}\n";
            ImportPage compared = page(documents + status);
            assertThat(compared.services().get(0).layer2Now()).containsExactly(owner);
            assertThat(compared.same()).isEqualTo(!owner.equals(other));
        }
    }

    @Test
    void anAddressOutsideThePoolsChanges() throws IOException {
        ImportPage page = page(POOL + L2 + service("web", "198.51.100.1") + service("fresh", ""));

        assertThat(page.services()).extracting(ServiceLine::verdict).containsExactly("new", "changes");
        assertThat(page.same()).isFalse();
        assertThat(page.summary()).contains("0 of 1 services keep their addresses");
    }

    @Test
    void anAddressPoolIsConverted() throws IOException {
        ImportPage page = page("{apiVersion: metallb.io/v1beta1, kind: AddressPool, " + META
                + "old}, spec: {protocol: layer2, addresses: [192.0.2.0/24]}}\n" + service("web", "192.0.2.3"));

        assertThat(page.objects())
                .extracting(ObjectLine::object)
                .containsExactly("IPAddressPool metallb-system/old", "L2Advertisement metallb-system/old");
        assertThat(page.objects().get(0).note()).startsWith("converted from ");
        assertThat(page.services().get(0).verdict()).isEqualTo("keeps");
        assertThat(page.same()).isTrue();
    }

    @Test
    void aConfigMapIsConverted() throws IOException {
        ImportPage page = page("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {namespace: metallb-system, name: config}
                data:
                  config: |
                    peers:
                    - my-asn: 64500
                      peer-asn: 64501
                      peer-address: 10.0.0.1
                      hold-time: 30s
                      node-selectors:
                      - match-labels: {some-label: a}
                        match-expressions: [{key: rack, operator: In, values: [a]}]
                      bfd-profile: fast
                    bgp-communities: {no-advertise: "65535:65282"}
                    bfd-profiles: [{name: fast, receive-interval: 100}]
                    address-pools:
                    - name: lab
                      protocol: bgp
                      addresses: [192.0.2.0/24]
                      avoid-buggy-ips: true
                      bgp-advertisements:
                      - {aggregation-length: 24, localpref: 100, communities: [no-advertise]}
                      - {aggregation-length: 32}
                """ + service("web", "192.0.2.3"));

        assertThat(page.objects())
                .extracting(ObjectLine::object)
                .containsExactly(
                        "IPAddressPool metallb-system/lab",
                        "BGPAdvertisement metallb-system/lab",
                        "BGPAdvertisement metallb-system/lab-2",
                        "BGPPeer metallb-system/peer1",
                        "BFDProfile metallb-system/fast",
                        "Community metallb-system/communities");
        assertThat(page.objects()).extracting(ObjectLine::verdict).containsOnly("same");
        assertThat(page.problems()).isEmpty();
        assertThat(page.services().get(0).verdict()).isEqualTo("keeps");
    }

    @Test
    void whatIsDifferentOrLostIsSaid() throws IOException {
        ImportPage page = page("""
                {apiVersion: metallb.io/v1beta1, kind: BGPPeer, metadata: {name: old}, spec: {myASN: 1, peerASN: 2, peerAddress: 10.0.0.1}}
                ---
                {apiVersion: metallb.io/v1beta2, kind: BGPPeer, metadata: {name: bad}, spec: {myASN: 1, peerASN: 2, peerAddress: 10.0.0.300}}
                ---
                {apiVersion: metallb.io/v1beta2, kind: BGPPeer, metadata: {name: from}, spec: {myASN: 1, peerASN: 2, peerAddress: 10.0.0.2, sourceAddress: 10.0.0.9}}
                ---
                {apiVersion: frrk8s.metallb.io/v1beta1, kind: FRRConfiguration, metadata: {name: mine}, spec: {}}
                ---
                {apiVersion: frrk8s.metallb.io/v1beta1, kind: FRRConfiguration, metadata: {name: metallb-n1}, spec: {}}
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: bgpextras}, data: {extras: x}}
                ---
                {apiVersion: v1, kind: ConfigMap, metadata: {name: kube-root-ca.crt}, data: {}}
                ---
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: speaker}
                spec: {template: {spec: {containers: [{image: quay.io/metallb/speaker:v0.16.1, args: [--lb-class=me, --ignore-exclude-lb],
                  env: [{name: METALLB_BGP_TYPE, value: frr-k8s}]}]}}}
                """);

        assertThat(page.objects())
                .extracting(line -> line.object() + " " + line.verdict())
                .containsExactly(
                        "BGPPeer old different",
                        "BGPPeer bad refused",
                        "BGPPeer from different",
                        "FRRConfiguration mine unsupported",
                        "FRRConfiguration metallb-n1 same",
                        "ConfigMap bgpextras unsupported",
                        "DaemonSet speaker same");
        assertThat(page.settings()).containsExactly("loadBalancerClass = me", "ignoreExcludeLabel = true");
        assertThat(page.same()).isFalse();
    }

    @Test
    void listsAndBrokenTextsAreRead() throws IOException {
        ImportPage page = page("{apiVersion: v1, kind: List, items: [" + POOL.strip()
                + ", {apiVersion: v1, kind: List}]}\n" + "---\n{broken: [}\n");

        assertThat(page.objects()).hasSize(1);
        assertThat(page.problems()).extracting(PlanPage.ProblemLine::code).containsExactly("invalidSyntax");
    }

    @Test
    void theCommandAnswersInEveryForm() throws IOException {
        Path file = directory.resolve("a.yaml");
        Files.writeString(file, POOL + L2 + service("web", "192.0.2.3"));

        assertThat(run("import", "metallb", file.toString())).isZero();
        assertThat(text).contains("IPAddressPool metallb-system/a", "1 of 1 services keep their addresses");
        assertThat(run("import", "metallb", file.toString(), "-o", "json")).isZero();
        assertThat(text).contains("\"same\": true");
        assertThat(run("import", "metallb", file.toString(), "-o", "yaml")).isZero();
        assertThat(text).contains("verdict: keeps");
        assertThat(run("import", "metallb")).isEqualTo(2);
        assertThat(run("import", "kubevip", file.toString())).isEqualTo(2);
        assertThat(run("import", "metallb", "--live", file.toString())).isEqualTo(2);
        assertThat(run("plan", "--live", file.toString())).isEqualTo(2);
    }
}
