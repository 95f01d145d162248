package org.heraldlb.k8ssource.client;

import java.util.List;

/**
 * What an account may do, as the API server says when it is asked ({@code SelfSubjectRulesReview}). Pure.
 *
 * @param rules all of them
 * @param complete false when an authorizer could not name its rules: what is missing may be allowed all the same
 */
record Rights(List<Rule> rules, boolean complete) {

    private static final String ALL = "*";

    /**
     * @param verbs such as {@code list}
     * @param groups empty text for the core group
     * @param resources plurals
     * @param all the rule is for all objects, not for those of certain names
     */
    record Rule(List<String> verbs, List<String> groups, List<String> resources, boolean all) {
        boolean allows(String verb, String group, String resource) {
            return all && has(verbs, verb) && has(groups, group) && has(resources, resource);
        }

        private static boolean has(List<String> values, String value) {
            return values.contains(value) || values.contains(ALL);
        }
    }

    Rights {
        rules = List.copyOf(rules);
    }

    /** False when it is certain that the account must not. */
    boolean mayAllow(String verb, String group, String resource) {
        return !complete || rules.stream().anyMatch(rule -> rule.allows(verb, group, resource));
    }
}
