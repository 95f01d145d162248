package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.heraldlb.api.Problem;

/**
 * What went wrong with a request, for people.
 *
 * @param code of the problem
 * @param status HTTP status, 0 when there was no answer
 * @param text one line, without secrets
 * @param fix what to do about it
 */
public record Fault(String code, int status, String text, String fix) {

    public static final String CONFIG = "kubernetesConfig";
    public static final String UNREACHABLE = "kubernetesUnreachable";
    public static final String CERTIFICATE = "kubernetesCertificate";
    public static final String UNAUTHORIZED = "kubernetesUnauthorized";
    public static final String FORBIDDEN = "kubernetesForbidden";
    public static final String NOT_SERVED = "kubernetesNotServed";
    public static final String REFUSED = "kubernetesRefused";

    private static final int LONGEST = 300;

    /** Explains {@code failure}. */
    public static Fault of(Throwable failure) {
        int status = status(failure);
        String said = said(failure);
        return switch (status) {
            case 401 ->
                new Fault(
                        UNAUTHORIZED,
                        status,
                        "the API server does not accept the credentials: the token or certificate is wrong or expired",
                        "renew what 'kubeconfig' in org.heraldlb.k8ssource names");
            case 403 -> new Fault(FORBIDDEN, status, said, "apply deploy/rbac.yaml");
            case 404 -> new Fault(NOT_SERVED, status, said, "");
            case 0 -> unanswered(failure, said);
            default -> new Fault(REFUSED, status, said, "");
        };
    }

    private static Fault unanswered(Throwable failure, String said) {
        if (has(failure, CertificateException.class) || has(failure, SSLException.class)) {
            return new Fault(
                    CERTIFICATE,
                    0,
                    "no trusted connection to the API server: " + said,
                    "check the certificate authority and the dates of the certificates, and this machine's clock");
        }
        if (has(failure, ConnectException.class)
                || has(failure, UnknownHostException.class)
                || has(failure, HttpTimeoutException.class)
                || has(failure, TimeoutException.class)) {
            return new Fault(UNREACHABLE, 0, "the API server does not answer: " + said, "");
        }
        return new Fault(UNREACHABLE, 0, "the API server cannot be asked: " + said, "");
    }

    /** As a problem about {@code subject}. */
    public Problem about(String subject) {
        return Problem.error(code, subject, text).withFix(fix);
    }

    private static int status(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof KubernetesClientException known && known.getCode() > 0) {
                return known.getCode();
            }
        }
        return 0;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    /** The API server's own words, or those of the innermost cause. */
    static String said(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof KubernetesClientException known
                    && known.getStatus() != null
                    && known.getStatus().getMessage() != null) {
                return line(known.getStatus().getMessage());
            }
            innermost = each;
        }
        String message = innermost.getMessage();
        String type = innermost.getClass().getSimpleName();
        return message == null || message.isBlank() ? type : line(type + ": " + message);
    }

    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
