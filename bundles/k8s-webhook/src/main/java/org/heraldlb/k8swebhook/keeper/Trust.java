package org.heraldlb.k8swebhook.keeper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.kubernetes.ApiServer;
import org.heraldlb.k8swebhook.review.Tree;

/**
 * Tells the API server whom to trust: the {@code caBundle} of each webhook of a ValidatingWebhookConfiguration, and that of a
 * CustomResourceDefinition's conversion where it has one. Nothing else in them is touched.
 */
public final class Trust {

    private static final String CONFIGURATIONS =
            "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/";
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
    private static final String BUNDLE = "caBundle";
    private static final String CLIENT = "clientConfig";
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final ApiServer server;
    private final String configuration;
    private final String definition;

    public Trust(ApiServer server, String configuration, String definition) {
        this.server = server;
        this.configuration = configuration;
        this.definition = definition;
    }

    /**
     * Puts the certificates where they are missing.
     *
     * @param certificates PEM
     * @throws Unavailable when one of the two could not be read or written; the other one was tried
     */
    public void publish(String certificates) throws Unavailable {
        String bundle = Base64.getEncoder().encodeToString(certificates.getBytes(StandardCharsets.UTF_8));
        List<String> complaints = new ArrayList<>();
        for (Step step : List.<Step>of(() -> webhooks(bundle), () -> conversion(bundle))) {
            try {
                step.run();
            } catch (Unavailable failure) {
                complaints.add(failure.getMessage());
            }
        }
        if (!complaints.isEmpty()) {
            throw new Unavailable(String.join("; ", complaints));
        }
    }

    private interface Step {
        void run() throws Unavailable;
    }

    private void webhooks(String bundle) throws Unavailable {
        String path = CONFIGURATIONS + configuration;
        Map<String, Object> found = read(path, "ValidatingWebhookConfiguration " + configuration);
        if (!(found.get("webhooks") instanceof List<?> webhooks)) {
            return;
        }
        List<Object> wanted = new ArrayList<>();
        for (Object webhook : webhooks) {
            Map<String, Object> copy = new LinkedHashMap<>();
            ((Map<?, ?>) webhook).forEach((key, value) -> copy.put(String.valueOf(key), value));
            Map<String, Object> client = new LinkedHashMap<>(Tree.object(copy, CLIENT));
            client.put(BUNDLE, bundle);
            copy.put(CLIENT, client);
            wanted.add(copy);
        }
        if (!wanted.equals(webhooks)) {
            patch(path, found, Map.of("webhooks", wanted));
        }
    }

    private void conversion(String bundle) throws Unavailable {
        String path = DEFINITIONS + definition;
        Map<String, Object> found = read(path, "CustomResourceDefinition " + definition);
        Map<String, Object> conversion = Tree.object(Tree.object(found, "spec"), "conversion");
        Map<String, Object> client = Tree.object(Tree.object(conversion, "webhook"), CLIENT);
        if (Tree.text(conversion, "strategy").equals("Webhook")
                && !Tree.text(client, BUNDLE).equals(bundle)) {
            Map<String, Object> wanted = Map.of("webhook", Map.of(CLIENT, Map.of(BUNDLE, bundle)));
            patch(path, found, Map.of("spec", Map.of("conversion", wanted)));
        }
    }

    private Map<String, Object> read(String path, String what) throws Unavailable {
        ApiServer.Answer answer = server.send("GET", path, "");
        if (answer.status() == NOT_FOUND) {
            throw new Unavailable(what + " is not there: apply deploy/webhook.yaml");
        }
        return Answers.object(answer, "reading " + what);
    }

    /** An edit by somebody else meanwhile is no failure: the next look puts it right. */
    private void patch(String path, Map<String, Object> found, Map<String, Object> change) throws Unavailable {
        Map<String, Object> patch = new LinkedHashMap<>(change);
        patch.put("metadata", Map.of("resourceVersion", Tree.text(Tree.object(found, "metadata"), "resourceVersion")));
        ApiServer.Answer answer = server.send("PATCH", path, new String(Tree.write(patch), StandardCharsets.UTF_8));
        if (answer.status() != CONFLICT) {
            Answers.object(answer, "writing caBundle of " + path.substring(path.lastIndexOf('/') + 1));
        }
    }
}
