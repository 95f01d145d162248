package org.heraldlb.k8ssource.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kubeconfigs with client certificates, against a server that asks for one. */
final class ClientsTest {

    private static KeyPair authority;
    private static X509Certificate root;
    private static HttpsServer server;

    @TempDir
    Path directory;

    @BeforeAll
    static void serve() throws GeneralSecurityException, IOException {
        authority = Keys.pair("EC/secp256r1");
        root = Keys.certificate("authority", authority.getPublic(), Keys.VALID, "authority", authority);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                new ClientCertificate(List.of(root), authority.getPrivate()).keyManagers(),
                new TrustManager[] {new Anybody()},
                null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters asked = getSSLContext().getDefaultSSLParameters();
                asked.setNeedClientAuth(true);
                parameters.setSSLParameters(asked);
            }
        });
        server.createContext("/readyz", exchange -> {
            var peer =
                    (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
            boolean expired = peer.getNotAfter().toInstant().isBefore(Instant.parse("2002-01-01T00:00:00Z"));
            exchange.sendResponseHeaders(expired ? 401 : 200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void end() {
        server.stop(0);
    }

    @Test
    void keysOfEachFormAreUsed() throws GeneralSecurityException, IOException {
        connects("EC/secp256r1", Keys::sec1);
        connects("EC/secp384r1", Keys::sec1Bare);
        connects("EC/secp256r1", Keys::pkcs8);
        connects("RSA/2048", Keys::pkcs1);
        connects("RSA/2048", Keys::pkcs8);
        connects("Ed25519", Keys::pkcs8);
    }

    private void connects(String kind, Function<KeyPair, String> form) throws GeneralSecurityException, IOException {
        KeyPair pair = Keys.pair(kind);
        ClientSettings settings = settings(data(chain(pair, Keys.VALID)) + ", " + keyData(form.apply(pair)));
        assertThatCode(() -> Connection.open(settings).close()).as(kind).doesNotThrowAnyException();
    }

    @Test
    void filesLieBesideTheKubeconfig() throws GeneralSecurityException, IOException {
        KeyPair pair = Keys.pair("EC/secp256r1");
        Files.writeString(directory.resolve("u.crt"), chain(pair, Keys.VALID));
        Files.writeString(directory.resolve("u.key"), Keys.sec1(pair));
        ClientSettings settings = settings("client-certificate: u.crt, client-key: u.key");
        assertThatCode(() -> Connection.open(settings).close()).doesNotThrowAnyException();
    }

    @Test
    void anExpiredCertificateIsWhatTheServerDoesNotAccept() throws GeneralSecurityException, IOException {
        KeyPair pair = Keys.pair("EC/secp256r1");
        ClientSettings settings = settings(data(chain(pair, Keys.EXPIRED)) + ", " + keyData(Keys.pkcs8(pair)));
        assertThatThrownBy(() -> Connection.open(settings))
                .isInstanceOfSatisfying(Connection.Unreachable.class, failure -> {
                    assertThat(failure.fault().code()).isEqualTo(Fault.UNAUTHORIZED);
                    assertThat(failure.fault().text())
                            .contains("does not accept the credentials", "certificate is wrong or expired");
                });
    }

    @Test
    void whatCannotBeUsedIsNamed() throws GeneralSecurityException, IOException {
        KeyPair pair = Keys.pair("EC/secp256r1");
        String certificate = data(chain(pair, Keys.VALID));
        String key = keyData(Keys.sec1(pair));
        refused(
                certificate + ", " + keyData(Keys.sec1(Keys.pair("EC/secp256r1"))),
                "client-key-data of user u is no EC key");
        refused(certificate + ", client-key-data: \"%secret%\"", "client-key-data of user u is no Base64");
        refused(certificate + ", client-key: none.key", "client-key of user u cannot be read: NoSuchFileException: ");
        refused(certificate, "client-key of user u is missing");
        refused("client-certificate: none.crt, " + key, "client-certificate of user u cannot be read: ");
        refused(data("nothing") + ", " + key, "client-certificate-data of user u is no certificate: ");
        refused(data(Keys.pem("CERTIFICATE", new byte[9])) + ", " + key, "client-certificate-data of user u is no ");
    }

    private void refused(String user, String rule) throws IOException, GeneralSecurityException {
        ClientSettings settings = settings(user);
        assertThatThrownBy(() -> Clients.open(settings))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageStartingWith("kubeconfig " + settings.kubeconfig().orElseThrow() + ": " + rule)
                .hasMessageNotContainingAny("secret", "\n", "error has occurred");
    }

    @Test
    void anAuthorityThatCannotBeUsedIsNamed() throws IOException {
        Path file = directory.resolve("kubeconfig");
        Files.writeString(file, kubeconfig("certificate-authority: none.crt", "token: t"));
        assertThatThrownBy(() -> Clients.open(settings(file)))
                .hasMessageStartingWith("kubeconfig " + file + ": certificate-authority of cluster c cannot be used: ")
                .hasMessageContaining("none.crt");
    }

    @Test
    void whatIsNoKubeconfigIsSaidWithItsPlaceOnly() throws IOException {
        noKubeconfig("a: b\nusers: [secret", "it is no YAML in line 2, column 15");
        noKubeconfig("a: b\n\tsecret: x", "it is no YAML in line 2, column 1");
        noKubeconfig("users: secret", "it is no kubeconfig at '.users'");
        noKubeconfig("users: [{name: u, user: secret}]", "it is no kubeconfig at '.users[0].user'");
    }

    private void noKubeconfig(String text, String rule) throws IOException {
        Path file = directory.resolve("kubeconfig");
        Files.writeString(file, text);
        assertThatThrownBy(() -> Clients.open(settings(file)))
                .hasMessage("kubeconfig " + file + " makes no sense: " + rule);
    }

    private static String chain(KeyPair pair, String end) throws GeneralSecurityException {
        X509Certificate leaf = Keys.certificate("u", pair.getPublic(), end, "authority", authority);
        return Keys.pem(leaf) + Keys.pem(root);
    }

    private static String data(String certificate) {
        return "client-certificate-data: " + base64(certificate);
    }

    private static String keyData(String key) {
        return "client-key-data: " + base64(key);
    }

    private ClientSettings settings(String user) throws IOException, GeneralSecurityException {
        Path file = directory.resolve("kubeconfig");
        Files.writeString(file, kubeconfig("certificate-authority-data: " + base64(Keys.pem(root)), user));
        return settings(file);
    }

    private static ClientSettings settings(Path kubeconfig) {
        return new ClientSettings(Optional.of(kubeconfig.toString()), "herald", "node-a");
    }

    private static String kubeconfig(String authority, String user) {
        return """
                apiVersion: v1
                kind: Config
                current-context: c
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", %s}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                """.formatted(server.getAddress().getPort(), authority, user);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes every client: who is let in is decided after the handshake, as an API server does. */
    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
