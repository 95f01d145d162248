package org.heraldlb.api.ipam;

import java.util.List;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.net.IpAddress;

/**
 * The addresses of one service: one, or one of each family, all of one pool.
 *
 * @param service who
 * @param pool name of the pool
 * @param addresses primary family first
 */
public record Allocation(NamespacedName service, String pool, List<IpAddress> addresses) {
    public Allocation {
        addresses = List.copyOf(addresses);
    }
}
