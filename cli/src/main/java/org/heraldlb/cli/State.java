package org.heraldlb.cli;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A state to be compared with another.
 *
 * @param outcome the plan and what led to it
 * @param nodes those that carry it out
 */
record State(Outcome outcome, SortedSet<String> nodes) {

    static State of(Outcome outcome) {
        return new State(outcome, new TreeSet<>(outcome.plan().nodes()));
    }

    /** A state in which {@code node} does nothing. */
    static State without(String node, Outcome outcome) {
        SortedSet<String> nodes = new TreeSet<>(outcome.plan().nodes());
        nodes.remove(node);
        return new State(outcome, nodes);
    }

    PlanPage page() {
        return PlanPage.of(outcome, nodes);
    }
}
