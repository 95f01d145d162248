package org.heraldlb.manifest.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.LabelSelector.Operator;
import org.heraldlb.api.intent.LabelSelector.Requirement;
import org.heraldlb.manifest.Code;

/** Label selectors and lists of them. */
final class Selectors {

    private Selectors() {}

    /** A list in which no selector is there twice, as MetalLB wants all of its lists. */
    static List<LabelSelector> list(Fields fields, String name) {
        List<LabelSelector> selectors = new ArrayList<>();
        Set<LabelSelector> seen = new HashSet<>();
        for (Fields one : fields.objects(name)) {
            LabelSelector selector = one(one);
            selectors.add(selector);
            if (!seen.add(selector)) {
                fields.findings()
                        .error(
                                Code.DUPLICATE_SELECTOR,
                                one.path(),
                                "",
                                "duplicate definition of label selector in " + fields.path(name));
            }
        }
        return selectors;
    }

    static LabelSelector one(Fields selector) {
        try (selector) {
            Map<String, String> labels = selector.strings("matchLabels");
            List<Requirement> requirements = new ArrayList<>();
            for (Fields expression : selector.objects("matchExpressions")) {
                requirement(expression).ifPresent(requirement -> add(requirements, requirement, expression));
            }
            return new LabelSelector(labels, requirements);
        }
    }

    private static void add(List<Requirement> requirements, Requirement requirement, Fields expression) {
        if (requirements.contains(requirement)) {
            expression.findings().error(Code.DUPLICATE_SELECTOR, expression.path(), "", "duplicate match expression");
        }
        requirements.add(requirement);
    }

    private static Optional<Requirement> requirement(Fields expression) {
        try (expression) {
            Optional<String> key = expression.required("key", "a match expression names a label");
            Optional<Operator> operator = expression.choice("operator", Operator.class, Operator::text);
            if (!expression.has("operator")) {
                expression.missing("operator", "a match expression has an operator");
            }
            List<String> values = expression.distinct("values", Code.DUPLICATE_VALUE, "match expression value");
            if (key.isEmpty() || operator.isEmpty() || !valuesFit(expression, operator.get(), values)) {
                return Optional.empty();
            }
            return Optional.of(new Requirement(key.get(), operator.get(), Set.copyOf(new HashSet<>(values))));
        }
    }

    private static boolean valuesFit(Fields expression, Operator operator, List<String> values) {
        boolean wanted = operator == Operator.IN || operator == Operator.NOT_IN;
        if (wanted != values.isEmpty()) {
            return true;
        }
        expression
                .findings()
                .error(
                        Code.INVALID_SELECTOR,
                        expression.path("values"),
                        "",
                        "operator " + operator.text() + (wanted ? " needs values" : " has no values"));
        return false;
    }
}
