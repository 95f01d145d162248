package org.heraldlb.api.intent;

import java.util.List;
import java.util.Optional;

/**
 * Announcement by ARP and NDP (MetalLB {@code L2Advertisement}).
 *
 * @param ref kind {@link Kind#L2_ADVERTISEMENT}
 * @param origin where it comes from
 * @param pools which pools
 * @param nodeSelectors ORed; empty means every node
 * @param interfaces names; empty means every usable interface
 * @param serviceSelectors ORed; empty means every service
 * @param preferences soft order of nodes; weights of matching ones add up
 * @param ownership what Herald adds to MetalLB's election
 */
public record L2Advertisement(
        ObjectRef ref,
        Origin origin,
        PoolSelection pools,
        List<LabelSelector> nodeSelectors,
        List<String> interfaces,
        List<LabelSelector> serviceSelectors,
        List<NodePreference> preferences,
        Ownership ownership)
        implements AdvertisementPolicy {

    /**
     * @param weight 1 to 100
     * @param preference empty matches every eligible node
     */
    public record NodePreference(int weight, LabelSelector preference) {}

    /** What a node does that cannot see the majority. */
    public enum Mode {
        /** Every partition answers: MetalLB's. */
        AVAILABLE,
        /** A minority stops answering before the majority starts. */
        QUORUM
    }

    /** What a node does about somebody else who has the address (RFC 5227, RFC 4862). */
    public enum ConflictPolicy {
        /** Nothing: MetalLB's. */
        OFF,
        /** Announces at once, probes beside it, and raises a problem. */
        WARN,
        /** Probes before the first claim, and does not announce while somebody else answers. */
        REFUSE
    }

    /**
     * Extensions of {@code heraldlb.org/v1} to the election.
     *
     * @param mode what happens in a partition
     * @param sticky true: a node that returns does not take an address back
     * @param spread true: owners are spread evenly over nodes
     * @param antiAffinityGroup services of one group avoid sharing a node
     * @param conflictPolicy what happens when somebody else has the address
     */
    public record Ownership(
            Mode mode,
            boolean sticky,
            boolean spread,
            Optional<String> antiAffinityGroup,
            ConflictPolicy conflictPolicy) {
        /** What an advertisement has that says nothing. Only the warning is more than MetalLB does. */
        public static final Ownership METALLB =
                new Ownership(Mode.AVAILABLE, false, false, Optional.empty(), ConflictPolicy.WARN);
    }

    public L2Advertisement {
        nodeSelectors = List.copyOf(nodeSelectors);
        interfaces = List.copyOf(interfaces);
        serviceSelectors = List.copyOf(serviceSelectors);
        preferences = List.copyOf(preferences);
    }
}
