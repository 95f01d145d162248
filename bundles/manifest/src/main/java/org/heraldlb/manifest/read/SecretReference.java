package org.heraldlb.manifest.read;

import java.util.Optional;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.manifest.Code;

/** The name of a Secret, in an object of its namespace. */
final class SecretReference {

    private SecretReference() {}

    /** The secret is looked up beside the object, whatever namespace the reference names: MetalLB's rule. */
    static Optional<NamespacedName> read(Fields fields, String field, String namespace) {
        try (Fields reference = fields.child(field)) {
            Optional<String> named = reference.word("namespace");
            if (named.isPresent() && !named.get().equals(namespace)) {
                fields.findings()
                        .warning(
                                Code.IGNORED_FIELD,
                                reference.path("namespace"),
                                named.get(),
                                "the secret is looked up in namespace " + namespace + ", where the "
                                        + (field.equals("passwordSecret") ? "peer" : "profile") + " is",
                                "put the Secret there");
            }
            return reference.word("name").map(name -> new NamespacedName(namespace, name));
        }
    }
}
