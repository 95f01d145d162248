package org.heraldlb.frr.render;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.Problem;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.frr.config.Section;

/**
 * What FRR should run of ours.
 *
 * @param config everything that is marked as ours
 * @param neighbors where the peers that FRR can serve are found, by the peer's name
 * @param problems what FRR cannot do, and which of the operator's lines are in the way
 */
public record Target(Section config, Map<String, Neighbor> neighbors, List<Problem> problems) {

    /**
     * @param vrf {@code default} for none
     * @param key address or interface, as FRR names the neighbour
     * @param families what the session carries
     * @param peerAs 0: any
     */
    public record Neighbor(String vrf, String key, Set<IpFamily> families, long peerAs) {}
}
