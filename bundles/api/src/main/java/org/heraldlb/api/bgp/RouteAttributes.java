package org.heraldlb.api.bgp;

import java.util.List;
import java.util.OptionalLong;

/**
 * Path attributes that depend on the configuration. ORIGIN is IGP, AS_PATH and NEXT_HOP follow from the session.
 *
 * @param localPref for iBGP sessions; absent means the announcer's default (100)
 * @param communities sorted, distinct
 * @param largeCommunities sorted, distinct
 * @param med MULTI_EXIT_DISC
 * @param prepend how often our AS is repeated beyond once
 * @param linkBandwidth bytes per second for the extended community (draft-ietf-idr-link-bandwidth)
 */
public record RouteAttributes(
        OptionalLong localPref,
        List<Community> communities,
        List<LargeCommunity> largeCommunities,
        OptionalLong med,
        int prepend,
        OptionalLong linkBandwidth) {

    public static final RouteAttributes NONE = new RouteAttributes(
            OptionalLong.empty(), List.of(), List.of(), OptionalLong.empty(), 0, OptionalLong.empty());

    public RouteAttributes {
        communities = List.copyOf(communities);
        largeCommunities = List.copyOf(largeCommunities);
    }
}
