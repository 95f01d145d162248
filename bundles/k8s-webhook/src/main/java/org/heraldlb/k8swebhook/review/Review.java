package org.heraldlb.k8swebhook.review;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The request of an {@code admission.k8s.io/v1} AdmissionReview.
 *
 * @param uid goes back with the answer
 * @param operation what is asked for
 * @param resource {@code plural.group}
 * @param kind of the object
 * @param namespace of the object
 * @param name of the object
 * @param dryRun nothing will be stored
 * @param object as it would be stored; empty for a deletion
 * @param before as it is stored; empty for a creation
 */
public record Review(
        String uid,
        Operation operation,
        String resource,
        String kind,
        String namespace,
        String name,
        boolean dryRun,
        Map<String, Object> object,
        Map<String, Object> before) {

    /** What the API server was asked to do. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    /** Reads a whole AdmissionReview. */
    public static Review read(Map<String, Object> tree) throws Malformed {
        Reviews.expect(tree, "admission.k8s.io/v1", "AdmissionReview");
        Map<String, Object> request = Tree.object(tree, "request");
        String uid = Tree.text(request, "uid");
        if (uid.isEmpty()) {
            throw new Malformed("request.uid is missing");
        }
        Map<String, Object> object = Conversion.stored(Tree.object(request, "object"));
        Map<String, Object> before = Conversion.stored(Tree.object(request, "oldObject"));
        Operation operation = operation(Tree.text(request, "operation"));
        if ((operation == Operation.DELETE ? before : object).isEmpty()) {
            throw new Malformed("request has no object");
        }
        return new Review(
                uid,
                operation,
                resource(Tree.object(request, "resource")),
                Tree.text(Tree.object(request, "kind"), "kind"),
                Tree.text(request, "namespace"),
                name(request, object),
                Boolean.TRUE.equals(request.get("dryRun")),
                object,
                before);
    }

    private static Operation operation(String text) throws Malformed {
        for (Operation operation : Operation.values()) {
            if (operation.name().equals(text.toUpperCase(Locale.ROOT))) {
                return operation;
            }
        }
        throw new Malformed("request.operation is none of CREATE, UPDATE, DELETE, CONNECT");
    }

    private static String resource(Map<String, Object> resource) {
        return Tree.text(resource, "resource") + "." + Tree.text(resource, "group");
    }

    private static String name(Map<String, Object> request, Map<String, Object> object) {
        String name = Tree.text(request, "name");
        return name.isEmpty() ? Tree.text(Tree.object(object, "metadata"), "name") : name;
    }

    /** Where the Kubernetes source says that its objects come from. */
    public String document() {
        return resource + "/" + namespace + "/" + name;
    }

    /** Nothing changes that rules speak of: labels, finalizers, a status. */
    boolean keepsItsMeaning() {
        return operation == Operation.UPDATE && Objects.equals(object.get("spec"), before.get("spec"));
    }

    /** It is going away already; only finalizers still change. */
    boolean isLeaving() {
        return Tree.object(object, "metadata").get("deletionTimestamp") != null;
    }
}
