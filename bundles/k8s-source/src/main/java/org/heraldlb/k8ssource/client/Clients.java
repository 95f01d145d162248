package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.File;
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
            return new KubernetesClientBuilder()
                    .withConfig(tuned(config(settings)))
                    .withHttpClientFactory(new JdkHttpClientFactory())
                    .build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Config config(ClientSettings settings) {
        if (settings.kubeconfig().isPresent()) {
            return kubeconfig(settings.kubeconfig().get());
        }
        Path token = Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH);
        if (!Files.isReadable(token)) {
            throw new KubernetesClientException(
                    "no kubeconfig is given and " + token + " is not there: this is not a pod with a service account");
        }
        return Config.autoConfigure(null);
    }

    private static Config kubeconfig(String name) {
        File file = new File(name);
        if (!file.canRead()) {
            throw new KubernetesClientException("kubeconfig " + name + " cannot be read");
        }
        try {
            return Config.fromKubeconfig(file);
        } catch (RuntimeException fault) {
            throw new KubernetesClientException("kubeconfig " + name + " makes no sense: " + firstLine(fault), fault);
        }
    }

    private static String firstLine(Throwable fault) {
        String text = String.valueOf(fault.getMessage());
        return text.lines().findFirst().orElse(text);
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
