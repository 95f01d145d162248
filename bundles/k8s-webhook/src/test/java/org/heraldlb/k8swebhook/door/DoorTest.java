package org.heraldlb.k8swebhook.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.heraldlb.api.Problem;
import org.heraldlb.k8swebhook.certificate.Maker;
import org.heraldlb.k8swebhook.certificate.Policy;
import org.heraldlb.k8swebhook.certificate.Renewal;
import org.heraldlb.k8swebhook.certificate.Wallet;
import org.heraldlb.k8swebhook.review.Cluster;
import org.heraldlb.k8swebhook.review.Validation;
import org.heraldlb.manifest.CrossCheckOptions.Mode;
import org.heraldlb.manifest.ReadContext;
import org.heraldlb.runtime.ThreadEventLoop;
import org.heraldlb.runtime.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorTest {

    private static final String REVIEW = "{'apiVersion': 'admission.k8s.io/v1', 'kind': 'AdmissionReview', 'request': {"
            + "'uid': '7', 'operation': 'CREATE', 'resource': {'group': 'metallb.io', 'resource': 'ipaddresspools'},"
            + " 'namespace': 'metallb-system', 'name': 'p', 'object': {'apiVersion': 'metallb.io/v1beta1', 'kind':"
            + " 'IPAddressPool', 'metadata': {'name': 'p', 'namespace': 'metallb-system'}, 'spec': {'addresses': ['ADDRESS']}}}}";
    private static final Policy POLICY = Policy.of(List.of("127.0.0.1"), Duration.ofHours(1), Duration.ofHours(9));
    private static final Renewal RENEWAL = new Renewal(POLICY, new Maker(POLICY));

    private final Desk desk = new Desk(
            ThreadEventLoop.start("desk", Ticker.SYSTEM),
            new Validation(new ReadContext("kubernetes", true, "metallb-system"), Mode.HERALD),
            () -> new Cluster(Optional.of(List.of()), List.of()));
    private final ThreadEventLoop loop = ThreadEventLoop.start("door", Ticker.SYSTEM);
    private final BlockingQueue<Optional<Problem>> told = new LinkedBlockingQueue<>();
    private final Door door =
            new Door(loop, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), desk, told::add);

    @AfterEach
    void close() {
        door.close();
    }

    private Wallet serve() throws InterruptedException {
        Wallet wallet = RENEWAL.next(Wallet.EMPTY, Instant.now());
        door.serve(wallet.serving().orElseThrow());
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(done::countDown);
        done.await();
        return wallet;
    }

    @Test
    void aPortThatIsTakenIsAProblem() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Door second = new Door(
                    ThreadEventLoop.start("second", Ticker.SYSTEM),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort()),
                    new Desk(
                            ThreadEventLoop.start("desk", Ticker.SYSTEM),
                            new Validation(new ReadContext("kubernetes", true, "metallb-system"), Mode.HERALD),
                            () -> Cluster.UNKNOWN),
                    told::add);
            second.serve(RENEWAL.next(Wallet.EMPTY, Instant.now()).serving().orElseThrow());
            Problem problem = told.take().orElseThrow();
            second.close();
            assertThat(problem.code()).isEqualTo("webhookPort");
        }
        serve();
        Optional<Problem> last = told.take();
        while (last.isPresent()) {
            last = told.take();
        }
    }

    private static HttpClient client(Wallet wallet) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", wallet.trusted().get(0));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private HttpResponse<String> send(HttpClient client, String path, String method, byte[] body) throws Exception {
        URI uri = URI.create("https://127.0.0.1:" + door.port() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static byte[] review(String address) {
        return REVIEW.replace("ADDRESS", address).replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void aReviewIsAnswered() throws Exception {
        HttpClient client = client(serve());
        HttpResponse<String> good = send(client, "/validate", "POST", review("192.0.2.0/24"));
        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(good.body()).contains("\"allowed\":true").contains("\"uid\":\"7\"");
        assertThat(send(client, "/validate", "POST", review("192.0.2.0")).body())
                .contains("\"allowed\":false");
    }

    @Test
    void whatIsNoReviewGetsAStatus() throws Exception {
        HttpClient client = client(serve());
        assertThat(send(client, "/validate", "GET", new byte[0]).statusCode()).isEqualTo(405);
        assertThat(send(client, "/elsewhere", "POST", review("192.0.2.0/24")).statusCode())
                .isEqualTo(404);
        assertThat(send(client, "/validate", "POST", new byte[] {'{'}).statusCode())
                .isEqualTo(400);
        assertThat(send(client, "/convert", "POST", review("192.0.2.0/24")).statusCode())
                .isEqualTo(400);
        assertThat(send(client, "/validate", "POST", new byte[ReviewHandler.LARGEST + 1])
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aNewCertificateIsShownToNewConnections() throws Exception {
        Wallet first = serve();
        HttpClient old = client(first);
        assertThat(send(old, "/validate", "POST", review("192.0.2.0/24")).statusCode())
                .isEqualTo(200);
        int port = door.port();
        Wallet second = serve();
        assertThat(door.port()).isEqualTo(port);
        HttpResponse<String> answer = send(client(second), "/validate", "POST", review("192.0.2.0/24"));
        X509Certificate shown =
                (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
        assertThat(shown).isEqualTo(second.serving().orElseThrow().certificate());
        assertThat(send(old, "/validate", "POST", review("192.0.2.0/24")).statusCode())
                .isEqualTo(200);
    }
}
