package org.heraldlb.k8ssource.client;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.heraldlb.api.kubernetes.ApiServer;

/** Requests of other bundles, over a client of their own that is made with the first of them. Blocks. */
public final class SingleRequests implements ApiServer, AutoCloseable {

    private static final long TIMEOUT_SECONDS = 10;
    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final ClientSettings settings;
    private final AtomicReference<KubernetesClient> client = new AtomicReference<>();
    private volatile boolean closed;

    public SingleRequests(ClientSettings settings) {
        this.settings = settings;
    }

    /** Two callers that are first at once make two clients, and one of these is closed at once. */
    private KubernetesClient client() {
        KubernetesClient used = client.get();
        if (used == null) {
            KubernetesClient made = Clients.open(settings);
            if (client.compareAndSet(null, made)) {
                used = made;
            } else {
                made.close();
                used = client.get();
            }
        }
        if (closed || used == null) {
            close();
            throw new IllegalStateException("closed");
        }
        return used;
    }

    @Override
    public Answer send(String method, String path, String body) {
        try {
            KubernetesClient used = client();
            URI uri = URI.create(used.getConfiguration().getMasterUrl()).resolve(path);
            HttpRequest.Builder request =
                    used.getHttpClient().newHttpRequestBuilder().uri(uri);
            String type = method.equals("PATCH") ? MERGE_PATCH : JSON;
            request.method(method, type, body.isEmpty() ? null : body);
            var answer = used.getHttpClient()
                    .sendAsync(request.build(), String.class)
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return new Answer(answer.code(), String.valueOf(answer.body()));
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return new Answer(0, "interrupted");
        } catch (TimeoutException slow) {
            return new Answer(0, "no answer within " + TIMEOUT_SECONDS + " s");
        } catch (ExecutionException failure) {
            return new Answer(0, firstLine(failure.getCause()));
        } catch (RuntimeException failure) {
            return new Answer(0, firstLine(failure));
        }
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure).lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        closed = true;
        KubernetesClient used = client.getAndSet(null);
        if (used != null) {
            used.close();
        }
    }
}
