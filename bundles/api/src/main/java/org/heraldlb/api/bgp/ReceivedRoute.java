package org.heraldlb.api.bgp;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;

/**
 * A route that a peer told us; never installed anywhere.
 *
 * @param prefix destination
 * @param nextHop empty where the update had none that can be read
 * @param asPath as people write it: {@code 65001 65002 {65003 65004}}, empty within our AS
 * @param origin {@code IGP}, {@code EGP} or {@code incomplete}
 * @param localPref from internal peers
 * @param med MULTI_EXIT_DISC
 * @param communities of every kind, each as people write it
 */
public record ReceivedRoute(
        IpPrefix prefix,
        Optional<IpAddress> nextHop,
        String asPath,
        String origin,
        OptionalLong localPref,
        OptionalLong med,
        List<String> communities) {

    public ReceivedRoute {
        communities = List.copyOf(communities);
    }
}
