package org.heraldlb.k8ssource.condition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an object says now, as far as conditions go.
 *
 * @param uid of this object: another one of the same name has another
 * @param generation {@code metadata.generation}, 0 where it has none
 * @param conditions those of our types, by type
 */
public record Standing(String uid, long generation, List<StatusCondition> conditions) {

    private static final Set<String> TYPES =
            Set.of(StatusCondition.ACCEPTED, StatusCondition.ALLOCATED, StatusCondition.ANNOUNCED);

    public Standing {
        conditions = List.copyOf(conditions);
    }

    /** Reads it from an object's tree. */
    public static Standing of(String uid, Map<String, Object> tree) {
        List<StatusCondition> conditions = new ArrayList<>();
        if (child(tree, "status").get("conditions") instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> fields && TYPES.contains(text(fields, "type"))) {
                    conditions.add(read(fields));
                }
            }
        }
        conditions.sort(Comparator.comparing(StatusCondition::type));
        return new Standing(uid, number(child(tree, "metadata").get("generation")), conditions);
    }

    /** Most objects say the same few words: thousands of them share the texts. */
    private static StatusCondition read(Map<?, ?> fields) {
        return new StatusCondition(
                text(fields, "type"),
                text(fields, "status"),
                text(fields, "reason"),
                text(fields, "message"),
                number(fields.get("observedGeneration")),
                text(fields, "lastTransitionTime"));
    }

    private static String text(Map<?, ?> fields, String key) {
        Object value = fields.get(key);
        return value == null ? "" : value.toString().intern();
    }

    private static long number(Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static Map<?, ?> child(Map<?, ?> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> found ? found : Map.of();
    }
}
