package org.heraldlb.k8swebhook.keeper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.kubernetes.ApiServer;
import org.heraldlb.k8swebhook.review.Malformed;
import org.heraldlb.k8swebhook.review.Tree;

/** Objects by path, with versions, creation and merge patches. */
final class FakeApiServer implements ApiServer {

    final Map<String, Map<String, Object>> objects = new LinkedHashMap<>();
    final List<String> writes = new ArrayList<>();
    int refuseWith;
    Runnable beforeWrite = () -> {};
    private int version;

    void put(String path, Map<String, Object> object) {
        Map<String, Object> copy = new LinkedHashMap<>(object);
        version++;
        copy.put("metadata", Map.of("resourceVersion", String.valueOf(version)));
        objects.put(path, copy);
    }

    @Override
    public Answer send(String method, String path, String body) {
        if (refuseWith != 0) {
            return new Answer(refuseWith, "{\"message\": \"not allowed\"}");
        }
        try {
            return method.equals("GET") ? read(path) : write(method, path, body);
        } catch (Malformed wrong) {
            return new Answer(400, "{}");
        }
    }

    private Answer read(String path) {
        Map<String, Object> found = objects.get(path);
        return found == null ? new Answer(404, "{}") : answer(200, found);
    }

    private Answer write(String method, String path, String body) throws Malformed {
        Runnable first = beforeWrite;
        beforeWrite = () -> {};
        first.run();
        Map<String, Object> sent = Tree.read(body.getBytes(StandardCharsets.UTF_8));
        String name = Tree.text(Tree.object(sent, "metadata"), "name");
        String target = method.equals("POST") ? path + "/" + name : path;
        Map<String, Object> there = objects.getOrDefault(target, Map.of());
        boolean conflict = method.equals("POST")
                ? !there.isEmpty()
                : !Tree.object(there, "metadata")
                        .get("resourceVersion")
                        .equals(Tree.object(sent, "metadata").get("resourceVersion"));
        if (conflict) {
            return new Answer(409, "{}");
        }
        writes.add(method + " " + target);
        put(target, merged(there, sent));
        return answer(200, objects.get(target));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> merged(Map<String, Object> old, Map<String, Object> patch) {
        Map<String, Object> merged = new LinkedHashMap<>(old);
        patch.forEach((key, value) -> merged.merge(
                key,
                value,
                (before, after) -> before instanceof Map<?, ?> && after instanceof Map<?, ?>
                        ? merged((Map<String, Object>) before, (Map<String, Object>) after)
                        : after));
        return merged;
    }

    private static Answer answer(int status, Map<String, Object> object) {
        return new Answer(status, new String(Tree.write(object), StandardCharsets.UTF_8));
    }
}
