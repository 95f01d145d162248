package org.heraldlb.manifest.read;

import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.ReadContext;

/**
 * {@code metadata} of a document.
 *
 * @param ref identity
 * @param origin where it comes from
 * @param namespace never empty, also for kinds whose identity has none
 */
record Meta(
        ObjectRef ref, Origin origin, String namespace, Map<String, String> labels, Map<String, String> annotations) {

    private static final int LONGEST_NAME = 253;

    /** Empty when there is no usable name; that has been reported then. */
    static Optional<Meta> read(Fields root, Kind kind, ReadContext context, boolean strict) {
        Fields metadata = root.object("metadata", strict).orElseGet(() -> Fields.empty(root.findings(), "metadata"));
        try (metadata) {
            Optional<String> name = name(metadata, kind);
            Optional<String> namespace = metadata.word("namespace");
            boolean usable = name.isPresent()
                    && namespace
                            .map(text -> checked(metadata, "namespace", text))
                            .orElse(true);
            ObjectRef ref = new ObjectRef(kind, namespace.orElse("default"), name.orElse(""));
            if (usable) {
                root.findings().about(ref.toString());
            }
            Map<String, String> labels = metadata.strings("labels");
            Map<String, String> annotations = metadata.strings("annotations");
            metadata.ignore("generateName", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink")
                    .ignore("deletionTimestamp", "deletionGracePeriodSeconds", "finalizers", "ownerReferences")
                    .ignore("managedFields", "clusterName");
            Origin origin = new Origin(context.source(), root.findings().document());
            Meta meta = new Meta(ref, origin, namespace.orElse(""), labels, annotations).defaulted(context);
            return usable ? Optional.of(meta) : Optional.empty();
        }
    }

    private Meta defaulted(ReadContext context) {
        String absent = context.kubernetes() ? context.metallbNamespace() : "default";
        return namespace.isEmpty() ? new Meta(ref, origin, absent, labels, annotations) : this;
    }

    private static Optional<String> name(Fields metadata, Kind kind) {
        return metadata.required("name", "missing " + kind.text() + " name")
                .filter(name -> checked(metadata, "name", name));
    }

    private static boolean checked(Fields metadata, String field, String name) {
        if (isName(name)) {
            return true;
        }
        metadata.findings()
                .error(
                        Code.INVALID_NAME,
                        metadata.path(field),
                        name,
                        "\"" + name + "\" is no name: names have lower case letters, digits, '-' and '.', at most "
                                + LONGEST_NAME);
        return false;
    }

    private static boolean isName(String name) {
        if (name.length() > LONGEST_NAME || !isAlphanumeric(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isAlphanumeric(c) && c != '-' && c != '.') {
                return false;
            }
        }
        return isAlphanumeric(name.charAt(name.length() - 1));
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
