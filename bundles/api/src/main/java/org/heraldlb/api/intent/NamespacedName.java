package org.heraldlb.api.intent;

/**
 * Name of a namespaced Kubernetes object, such as a Service. Ordered by namespace, then name.
 *
 * @param namespace never empty; {@code default} where the source knows no namespaces
 * @param name never empty
 */
public record NamespacedName(String namespace, String name) implements Comparable<NamespacedName> {

    /**
     * Reads {@code namespace/name}, or {@code name} alone, which means {@code default/name}.
     *
     * @throws IllegalArgumentException when a part is empty or there are more than two
     */
    public static NamespacedName parse(String text) {
        String[] parts = text.split("/", -1);
        boolean full = parts.length == 2;
        if (parts.length > 2 || parts[0].isEmpty() || full && parts[1].isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" is not namespace/name");
        }
        return full ? new NamespacedName(parts[0], parts[1]) : new NamespacedName("default", parts[0]);
    }

    @Override
    public int compareTo(NamespacedName other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
