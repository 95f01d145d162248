package org.heraldlb.core.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.host.HealthVerdicts;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.testkit.IntentBuilder;
import org.heraldlb.testkit.Intents;

/** An intent with allocations that a test writes by hand; changes keep one planner busy, as production does. */
final class Scenario {

    private final IntentBuilder intent = Intents.intent();
    private final Map<NamespacedName, Allocation> allocations = new TreeMap<>();
    private final Map<HealthCheck, Boolean> health = new HashMap<>();
    private final Map<NamespacedName, Integer> weights = new TreeMap<>();
    private Liveness liveness = Liveness.ALL;
    private PlanOptions options = PlanOptions.DEFAULT;
    private String self = "iris1";
    private Map<String, String> labels = Map.of();
    private long generation;

    static Scenario with(ConfigObject... objects) {
        Scenario scenario = new Scenario();
        scenario.intent.with(objects);
        return scenario;
    }

    Scenario and(ConfigObject... objects) {
        intent.with(objects);
        return this;
    }

    Scenario without(Kind kind, String name) {
        ObjectRef ref = kind.namespaced() ? ObjectRef.of(kind, NamespacedName.parse(name)) : ObjectRef.of(kind, name);
        intent.without(ref);
        return this;
    }

    /** Gives addresses of pool {@code default} to a service. */
    Scenario has(String service, String... addresses) {
        return hasFrom("default", service, addresses);
    }

    Scenario hasFrom(String pool, String service, String... addresses) {
        NamespacedName name = NamespacedName.parse(service);
        allocations.put(name, new Allocation(name, pool, Intents.ips(addresses)));
        return this;
    }

    /** How many endpoints this node is to be weighed by; 0: what is counted. */
    Scenario weighs(String service, int endpoints) {
        NamespacedName name = NamespacedName.parse(service);
        if (endpoints == 0) {
            weights.remove(name);
        } else {
            weights.put(name, endpoints);
        }
        return this;
    }

    Scenario lost(String service) {
        allocations.remove(NamespacedName.parse(service));
        return this;
    }

    Scenario alive(Liveness value) {
        liveness = value;
        return this;
    }

    Scenario ignoringTheExcludeLabel() {
        options = new PlanOptions(true, false);
        return this;
    }

    Scenario on(String node, String... nodeLabels) {
        self = node;
        labels = Intents.labels(nodeLabels);
        return this;
    }

    Scenario healthy(HealthCheck check, boolean verdict) {
        health.put(check, verdict);
        return this;
    }

    PlanInput input() {
        generation++;
        return new PlanInput(
                generation,
                intent.build(),
                new AllocationResult(Map.copyOf(allocations), Map.of(), List.of(), List.of()),
                liveness,
                new Self(self, labels, new HealthVerdicts(generation, health)),
                options,
                Map.copyOf(weights));
    }

    ClusterPlan plan() {
        return ClusterPlanner.plan(input());
    }

    String owner(String address) {
        return plan().owners().get(IpAddress.parse(address)).node();
    }

    String ownerReason(String address) {
        return plan().owners().get(IpAddress.parse(address)).reason();
    }

    /** Addresses that {@code node} answers for, as text. */
    List<String> answered(String node) {
        return plan().l2(node).announcements().stream()
                .map(L2Announcement::address)
                .map(IpAddress::toString)
                .toList();
    }

    /** Routes of {@code node}: {@code peer prefix [localPref] communities...}. */
    List<String> routes(String node) {
        List<String> lines = new ArrayList<>();
        for (PeerPlan peer : plan().bgp(node).peers()) {
            for (Route route : peer.routes()) {
                lines.add(text(peer, route));
            }
        }
        return lines;
    }

    private static String text(PeerPlan peer, Route route) {
        StringBuilder line = new StringBuilder(peer.name() + " " + route.prefix());
        route.attributes().localPref().ifPresent(value -> line.append(" lp=").append(value));
        route.attributes().communities().forEach(value -> line.append(' ').append(value));
        route.attributes().largeCommunities().forEach(value -> line.append(" large:")
                .append(value));
        return line.toString();
    }

    /** Why {@code node} announces nothing of the service to its peers, empty when it does. */
    String bgpReason(String service, String node) {
        return plan().explainer(null, null).explain(NamespacedName.parse(service)).orElseThrow().bgp().stream()
                .filter(decision -> decision.node().equals(node))
                .map(decision -> decision.announced() ? "" : decision.reason())
                .findFirst()
                .orElse("");
    }
}
