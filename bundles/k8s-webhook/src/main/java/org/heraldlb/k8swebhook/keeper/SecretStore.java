package org.heraldlb.k8swebhook.keeper;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.heraldlb.api.kubernetes.ApiServer;
import org.heraldlb.api.kubernetes.ApiServer.Answer;
import org.heraldlb.k8swebhook.review.Tree;

/** A Secret, shared by all nodes that serve the webhook. Who writes second reads again. */
public final class SecretStore implements Store {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final ApiServer server;
    private final String namespace;
    private final String name;

    public SecretStore(ApiServer server, String namespace, String name) {
        this.server = server;
        this.namespace = namespace;
        this.name = name;
    }

    private String all() {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    @Override
    public Kept read() throws Unavailable {
        Answer answer = server.send("GET", all() + "/" + name, "");
        if (answer.status() == NOT_FOUND) {
            return new Kept(Map.of(), "");
        }
        Map<String, Object> secret = Answers.object(answer, "reading secret " + namespace + "/" + name);
        Map<String, String> entries = new LinkedHashMap<>();
        Tree.object(secret, "data").forEach((key, value) -> entries.put(key, decoded(String.valueOf(value))));
        return new Kept(entries, Tree.text(Tree.object(secret, "metadata"), "resourceVersion"));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException strange) {
            return "";
        }
    }

    @Override
    public boolean write(Map<String, String> entries, String version) throws Unavailable {
        Map<String, Object> data = new LinkedHashMap<>();
        entries.forEach((key, value) ->
                data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        boolean fresh = version.isEmpty();
        Map<String, Object> metadata = fresh ? Map.of("name", name) : Map.of("resourceVersion", version);
        Map<String, Object> secret = new LinkedHashMap<>(Map.of("metadata", metadata, "data", data));
        if (fresh) {
            secret.putAll(Map.of("apiVersion", "v1", "kind", "Secret", "type", "Opaque"));
        }
        String body = new String(Tree.write(secret), StandardCharsets.UTF_8);
        Answer answer = server.send(fresh ? "POST" : "PATCH", fresh ? all() : all() + "/" + name, body);
        if (answer.status() == CONFLICT || answer.status() == NOT_FOUND) {
            return false;
        }
        Answers.object(answer, "writing secret " + namespace + "/" + name);
        return true;
    }
}
