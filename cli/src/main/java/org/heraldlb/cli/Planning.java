package org.heraldlb.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationRequest;
import org.heraldlb.api.ipam.AllocationRequest.Released;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.ipam.Ipam;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.core.merge.Merged;
import org.heraldlb.core.plan.ClusterPlan;
import org.heraldlb.core.plan.ClusterPlanner;
import org.heraldlb.core.plan.Liveness;
import org.heraldlb.core.plan.PlanInput;
import org.heraldlb.core.plan.PlanOptions;
import org.heraldlb.core.plan.Self;
import org.heraldlb.ipam.RememberingIpam;

/** Allocates and plans one state after the other; services keep from each what they had. */
final class Planning {

    private final Ipam ipam = new RememberingIpam();
    private final Instant now;
    private final Optional<String> wanted;
    private final Optional<String> loadBalancerClass;
    private final String host;
    private final PlanOptions options;
    private Intent intent = Intent.EMPTY;
    private AllocationResult result = AllocationResult.EMPTY;
    private final TreeMap<IpAddress, Released> released = new TreeMap<>();

    /**
     * @param wanted the node that plans, when somebody said so
     * @param loadBalancerClass which services are ours; empty: those that name no class
     * @param host the node that plans where no document is a Node
     */
    Planning(Instant now, Optional<String> wanted, Optional<String> loadBalancerClass, String host) {
        this(now, wanted, loadBalancerClass, host, PlanOptions.OFFLINE);
    }

    Planning(
            Instant now,
            Optional<String> wanted,
            Optional<String> loadBalancerClass,
            String host,
            PlanOptions options) {
        this.options = options;
        this.now = now;
        this.wanted = wanted;
        this.loadBalancerClass = loadBalancerClass;
        this.host = host;
    }

    /** The next state. */
    Outcome next(Merged merged) {
        Map<NamespacedName, List<IpAddress>> held = held(merged.intent());
        AllocationRequest request = new AllocationRequest(
                merged.intent().addressing(),
                merged.intent().cluster().namespaces(),
                merged.intent().services(),
                held,
                Map.copyOf(released),
                now,
                loadBalancerClass);
        AllocationResult next = ipam.allocate(request);
        result.allocations().values().forEach(before -> release(before, next));
        intent = merged.intent();
        result = next;
        return outcome(merged, request, Liveness.ALL);
    }

    /** The state that is now, with other nodes alive, or other labels of nodes; addresses stay. */
    Outcome outcome(Merged merged, AllocationRequest request, Liveness liveness) {
        PlanInput input =
                new PlanInput(1, merged.intent(), result, liveness, Self.named(self(merged.intent())), options);
        ClusterPlan plan = ClusterPlanner.plan(input);
        return new Outcome(merged, request, result, plan, plan.explainer(ipam, request));
    }

    /** Any node of the documents plans for all of them. */
    private String self(Intent of) {
        return wanted.orElseGet(
                () -> of.cluster().nodes().keySet().stream().findFirst().orElse(host));
    }

    /** A service that was there keeps what it was given; of a new one its status is believed. */
    private Map<NamespacedName, List<IpAddress>> held(Intent next) {
        Map<NamespacedName, List<IpAddress>> held = new TreeMap<>();
        for (ServiceIntent service : next.services().values()) {
            Allocation has = result.allocations().get(service.serviceName());
            boolean known = intent.services().containsKey(service.serviceName());
            List<IpAddress> addresses = has != null ? has.addresses() : known ? List.of() : service.held();
            if (!addresses.isEmpty()) {
                held.put(service.serviceName(), addresses);
            }
        }
        return held;
    }

    private void release(Allocation before, AllocationResult next) {
        Allocation after = next.allocations().get(before.service());
        Duration grace = intent.addressing().pools().stream()
                .filter(pool -> pool.name().equals(before.pool()))
                .map(AddressPool::rules)
                .map(AddressPool.Rules::releaseGrace)
                .findFirst()
                .orElse(Duration.ZERO);
        for (IpAddress address : before.addresses()) {
            boolean gone = after == null || !after.addresses().contains(address);
            if (gone && !grace.isZero()) {
                released.put(address, new Released(before.service(), now.plus(grace)));
            }
        }
        if (after != null) {
            after.addresses().forEach(released::remove);
        }
    }
}
