package org.heraldlb.core.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.heraldlb.api.host.HealthVerdicts;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.EndpointSlice.Endpoint;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.ServiceIntent;

/**
 * Who serves a service.
 *
 * @param any some endpoint can serve: what layer 2 asks for
 * @param addressed some endpoint that can serve has an address: what BGP asks for
 * @param local only nodes that serve may announce; {@code counts} is filled then
 * @param counts serving endpoints with an address by node; a node whose endpoints have none is there with 0
 */
record Serving(boolean any, boolean addressed, boolean local, NodeCounts counts) {

    /** @param counted whether {@code counts} is needed although the policy is not local */
    static Serving of(
            ServiceIntent service, List<EndpointSlice> slices, Topology topology, Self self, boolean counted) {
        if (service.backing() instanceof Backing.Host host) {
            return ofHost(host, topology, self);
        }
        boolean local = service.traffic().external() == ServiceIntent.TrafficPolicy.LOCAL;
        boolean any = false;
        boolean addressed = false;
        NodeCounts.Builder counts = new NodeCounts.Builder();
        for (EndpointSlice slice : slices) {
            for (Endpoint endpoint : slice.endpoints()) {
                if (endpoint.canServe()) {
                    any = true;
                    addressed |= !endpoint.addresses().isEmpty();
                    if (local || counted) {
                        count(endpoint, topology.nodes, counts);
                    }
                }
            }
        }
        return new Serving(any, addressed, local, counts.build());
    }

    private static void count(Endpoint endpoint, KnownNodes nodes, NodeCounts.Builder counts) {
        int node = endpoint.node().map(nodes::index).orElse(-1);
        if (node >= 0) {
            counts.add(node, endpoint.addresses().isEmpty() ? 0 : 1);
        }
    }

    /** The process is on the host, so only a node that serves may attract the traffic. */
    private static Serving ofHost(Backing.Host host, Topology topology, Self self) {
        KnownNodes nodes = topology.nodes;
        NodeCounts.Builder counts = new NodeCounts.Builder();
        for (int node = 0; node < nodes.count(); node++) {
            if (hostExclusion(host, nodes.names.get(node), self, topology.options())
                    .isEmpty()) {
                counts.add(node, 1);
            }
        }
        NodeCounts built = counts.build();
        return new Serving(!built.isEmpty(), !built.isEmpty(), true, built);
    }

    /** Nodes that a host-backed service names, or all. */
    static int[] listed(Backing.Host host, KnownNodes nodes) {
        return host.nodes().isEmpty()
                ? IntStream.range(0, nodes.count()).toArray()
                : host.nodes().stream()
                        .mapToInt(nodes::index)
                        .filter(node -> node >= 0)
                        .sorted()
                        .distinct()
                        .toArray();
    }

    /** Why {@code node} does not serve a host-backed service, empty when it does or nothing is known against it. */
    static String hostExclusion(Backing.Host host, String node, Self self, PlanOptions options) {
        if (!host.nodes().isEmpty() && !host.nodes().contains(node)) {
            return Reasons.NOT_LISTED;
        }
        boolean mine = node.equals(self.node());
        return mine && !healthy(host.healthCheck(), self.health(), options) ? Reasons.UNHEALTHY : "";
    }

    private static boolean healthy(Optional<HealthCheck> check, HealthVerdicts verdicts, PlanOptions options) {
        return check.map(wanted -> verdicts.healthy().getOrDefault(wanted, options.assumeHealthy()))
                .orElse(true);
    }
}
