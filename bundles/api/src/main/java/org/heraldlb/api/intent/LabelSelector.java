package org.heraldlb.api.intent;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A Kubernetes label selector. All parts must hold; the empty selector matches everything.
 *
 * @param matchLabels labels and the values that they must have
 * @param matchExpressions further requirements
 */
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {

    /** What a label is compared for. */
    public enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        /** The operator as documents write it. */
        public String text() {
            return text;
        }
    }

    /**
     * One requirement.
     *
     * @param key label name
     * @param operator what is asked of it
     * @param values sorted; empty for the two operators of existence
     */
    public record Requirement(String key, Operator operator, Set<String> values) {
        public Requirement {
            values = Collections.unmodifiableSet(new TreeSet<>(values));
        }

        /** As Kubernetes has it, {@code NotIn} holds for a label that is absent. */
        public boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }
    }

    public LabelSelector {
        matchLabels = Collections.unmodifiableMap(new TreeMap<>(matchLabels));
        matchExpressions = List.copyOf(matchExpressions);
    }

    public boolean matches(Map<String, String> labels) {
        for (Map.Entry<String, String> wanted : matchLabels.entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (Requirement requirement : matchExpressions) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** True when {@code selectors} is empty or one of them matches: the rule of every selector list of MetalLB. */
    public static boolean anyMatches(List<LabelSelector> selectors, Map<String, String> labels) {
        if (selectors.isEmpty()) {
            return true;
        }
        for (LabelSelector selector : selectors) {
            if (selector.matches(labels)) {
                return true;
            }
        }
        return false;
    }
}
