package org.heraldlb.k8ssource.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class FaultTest {

    @Test
    void answersAreNamedByTheirStatus() {
        assertThat(code(401)).isEqualTo(Fault.UNAUTHORIZED);
        assertThat(code(403)).isEqualTo(Fault.FORBIDDEN);
        assertThat(code(404)).isEqualTo(Fault.NOT_SERVED);
        assertThat(code(500)).isEqualTo(Fault.REFUSED);
    }

    @Test
    void theServersOwnWordsAreOneLine() {
        Status status = new StatusBuilder()
                .withMessage("services is forbidden:\n  User \"x\"")
                .build();
        Fault fault = Fault.of(new CompletionException(new KubernetesClientException("other", 403, status)));
        assertThat(fault.text()).isEqualTo("services is forbidden: User \"x\"");
        assertThat(fault.fix()).contains("rbac");
    }

    @Test
    void noAnswerIsExplainedByItsCause() {
        assertThat(Fault.of(wrapped(new ConnectException("Connection refused"))).text())
                .isEqualTo("the API server does not answer: ConnectException: Connection refused");
        assertThat(Fault.of(wrapped(new UnknownHostException("api.example"))).code())
                .isEqualTo(Fault.UNREACHABLE);
        SSLHandshakeException handshake = new SSLHandshakeException("PKIX");
        handshake.initCause(new CertificateExpiredException("NotAfter: yesterday"));
        Fault certificate = Fault.of(wrapped(handshake));
        assertThat(certificate.code()).isEqualTo(Fault.CERTIFICATE);
        assertThat(certificate.text()).contains("NotAfter: yesterday");
    }

    @Test
    void endlessTextIsCut() {
        assertThat(Fault.of(new IOException("x".repeat(10_000))).text()).hasSizeLessThan(400);
    }

    private static String code(int status) {
        return Fault.of(new KubernetesClientException("said", status, null)).code();
    }

    private static Throwable wrapped(Throwable cause) {
        return new KubernetesClientException("An error has occurred.", new IOException(cause));
    }
}
