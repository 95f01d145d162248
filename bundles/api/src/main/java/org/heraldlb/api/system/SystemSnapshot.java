package org.heraldlb.api.system;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.Problem;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.AllocationResult;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.net.IpAddress;

/**
 * Everything that this node knows, wants and has done, at one moment.
 *
 * @param generation grows with each recomputation
 * @param node this node's name
 * @param intent merged and checked
 * @param allocation who has which address
 * @param owners by layer-2 address, in address order
 * @param plans what the announcers of this node are told
 * @param progress what has become of it
 * @param cluster the other nodes, and what operators asked for
 * @param problems all of them, sorted: sources, merge, allocation, election, announcers, components
 * @param explainer traces, computed when asked for from the same inputs
 */
public record SystemSnapshot(
        long generation,
        String node,
        Intent intent,
        AllocationResult allocation,
        Map<IpAddress, Owner> owners,
        Plans plans,
        Progress progress,
        Cluster cluster,
        List<Problem> problems,
        Explainer explainer) {

    /**
     * Who answers for an address on the link.
     *
     * @param node the winner, empty when nobody may announce it
     * @param reason why nobody may, or how the winner was chosen, as MetalLB names reasons
     */
    public record Owner(String node, String reason) {}

    /** The plans of this node, all of the snapshot's generation. */
    public record Plans(L2Plan l2, BgpPlan bgp, HostAddressPlan addresses) {}

    /**
     * @param sources what each source last said, by id
     * @param announcers the newest status of each
     * @param unsatisfied DS components that wait for something, with what they wait for
     */
    public record Progress(List<SourceStatus> sources, List<AnnouncerStatus> announcers, List<String> unsatisfied) {
        public Progress {
            sources = List.copyOf(sources);
            announcers = List.copyOf(announcers);
            unsatisfied = List.copyOf(unsatisfied);
        }
    }

    /**
     * @param source id
     * @param generation of its newest fragment
     * @param synced it has read everything once
     * @param objects how many good objects
     * @param problems how many refused ones
     */
    public record SourceStatus(String source, long generation, boolean synced, int objects, int problems) {}

    /**
     * @param members who is alive, empty when nobody watches
     * @param maintenance what operators asked for
     * @param moves the last changes of owners, newest first
     * @param shadow this node announces and writes only services that are taken over: another announcer does the rest
     */
    public record Cluster(Optional<MemberSnapshot> members, Maintenance maintenance, List<Move> moves, boolean shadow) {
        /** One node on its own. */
        public static final Cluster ALONE = new Cluster(Optional.empty(), Maintenance.NONE, List.of());

        /** No shadow. */
        public Cluster(Optional<MemberSnapshot> members, Maintenance maintenance, List<Move> moves) {
            this(members, maintenance, moves, false);
        }

        public Cluster {
            moves = List.copyOf(moves);
        }
    }

    public SystemSnapshot {
        problems = List.copyOf(problems);
    }

    /**
     * Whether this node speaks for the service: announces it, and writes its status and events. False where it is a shadow
     * and the service is not taken over.
     */
    public boolean speaksFor(NamespacedName service) {
        ServiceIntent known = intent.services().get(service);
        return !cluster.shadow() || known != null && known.takenOver();
    }

    /** Ready: every source has synced and every announcer has acted on the newest plan that it was given. */
    public boolean ready() {
        return !progress.sources().isEmpty()
                && progress.sources().stream().allMatch(SourceStatus::synced)
                && progress.announcers().stream().allMatch(this::upToDate);
    }

    private boolean upToDate(AnnouncerStatus status) {
        return status.ready() && status.observedGeneration() >= generation;
    }
}
