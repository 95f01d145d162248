package org.heraldlb.k8ssource.condition;

import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of {@code status.conditions}, as {@code metav1.Condition}.
 *
 * @param type {@code Accepted}, {@code Allocated} or {@code Announced}
 * @param status {@code True} or {@code False}
 * @param reason one word, upper camel case
 * @param message for people, may be empty
 * @param observedGeneration of the object, 0 where it has none
 * @param since {@code lastTransitionTime}, RFC 3339; empty before it is written
 */
public record StatusCondition(
        String type, String status, String reason, String message, long observedGeneration, String since) {

    public static final String ACCEPTED = "Accepted";
    public static final String ALLOCATED = "Allocated";
    public static final String ANNOUNCED = "Announced";

    private static final int LONGEST_MESSAGE = 1024;

    public StatusCondition {
        message = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 3) + "...";
    }

    static StatusCondition of(String type, boolean holds, String reason, String message, long observedGeneration) {
        return new StatusCondition(type, holds ? "True" : "False", reason, message, observedGeneration, "");
    }

    boolean holds() {
        return status.equals("True");
    }

    /** True when the other one says the same, whenever that began. */
    boolean says(StatusCondition other) {
        return since(other.since).equals(other);
    }

    StatusCondition since(String time) {
        return new StatusCondition(type, status, reason, message, observedGeneration, time);
    }

    /** As a tree for the API server. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new TreeMap<>(Map.of(
                "type", type, "status", status, "reason", reason, "message", message, "lastTransitionTime", since));
        if (observedGeneration > 0) {
            tree.put("observedGeneration", observedGeneration);
        }
        return tree;
    }
}
