package org.heraldlb.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.heraldlb.core.maintenance.DrainWaits;
import org.heraldlb.core.plan.PlanOptions;
import org.heraldlb.core.plan.SteadyWeights;
import org.heraldlb.manifest.CrossCheckOptions;

/**
 * Settings of the core loop.
 *
 * @param loadBalancerClass which services are ours: empty means those without a class
 * @param planning options of the planner
 * @param checks rules between objects
 * @param grace how long the core waits for what may come back: sources, the ledger's owners, everything at start
 * @param targets which announcers may be chosen, by their service properties
 * @param drain how long the steps of a drain may take
 * @param weights how steady BGP weights are
 * @param state directory of the ledger
 */
public record CoreSettings(
        Optional<String> loadBalancerClass,
        PlanOptions planning,
        CrossCheckOptions checks,
        Duration grace,
        Targets targets,
        DrainWaits drain,
        SteadyWeights.Rule weights,
        Path state) {

    /**
     * @param l2 for layer-2 announcers
     * @param bgp for BGP announcers
     */
    public record Targets(Predicate<Map<String, ?>> l2, Predicate<Map<String, ?>> bgp) {
        public static final Targets ANY = new Targets(properties -> true, properties -> true);
    }

    /** Everything as shipped. */
    public static CoreSettings defaults(Path state) {
        return new CoreSettings(
                Optional.empty(),
                PlanOptions.DEFAULT,
                CrossCheckOptions.DEFAULT,
                Duration.ofSeconds(30),
                Targets.ANY,
                DrainWaits.DEFAULT,
                SteadyWeights.Rule.DEFAULT,
                state);
    }
}
