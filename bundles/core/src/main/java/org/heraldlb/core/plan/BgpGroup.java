package org.heraldlb.core.plan;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.BgpAdvertisement.Weighting;
import org.heraldlb.api.net.IpFamily;

/**
 * The BGP advertisements of one pool that match a service, taken together. One object serves all services that the same
 * advertisements match. Immutable.
 *
 * @param ads those that match, by name
 * @param covered nodes that some advertisement of the pool covers, whether it matches the service or not
 * @param families of the pool's addresses
 */
record BgpGroup(List<Ad> ads, BitSet covered, List<IpFamily> families) {

    /**
     * One advertisement against the known nodes.
     *
     * @param ordinal its place among all advertisements by name
     * @param nodes those that its node selectors accept
     * @param attributes of its routes, before weighting
     */
    record Ad(int ordinal, BgpAdvertisement policy, BitSet nodes, RouteAttributes attributes) {

        boolean weighted() {
            return policy.attributes().weighting() != Weighting.NONE;
        }

        boolean reaches(String peer) {
            return policy.peers().isEmpty() || policy.peers().contains(peer);
        }

        int length(IpFamily family) {
            return family == IpFamily.IPV4 ? policy.aggregationLength() : policy.aggregationLengthV6();
        }
    }

    static List<IpFamily> families(AddressPool pool) {
        return pool.entries().stream()
                .flatMap(entry -> entry.prefixes().stream())
                .map(prefix -> prefix.family())
                .distinct()
                .toList();
    }

    boolean weighted() {
        return ads.stream().anyMatch(Ad::weighted);
    }

    /**
     * What stands in the way on {@code node} before endpoints are looked at, empty when nothing does.
     */
    String refusal(int node, KnownNodes known) {
        if (!covered.get(node)) {
            return Reasons.NOT_OWNER;
        }
        List<Ad> here = on(node);
        if (here.isEmpty()) {
            return Reasons.NO_MATCHING_ADVERTISEMENT;
        }
        return conflict(here) ? Reasons.CONFLICTING_ADVERTISEMENTS : known.bgpExclusion(node);
    }

    List<Ad> on(int node) {
        return ads.stream().filter(ad -> ad.nodes().get(node)).toList();
    }

    private boolean conflict(List<Ad> here) {
        for (int i = 0; i < here.size(); i++) {
            for (int j = i + 1; j < here.size(); j++) {
                if (conflict(here.get(i), here.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Two preferences for what can be one route at one peer: MetalLB refuses that. */
    private boolean conflict(Ad left, Ad right) {
        boolean samePreference =
                left.attributes().localPref().equals(right.attributes().localPref());
        boolean differentRoutes = families.stream().allMatch(family -> left.length(family) != right.length(family));
        List<String> leftPeers = left.policy().peers();
        List<String> rightPeers = right.policy().peers();
        boolean differentPeers =
                !leftPeers.isEmpty() && !rightPeers.isEmpty() && Collections.disjoint(leftPeers, rightPeers);
        return !samePreference && !differentRoutes && !differentPeers;
    }
}
