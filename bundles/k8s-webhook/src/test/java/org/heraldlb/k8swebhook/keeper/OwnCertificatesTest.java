package org.heraldlb.k8swebhook.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.heraldlb.k8swebhook.certificate.Credential;
import org.heraldlb.k8swebhook.certificate.Maker;
import org.heraldlb.k8swebhook.certificate.Policy;
import org.heraldlb.k8swebhook.certificate.Renewal;
import org.heraldlb.k8swebhook.review.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCertificatesTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final String SECRET = "/api/v1/namespaces/ns/secrets/s";
    private static final String HOOKS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/h";
    private static final String KIND = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/d";

    private final FakeApiServer server = new FakeApiServer();
    private final List<String> complaints = new ArrayList<>();

    private OwnCertificates node(Store store) {
        Policy policy = Policy.of(List.of("h.ns.svc"), Duration.ofDays(90), Duration.ofDays(900));
        return new OwnCertificates(store, new Renewal(policy, new Maker(policy)), new Trust(server, "h", "d"));
    }

    private OwnCertificates node() {
        return node(new SecretStore(server, "ns", "s"));
    }

    private void deploy() {
        server.put(
                HOOKS,
                Map.of(
                        "webhooks",
                        List.of(
                                Map.of("name", "a", "clientConfig", Map.of("url", "https://a")),
                                Map.of("name", "b", "clientConfig", Map.of("url", "https://b")))));
        server.put(KIND, Map.of("spec", Map.of("conversion", Map.of("strategy", "None"))));
    }

    private Map<String, Object> client(int place) {
        List<?> webhooks = (List<?>) server.objects.get(HOOKS).get("webhooks");
        @SuppressWarnings("unchecked")
        Map<String, Object> webhook = (Map<String, Object>) webhooks.get(place);
        return Tree.object(webhook, "clientConfig");
    }

    @Test
    void allNodesServeTheSameFromOneSecret() throws Unavailable {
        deploy();
        Credential first = node().current(START, complaints::add);
        assertThat(node().current(START.plusSeconds(60), complaints::add)).isEqualTo(first);
        assertThat(server.writes).containsExactly("POST " + SECRET, "PATCH " + HOOKS);
        assertThat(complaints).isEmpty();
    }

    @Test
    void everyWebhookTrustsAndKeepsWhatElseItHas() throws Unavailable {
        deploy();
        node().current(START, complaints::add);
        assertThat(client(0)).containsEntry("url", "https://a").containsKey("caBundle");
        assertThat(client(1))
                .containsEntry("url", "https://b")
                .containsEntry("caBundle", client(0).get("caBundle"));
    }

    @Test
    void theConversionTrustsOnlyWhereThereIsOne() throws Unavailable {
        deploy();
        Map<String, Object> conversion = Map.of(
                "strategy", "Webhook", "webhook", Map.of("clientConfig", Map.of("url", "https://c"), "other", 1));
        server.put(KIND, Map.of("spec", Map.of("conversion", conversion, "group", "g")));
        node().current(START, complaints::add);
        Map<String, Object> spec = Tree.object(server.objects.get(KIND), "spec");
        Map<String, Object> webhook = Tree.object(Tree.object(spec, "conversion"), "webhook");
        assertThat(spec).containsEntry("group", "g");
        assertThat(webhook).containsEntry("other", 1);
        assertThat(Tree.object(webhook, "clientConfig")).containsKeys("url", "caBundle");
    }

    @Test
    void whoWritesSecondTakesWhatTheFirstWrote() throws Unavailable {
        deploy();
        List<Credential> other = new ArrayList<>();
        server.beforeWrite = () -> {
            try {
                other.add(node().current(START, complaints::add));
            } catch (Unavailable impossible) {
                throw new IllegalStateException(impossible);
            }
        };
        assertThat(node().current(START, complaints::add)).isEqualTo(other.get(0));
    }

    @Test
    void anEmptySecretIsFilled() throws Unavailable {
        deploy();
        server.put(SECRET, Map.of("type", "Opaque"));
        node().current(START, complaints::add);
        assertThat(server.writes).containsExactly("PATCH " + SECRET, "PATCH " + HOOKS);
        assertThat(Tree.object(server.objects.get(SECRET), "data"))
                .containsOnlyKeys("ca.crt", "authorities.pem", "tls.crt", "tls.key");
    }

    @Test
    void aMissingRightIsNamed() {
        server.refuseWith = 403;
        assertThatThrownBy(() -> node().current(START, complaints::add))
                .isInstanceOf(Unavailable.class)
                .hasMessage("reading secret ns/s: 403 not allowed");
    }

    @Test
    void aMissingConfigurationIsSaidAndTheCertificateServedAllTheSame() throws Unavailable {
        assertThat(node().current(START, complaints::add)).isNotNull();
        assertThat(complaints).singleElement().asString().contains("ValidatingWebhookConfiguration h is not there");
    }

    @Test
    void theStateFileIsItsOwnersAlone(@TempDir Path directory) throws Exception {
        deploy();
        Path file = directory.resolve("state/c.json");
        Credential first = node(new StateStore(file)).current(START, complaints::add);
        assertThat(node(new StateStore(file)).current(START, complaints::add)).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "nonsense");
        assertThat(node(new StateStore(file)).current(START, complaints::add)).isNotEqualTo(first);
    }

    @Test
    void givenFilesAreReadEachTime(@TempDir Path directory) throws Exception {
        Path certificate = directory.resolve("c");
        Path key = directory.resolve("k");
        GivenFiles files = new GivenFiles(certificate, key);
        assertThatThrownBy(() -> files.current(START, complaints::add)).isInstanceOf(Unavailable.class);
        for (int i = 0; i < 2; i++) {
            Credential made = node(new StateStore(directory.resolve("s" + i))).current(START, line -> {});
            Map<String, Object> text = Tree.read(Files.readAllBytes(directory.resolve("s" + i)));
            Files.writeString(certificate, Tree.text(text, "tls.crt"));
            Files.writeString(key, Tree.text(text, "tls.key"));
            assertThat(files.current(START, complaints::add)).isEqualTo(made);
        }
        files.current(START.plus(Duration.ofDays(91)), complaints::add);
        assertThat(complaints).singleElement().asString().contains("is over since");
    }
}
