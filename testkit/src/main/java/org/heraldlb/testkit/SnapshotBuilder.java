package org.heraldlb.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.ipam.PoolUsage;
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.Explainer;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * Builds a {@link SystemSnapshot} for those who read it. Nothing is computed but the layer-2 plan, which holds the
 * addresses that this node owns.
 */
public final class SnapshotBuilder {

    private final long generation;
    private final String node;
    private Intent intent = Intent.EMPTY;
    private final Map<NamespacedName, Allocation> allocations = new TreeMap<>();
    private final Map<NamespacedName, Problem> failures = new TreeMap<>();
    private final List<PoolUsage> usage = new ArrayList<>();
    private final Map<IpAddress, SystemSnapshot.Owner> owners = new TreeMap<>();
    private final List<PeerPlan> peers = new ArrayList<>();
    private final List<SystemSnapshot.SourceStatus> sources = new ArrayList<>();
    private final List<AnnouncerStatus> announcers = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private SystemSnapshot.Cluster cluster = SystemSnapshot.Cluster.ALONE;
    private Explainer explainer = Explainer.NONE;

    public SnapshotBuilder(long generation, String node) {
        this.generation = generation;
        this.node = node;
    }

    public SnapshotBuilder intent(Intent value) {
        intent = value;
        return this;
    }

    /** Gives a service addresses. */
    public SnapshotBuilder allocation(String service, String pool, String... addresses) {
        NamespacedName name = Intents.name(service);
        allocations.put(name, new Allocation(name, pool, Intents.ips(addresses)));
        return this;
    }

    /** A service that got nothing, or something doubtful. */
    public SnapshotBuilder failure(String service, Problem problem) {
        failures.put(Intents.name(service), problem);
        return this;
    }

    public SnapshotBuilder usage(PoolUsage value) {
        usage.add(value);
        return this;
    }

    public SnapshotBuilder owner(String address, String owner, String reason) {
        owners.put(Intents.ip(address), new SystemSnapshot.Owner(owner, reason));
        return this;
    }

    public SnapshotBuilder peer(PeerPlan plan) {
        peers.add(plan);
        return this;
    }

    public SnapshotBuilder source(String id, boolean synced, int objects, int refused) {
        sources.add(new SystemSnapshot.SourceStatus(id, 1, synced, objects, refused));
        return this;
    }

    public SnapshotBuilder announcer(AnnouncerStatus status) {
        announcers.add(status);
        return this;
    }

    public SnapshotBuilder problem(Problem problem) {
        problems.add(problem);
        return this;
    }

    public SnapshotBuilder cluster(SystemSnapshot.Cluster value) {
        cluster = value;
        return this;
    }

    public SnapshotBuilder explainer(Explainer value) {
        explainer = value;
        return this;
    }

    public SystemSnapshot build() {
        return new SystemSnapshot(
                generation,
                node,
                intent,
                new AllocationResult(allocations, failures, usage, List.of()),
                owners,
                plans(),
                new SystemSnapshot.Progress(sources, announcers, List.of()),
                cluster,
                problems,
                explainer);
    }

    private SystemSnapshot.Plans plans() {
        List<L2Announcement> mine = owners.entrySet().stream()
                .filter(entry -> entry.getValue().node().equals(node))
                .map(entry -> new L2Announcement(entry.getKey(), InterfaceSelection.ALL, List.of()))
                .toList();
        return new SystemSnapshot.Plans(
                new L2Plan(generation, node, mine),
                new BgpPlan(generation, node, peers),
                new HostAddressPlan(generation, node, List.of()));
    }
}
