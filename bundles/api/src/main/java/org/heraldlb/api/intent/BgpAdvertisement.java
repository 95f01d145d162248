package org.heraldlb.api.intent;

import java.util.List;
import java.util.OptionalLong;

/**
 * Announcement by BGP (MetalLB {@code BGPAdvertisement}).
 *
 * @param ref kind {@link Kind#BGP_ADVERTISEMENT}
 * @param origin where it comes from
 * @param pools which pools
 * @param nodeSelectors ORed; empty means every node
 * @param serviceSelectors ORed; empty means every service
 * @param peers names of {@link Peer}s; empty means all; unknown names are ignored
 * @param aggregationLength IPv4 prefix length of the route, 1 to 32
 * @param aggregationLengthV6 IPv6 prefix length of the route, 1 to 128
 * @param attributes of the route
 */
public record BgpAdvertisement(
        ObjectRef ref,
        Origin origin,
        PoolSelection pools,
        List<LabelSelector> nodeSelectors,
        List<LabelSelector> serviceSelectors,
        List<String> peers,
        int aggregationLength,
        int aggregationLengthV6,
        Attributes attributes)
        implements AdvertisementPolicy {

    /** How many ready endpoints a node has, told to the routers. */
    public enum Weighting {
        NONE,
        /** Link bandwidth extended community (draft-ietf-idr-link-bandwidth). */
        LINK_BANDWIDTH,
        /** A lower MED for more endpoints. */
        MED
    }

    /**
     * @param localPref LOCAL_PREF for iBGP, 32 bits unsigned; 0 in MetalLB means not set and is empty here
     * @param communities literals ({@code 65001:100}, {@code large:1:2:3}) and aliases, as written
     * @param med MULTI_EXIT_DISC, 32 bits unsigned ({@code heraldlb.org/v1})
     * @param prepend how often our AS is prepended, 0 to 16 ({@code heraldlb.org/v1})
     * @param weighting by ready local endpoints ({@code heraldlb.org/v1})
     */
    public record Attributes(
            OptionalLong localPref, List<String> communities, OptionalLong med, int prepend, Weighting weighting) {
        public static final Attributes NONE =
                new Attributes(OptionalLong.empty(), List.of(), OptionalLong.empty(), 0, Weighting.NONE);

        public Attributes {
            communities = List.copyOf(communities);
        }
    }

    public BgpAdvertisement {
        nodeSelectors = List.copyOf(nodeSelectors);
        serviceSelectors = List.copyOf(serviceSelectors);
        peers = List.copyOf(peers);
    }
}
