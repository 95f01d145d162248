package org.heraldlb.configsource.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A tree that grows from dotted keys. {@code a.b = 1} is field {@code b} of {@code a}; fields that are all numbers are the
 * items of a list, in their order; what follows {@code matchLabels}, {@code labels} or {@code annotations} is one name,
 * dots and all.
 */
final class Tree {

    private static final Set<String> FREE_NAMES = Set.of("matchLabels", "labels", "annotations");
    private static final int DEEPEST = 16;

    private final Map<String, Object> root = new LinkedHashMap<>();

    /** A branch, as opposed to a map that is a value. */
    private static final class Branch {
        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final boolean free;

        private Branch(boolean free) {
            this.free = free;
        }
    }

    /**
     * Adds one key.
     *
     * @return where another key stands in the way; the tree is unchanged then
     */
    Optional<String> put(String key, Object raw) {
        List<String> path = path(key);
        Map<String, Object> fields = root;
        for (int i = 0; i < path.size() - 1; i++) {
            String step = path.get(i);
            Object next = fields.computeIfAbsent(step, name -> new Branch(FREE_NAMES.contains(name)));
            if (!(next instanceof Branch branch)) {
                return Optional.of(String.join(".", path.subList(0, i + 1)));
            }
            fields = branch.fields;
        }
        String last = path.get(path.size() - 1);
        boolean isLabel = path.size() > 1 && FREE_NAMES.contains(path.get(path.size() - 2));
        Object value = isLabel ? label(raw) : Dictionaries.value(last, raw);
        if (value == null) {
            return Optional.empty();
        }
        if (fields.get(last) instanceof Branch) {
            return Optional.of(key + ".*");
        }
        fields.put(last, value);
        return Optional.empty();
    }

    private static Object label(Object raw) {
        return raw instanceof String text ? text.strip() : raw;
    }

    private static List<String> path(String key) {
        List<String> path = new ArrayList<>();
        int from = 0;
        while (path.size() < DEEPEST) {
            int dot = key.indexOf('.', from);
            boolean free = !path.isEmpty() && FREE_NAMES.contains(path.get(path.size() - 1));
            if (dot < 0 || free) {
                break;
            }
            path.add(key.substring(from, dot));
            from = dot + 1;
        }
        path.add(key.substring(from));
        return path;
    }

    Map<String, Object> toMap() {
        return map(root);
    }

    private static Map<String, Object> map(Map<String, Object> fields) {
        Map<String, Object> map = new LinkedHashMap<>();
        fields.forEach((name, value) -> map.put(name, plain(value)));
        return map;
    }

    private static Object plain(Object value) {
        if (!(value instanceof Branch branch)) {
            return value;
        }
        boolean list = !branch.free
                && !branch.fields.isEmpty()
                && branch.fields.keySet().stream().allMatch(Tree::isIndex);
        return list ? items(branch) : map(branch.fields);
    }

    private static List<Object> items(Branch branch) {
        TreeMap<Integer, Object> sorted = new TreeMap<>();
        branch.fields.forEach((index, value) -> sorted.put(Integer.valueOf(index), plain(value)));
        return new ArrayList<>(sorted.values());
    }

    private static boolean isIndex(String name) {
        return !name.isEmpty() && name.length() <= 6 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
