package org.heraldlb.api.bgp;

import java.util.List;
import org.heraldlb.api.Plan;

/**
 * Which sessions this node runs and what it tells on each.
 *
 * @param generation of the snapshot
 * @param node this node; the announcer may derive a router id from it
 * @param peers by name, ascending; only those whose node selectors match this node
 */
public record BgpPlan(long generation, String node, List<PeerPlan> peers) implements Plan {
    public BgpPlan {
        peers = List.copyOf(peers);
    }
}
