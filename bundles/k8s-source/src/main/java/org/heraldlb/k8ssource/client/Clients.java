package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes clients of the API server. */
public final class Clients {

    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    /** The first pause between two tries of a watch; it doubles five times. */
    private static final int RECONNECT_MILLIS = 100;

    private Clients() {}

    /**
     * A client that has not asked anything yet.
     *
     * @throws KubernetesClientException when the settings say nothing that can be used, in one line
     */
    public static KubernetesClient open(ClientSettings settings) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // The client finds its parts by the context loader, and they are inside this bundle.
        thread.setContextClassLoader(Clients.class.getClassLoader());
        try {
            String document =
                    settings.kubeconfig().map(name -> "kubeconfig " + name).orElse("the pod's environment");
            Config config = tuned(config(settings));
            return client(document, config, Tls.take(config, Origin.of(document, config)));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static KubernetesClient client(String document, Config config, Tls tls) {
        try {
            return new KubernetesClientBuilder()
                    .withConfig(config)
                    .withKubernetesSerialization(LeanObjects.serialization())
                    .withHttpClientFactory(new JdkHttpClientFactory())
                    .withHttpClientBuilderConsumer(tls::apply)
                    .build();
        } catch (RuntimeException fault) {
            throw new KubernetesClientException(document + " cannot be used: " + Fault.said(fault), fault);
        }
    }

    private static Config config(ClientSettings settings) {
        if (settings.kubeconfig().isPresent()) {
            return Kubeconfig.read(settings.kubeconfig().get());
        }
        Path token = Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH);
        if (!Files.isReadable(token)) {
            throw new KubernetesClientException(
                    "no kubeconfig is given and " + token + " is not there: this is not a pod with a service account");
        }
        return Config.autoConfigure(null);
    }

    /** Failures are told at once: whoever asks decides when to ask again. */
    private static Config tuned(Config config) {
        config.setRequestTimeout(REQUEST_TIMEOUT_MILLIS);
        config.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
        config.setRequestRetryBackoffLimit(0);
        config.setWatchReconnectInterval(RECONNECT_MILLIS);
        config.setWatchReconnectLimit(-1);
        config.setOnlyHttpWatches(true);
        config.setUserAgent("herald");
        return config;
    }
}
