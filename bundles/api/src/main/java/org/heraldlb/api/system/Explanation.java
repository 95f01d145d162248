package org.heraldlb.api.system;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.ipam.AllocationTrace;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;

/**
 * Every decision about one service.
 *
 * @param service who
 * @param allocation pools considered
 * @param problem why it has no address, or what is doubtful about the one it has
 * @param layer2 for each address, every node considered
 * @param bgp for each route of this service, where each attribute came from
 */
public record Explanation(
        NamespacedName service,
        AllocationTrace allocation,
        Optional<Problem> problem,
        List<AddressElection> layer2,
        List<RouteDecision> bgp) {

    /**
     * @param address which address
     * @param owner the winning node, empty when there is none
     * @param reason why there is none, as MetalLB names it, or how the winner was chosen
     * @param candidates every node considered: the winner first, then in order, then the excluded ones
     */
    public record AddressElection(IpAddress address, String owner, String reason, List<Candidate> candidates) {
        public AddressElection {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * @param node name
     * @param excluded why it is no candidate, empty when it is one
     * @param score sum of preference weights
     * @param hash SHA-256 of {@code node#address} in hex, its first 8 bytes; the order among equal scores
     */
    public record Candidate(String node, String excluded, long score, String hash) {}

    /**
     * @param node who announces
     * @param peer to whom
     * @param prefix what
     * @param announced false: {@code reason} says why not
     * @param reason why not, or the advertisements that it comes from
     * @param attributes one line each: value and the advertisement that it comes from
     */
    public record RouteDecision(
            String node,
            String peer,
            Optional<IpPrefix> prefix,
            boolean announced,
            String reason,
            List<String> attributes) {
        public RouteDecision {
            attributes = List.copyOf(attributes);
        }
    }

    public Explanation {
        layer2 = List.copyOf(layer2);
        bgp = List.copyOf(bgp);
    }
}
