package org.heraldlb.core.plan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.ipam.Allocation;
import org.heraldlb.api.net.IpAddress;

/**
 * What is decided about one service without regard to a node. Immutable; belongs to one topology.
 */
final class ServiceDecision {

    final ServiceIntent service;
    final NamespacedName name;
    final Allocation allocation;
    /** Why neither protocol announces it, empty when one may. */
    final String refusal;
    /** Null when no layer-2 advertisement selects the pool. */
    final L2Group l2;
    /** Why no node may own its addresses, empty when some may. */
    final String l2Refusal;
    /** Null when no BGP advertisement selects the pool. */
    final BgpGroup bgp;

    final Serving serving;
    /** False for a service that a shadow only looks at. */
    final boolean announced;
    /** What the order of nodes is computed for: the first address, for both families. */
    final String hashText;
    /** The candidates of the best score, ascending, empty when nobody may own. */
    final int[] tier;
    /** The same by what was agreed before; null where that does not matter. */
    final int[] tierBefore;

    /** Endpoints that BGP weighs the planning node by, null for what is counted. */
    private final Integer weight;

    private final int weighted;

    private static final int[] NOBODY = {};

    ServiceDecision(
            ServiceIntent service,
            List<EndpointSlice> slices,
            Allocation allocation,
            Topology topology,
            Self self,
            Integer weight) {
        this.service = service;
        this.name = allocation.service();
        this.allocation = allocation;
        this.hashText = allocation.addresses().get(0).toString();
        PoolAds ads = topology.pool(allocation.pool());
        this.refusal = ads != null && inside(ads) ? "" : Reasons.IP_NOT_ALLOWED;
        this.l2 = refusal.isEmpty() ? ads.l2(service.labels()) : null;
        this.bgp = refusal.isEmpty() ? ads.bgp(service.labels()) : null;
        this.announced = !topology.options().shadow() || service.takenOver();
        this.weighted = topology.nodes.index(self.node());
        this.weight = weight;
        this.serving = Serving.of(service, slices, topology, self, bgp != null && bgp.weighted());
        this.l2Refusal = l2 == null ? Reasons.NO_MATCHING_ADVERTISEMENT : layer2Refusal();
        int[] serves = l2Refusal.isEmpty() && serving.local() ? serving(topology) : null;
        this.tier = l2Refusal.isEmpty() ? tier(l2.ballot, serves) : NOBODY;
        this.tierBefore = tier.length > 0 && l2.before != null ? tier(l2.before, serves) : null;
    }

    private boolean inside(PoolAds ads) {
        for (IpAddress address : allocation.addresses()) {
            if (!ads.pool.contains(address)) {
                return false;
            }
        }
        return true;
    }

    /** In MetalLB's order of checks. */
    private String layer2Refusal() {
        if (!serving.any()) {
            return Reasons.NOT_OWNER;
        }
        if (service.request().sharingKey().isPresent() && l2.serviceSelective) {
            return Reasons.SHARED_WITH_SELECTOR;
        }
        if (l2.covered.isEmpty()) {
            return Reasons.NO_MATCHING_ADVERTISEMENT;
        }
        return l2.quorumMissing ? Reasons.NO_QUORUM : "";
    }

    /**
     * Nodes that serve. Where nodes have agreed, what this node's own checks say does not count before the others know it:
     * all must elect from the same.
     */
    private int[] serving(Topology topology) {
        boolean agreed = l2.isAgreed() && topology.isAgreed();
        return agreed && service.backing() instanceof Backing.Host host
                ? Serving.listed(host, topology.nodes)
                : serving.counts().nodes();
    }

    private int[] tier(Ballot ballot, int[] serves) {
        BitSet unfit = ballot.electorate.unfit(name);
        return serves == null ? ballot.bestWithout(unfit) : ballot.bestAmong(serves, unfit);
    }

    /** Whether the node is in {@link #tier}. */
    boolean mayOwn(int node) {
        return contains(tier, l2.ballot, node);
    }

    /** Whether the node is in {@link #tierBefore}. */
    boolean mightOwn(int node) {
        return contains(tierBefore, l2.before, node);
    }

    private static boolean contains(int[] tier, Ballot ballot, int node) {
        if (tier.length == 0) {
            return false;
        }
        return tier == ballot.best() ? ballot.isBest(node) : Arrays.binarySearch(tier, node) >= 0;
    }

    /** Whether the node, should it be the owner, can serve. */
    boolean mayAnswer(int node) {
        return announced
                && mayOwn(node)
                && (!serving.local() || serving.counts().has(node));
    }

    /** Why there is no owner, when {@link #tier} is empty. */
    String noOwnerReason() {
        return l2Refusal.isEmpty() ? Reasons.NOT_OWNER : l2Refusal;
    }

    /** The owner may differ from MetalLB's. */
    boolean hasSpecialOwnership() {
        return isArranged() || tier.length > 0 && l2.ownership.sticky();
    }

    /** The owner depends on the owners of other services. */
    boolean isArranged() {
        return tier.length > 0
                && (l2.ownership.spread() || l2.ownership.antiAffinityGroup().isPresent());
    }

    /** Why {@code node} announces nothing of this service by BGP, empty when it announces. */
    String bgpRefusal(int node, KnownNodes known) {
        String early = bgp.refusal(node, known);
        return early.isEmpty() ? endpointRefusal(node) : early;
    }

    String endpointRefusal(int node) {
        if (serving.local() && serving.counts().at(node) == 0) {
            return Reasons.NO_LOCAL_ENDPOINTS;
        }
        if (!serving.addressed()) {
            return Reasons.NO_ENDPOINTS;
        }
        return announced ? "" : Reasons.SHADOW;
    }

    /** By how many endpoints BGP weighs the node. */
    int weight(int node) {
        return weight != null && node == weighted ? weight : serving.counts().at(node);
    }

    /** The interface that gets the addresses while this node announces them. */
    Optional<String> assignTo() {
        return service.backing() instanceof Backing.Host host ? host.assignTo() : Optional.empty();
    }

    /** What an operator should know; missing endpoints are everyday life and no problem. */
    Optional<Problem> problem() {
        if (!refusal.isEmpty()) {
            return Optional.of(Problem.error(
                    refusal, subject(), allocation.addresses() + " is not in pool " + allocation.pool() + " any more"));
        }
        if (l2Refusal.equals(Reasons.SHARED_WITH_SELECTOR)) {
            return Optional.of(Problem.error(
                            l2Refusal,
                            subject(),
                            "an L2Advertisement with serviceSelectors matches, and the service has a sharing key")
                    .withFix("remove the sharing key, or the serviceSelectors"));
        }
        boolean advertised = bgp != null || l2 != null && !l2.covered.isEmpty();
        return advertised
                ? Optional.empty()
                : Optional.of(Problem.warning(
                        Reasons.NO_MATCHING_ADVERTISEMENT,
                        subject(),
                        "no advertisement announces pool " + allocation.pool() + " for this service"));
    }

    private String subject() {
        return service.ref().toString();
    }
}
