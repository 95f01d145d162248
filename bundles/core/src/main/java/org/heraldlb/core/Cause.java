package org.heraldlb.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.heraldlb.api.member.NodeFacts;
import org.heraldlb.core.plan.Liveness;
import org.heraldlb.core.plan.PlanInput;

/** What made a plan differ from the one before, in words. Pure. */
final class Cause {

    private static final int MOST = 3;

    private Cause() {}

    /**
     * @param before null for the first plan
     * @param suspects why members were lost, by name
     */
    static String of(PlanInput before, PlanInput after, Map<String, String> suspects) {
        if (before == null) {
            return "start";
        }
        List<String> causes = new ArrayList<>();
        members(before.liveness(), after.liveness(), suspects, causes);
        facts(before.liveness().facts(), after.liveness().facts(), causes);
        if (causes.isEmpty() && !agreement(before).equals(agreement(after))) {
            causes.add("the agreement changed");
        }
        if (causes.isEmpty() && !before.self().health().equals(after.self().health())) {
            causes.add("health checks");
        }
        if (causes.isEmpty() && (before.intent() != after.intent() || before.allocation() != after.allocation())) {
            causes.add("documents");
        }
        return causes.isEmpty()
                ? "maintenance"
                : String.join(", ", causes.subList(0, Math.min(MOST, causes.size())))
                        + (causes.size() > MOST ? " and more" : "");
    }

    private static Object agreement(PlanInput input) {
        return input.liveness().agreement();
    }

    private static void members(Liveness before, Liveness after, Map<String, String> suspects, List<String> causes) {
        Optional<SortedSet<String>> was = before.alive();
        Optional<SortedSet<String>> is = after.alive();
        if (was.isEmpty() || is.isEmpty()) {
            if (was.isPresent() != is.isPresent()) {
                causes.add(is.isPresent() ? "membership began" : "membership ended");
            }
            return;
        }
        for (String name : minus(was.get(), is.get())) {
            causes.add(name + " lost"
                    + Optional.ofNullable(suspects.get(name))
                            .map(why -> " (" + why + ")")
                            .orElse(""));
        }
        minus(is.get(), was.get()).forEach(name -> causes.add(name + " joined"));
    }

    private static <T> SortedSet<T> minus(SortedSet<T> all, SortedSet<T> some) {
        TreeSet<T> left = new TreeSet<>(all);
        left.removeAll(some);
        return left;
    }

    private static void facts(
            SortedMap<String, NodeFacts> before, SortedMap<String, NodeFacts> after, List<String> causes) {
        if (before.equals(after)) {
            return;
        }
        after.forEach((name, is) -> {
            NodeFacts was = before.get(name);
            if (was != null && was != is) {
                facts(name, was, is, causes);
            }
        });
    }

    private static void facts(String name, NodeFacts was, NodeFacts is, List<String> causes) {
        if (was.draining() != is.draining()) {
            causes.add(name + (is.draining() ? " is drained" : " takes part again"));
        }
        if (!was.links().equals(is.links())) {
            causes.add("interfaces of " + name);
        }
        if (!was.unfit().equals(is.unfit())) {
            causes.add("health checks of " + name);
        }
    }
}
