package org.heraldlb.ipam.alloc;

import java.util.List;
import org.heraldlb.api.net.IpAddress;

/**
 * What a service would get, or why not.
 *
 * @param pool whose the addresses are, null when refused
 * @param addresses primary family first, empty when refused
 * @param decision how they were found, null when refused
 * @param refusal null when there are addresses
 */
record Offer(PoolSpace pool, List<IpAddress> addresses, Holder.Decision decision, Refusal refusal) {

    static Offer of(PoolSpace pool, List<IpAddress> addresses, Holder.Decision decision) {
        return new Offer(pool, addresses, decision, null);
    }

    static Offer refused(Refusal refusal) {
        return new Offer(null, List.of(), null, refusal);
    }

    boolean isGood() {
        return refusal == null;
    }
}
