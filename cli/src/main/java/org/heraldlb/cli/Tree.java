package org.heraldlb.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One object of a document, before anybody decides whether it means something to Herald.
 *
 * @param document where it stands, for people
 * @param fields Map, List, String, Boolean and Number
 */
record Tree(String document, Map<String, Object> fields) {

    /** Nothing when {@code value} is no object. */
    static Optional<Tree> of(String document, Object value) {
        return value instanceof Map<?, ?> ? Optional.of(new Tree(document, map(value))) : Optional.empty();
    }

    String kind() {
        return text("kind").orElse("");
    }

    /** What stands before the slash of {@code apiVersion}. */
    String group() {
        String version = text("apiVersion").orElse("");
        return version.substring(0, Math.max(version.indexOf('/'), 0));
    }

    String version() {
        String version = text("apiVersion").orElse("");
        return version.substring(version.indexOf('/') + 1);
    }

    String name() {
        return child("metadata").text("name").orElse("");
    }

    String namespace() {
        return child("metadata").text("namespace").orElse("");
    }

    /** {@code Kind namespace/name}, or without a namespace where none is given. */
    String label() {
        return kind() + " " + (namespace().isEmpty() ? "" : namespace() + "/") + name();
    }

    boolean has(String key) {
        return fields.get(key) != null;
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(fields.get(key)).map(Object::toString);
    }

    /** The object under {@code key}, an empty one where there is none. */
    Tree child(String key) {
        return new Tree(document, map(fields.get(key)));
    }

    /** The objects of the list under {@code key}. */
    List<Tree> children(String key) {
        List<Tree> children = new ArrayList<>();
        list(key).forEach(item -> of(document, item).ifPresent(children::add));
        return children;
    }

    List<?> list(String key) {
        return fields.get(key) instanceof List<?> list ? list : List.of();
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, field) -> fields.put(String.valueOf(key), field));
        }
        return fields;
    }
}
