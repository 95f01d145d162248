package org.heraldlb.api.l2;

import java.util.List;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.net.IpAddress;

/**
 * One address that this node answers for.
 *
 * @param address IPv4 by ARP, IPv6 by NDP
 * @param interfaces where
 * @param services the services that have it; more than one when it is shared
 */
public record L2Announcement(IpAddress address, InterfaceSelection interfaces, List<NamespacedName> services) {
    public L2Announcement {
        services = List.copyOf(services);
    }
}
