package org.heraldlb.k8swebhook.review;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.k8swebhook.review.Review.Operation;
import org.heraldlb.manifest.CrossCheckOptions.Mode;
import org.heraldlb.manifest.Documents;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;

/** A cluster of documents in short form, and reviews of one more. */
final class Fixture {

    static final String NAMESPACE = "metallb-system";
    static final ReadContext CONTEXT = new ReadContext("kubernetes", true, NAMESPACE);

    private final List<ConfigObject> objects = new ArrayList<>();
    private Mode mode = Mode.FRR;

    Fixture mode(Mode wanted) {
        mode = wanted;
        return this;
    }

    /** {@code spec} is JSON with single quotes. */
    Fixture with(String kind, String name, String spec) {
        return with("metallb.io", kind, name, spec);
    }

    Fixture with(String group, String kind, String name, String spec) {
        Review review = review(Operation.CREATE, group, kind, NAMESPACE, name, spec);
        Parsed parsed = Documents.read(CONTEXT, review.document(), review.object());
        if (!parsed.isClean()) {
            throw new IllegalArgumentException(parsed.problems().toString());
        }
        objects.addAll(parsed.objects());
        return this;
    }

    Fixture node(String name) {
        Map<String, Object> node = Map.of(
                "apiVersion", "v1", "kind", "Node", "metadata", Map.of("name", name, "labels", Map.of("host", name)));
        objects.addAll(Documents.read(CONTEXT, "nodes/" + name, node).objects());
        return this;
    }

    Cluster cluster() {
        return new Cluster(Optional.of(List.copyOf(objects)), List.copyOf(objects));
    }

    Verdict judge(Review review) {
        return new Validation(CONTEXT, mode).judge(review, cluster());
    }

    Verdict create(String kind, String name, String spec) {
        return judge(review(Operation.CREATE, "metallb.io", kind, NAMESPACE, name, spec));
    }

    Verdict update(String kind, String name, String spec) {
        return judge(review(Operation.UPDATE, "metallb.io", kind, NAMESPACE, name, spec));
    }

    Verdict delete(String kind, String name) {
        return judge(review(Operation.DELETE, "metallb.io", kind, NAMESPACE, name, "{}"));
    }

    static Review review(Operation operation, String group, String kind, String namespace, String name, String spec) {
        Map<String, Object> object = object(group, kind, namespace, name, spec);
        String plural = kind.toLowerCase(Locale.ROOT).replaceFirst("y$", "ie") + "s";
        String resource = (group.equals("metallb.io") ? "" : "herald") + plural + "." + group;
        boolean deletion = operation == Operation.DELETE;
        Map<String, Object> before = new LinkedHashMap<>(object);
        before.put("spec", Map.of("was", "something else"));
        return new Review(
                "uid",
                operation,
                resource,
                kind,
                namespace,
                name,
                false,
                deletion ? Map.of() : object,
                operation == Operation.CREATE ? Map.of() : before);
    }

    static Map<String, Object> object(String group, String kind, String namespace, String name, String spec) {
        String version = !group.equals("metallb.io") ? "v1" : kind.equals("BGPPeer") ? "v1beta2" : "v1beta1";
        return json("{'apiVersion': '" + group + "/" + version + "', 'kind': '" + kind + "', 'metadata': {'name': '"
                + name + "', 'namespace': '" + namespace + "'}, 'spec': " + spec + "}");
    }

    static Map<String, Object> json(String text) {
        try {
            return Tree.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (Malformed wrong) {
            throw new IllegalArgumentException(text, wrong);
        }
    }
}
