package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/** Who we are to the API server, and whom we believe to be it. The keys are ours because the client reads but RSA. */
final class Tls {

    private final KeyManager[] keys;
    private final TrustManager[] trusted;

    private Tls(KeyManager[] keys, TrustManager[] trusted) {
        this.keys = keys;
        this.trusted = trusted;
    }

    /**
     * Takes the client certificate out of {@code config}: the client would fail on its key.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when something cannot be used, in one line
     */
    static Tls take(Config config, Origin origin) {
        KeyManager[] keys = ClientCertificate.of(config, origin)
                .map(ClientCertificate::keyManagers)
                .orElse(null);
        config.setClientCertData(null);
        config.setClientCertFile(null);
        config.setClientKeyData(null);
        config.setClientKeyFile(null);
        return new Tls(keys, trusted(config, origin));
    }

    private static TrustManager[] trusted(Config config, Origin origin) {
        try {
            return SSLUtils.trustManagers(config);
        } catch (GeneralSecurityException | IOException | RuntimeException fault) {
            String field = config.getCaCertData() == null ? "certificate-authority" : "certificate-authority-data";
            throw origin.ofCluster(field, "cannot be used: " + Fault.said(fault));
        }
    }

    /** To be called after the client's own settings, which it replaces. */
    void apply(HttpClient.Builder builder) {
        builder.sslContext(keys, trusted);
    }
}
