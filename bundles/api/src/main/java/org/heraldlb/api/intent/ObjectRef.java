package org.heraldlb.api.intent;

import java.util.Comparator;

/**
 * Identity of an object, whichever source it comes from.
 *
 * @param kind its kind
 * @param namespace empty when the kind is not {@link Kind#namespaced()}
 * @param name never empty
 */
public record ObjectRef(Kind kind, String namespace, String name) implements Comparable<ObjectRef> {

    private static final Comparator<ObjectRef> ORDER = Comparator.comparing(ObjectRef::kind)
            .thenComparing(ObjectRef::namespace)
            .thenComparing(ObjectRef::name);

    public ObjectRef {
        namespace = kind.namespaced() ? namespace : "";
    }

    /** An object whose kind has no namespace that matters. */
    public static ObjectRef of(Kind kind, String name) {
        return new ObjectRef(kind, "", name);
    }

    /** An object whose kind is namespaced. */
    public static ObjectRef of(Kind kind, NamespacedName name) {
        return new ObjectRef(kind, name.namespace(), name.name());
    }

    public NamespacedName namespacedName() {
        return new NamespacedName(namespace, name);
    }

    @Override
    public int compareTo(ObjectRef other) {
        return ORDER.compare(this, other);
    }

    /** {@code Kind name} or {@code Kind namespace/name}. */
    @Override
    public String toString() {
        return kind.text() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
