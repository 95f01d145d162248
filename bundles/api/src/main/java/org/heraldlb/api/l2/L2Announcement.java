package org.heraldlb.api.l2;

import java.util.List;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.net.IpAddress;

/**
 * One address that this node answers for.
 *
 * @param address IPv4 by ARP, IPv6 by NDP
 * @param interfaces where
 * @param services the services that have it; more than one when it is shared
 * @param mode what happens in a partition: asked from the {@code AnswerLease} before each reply
 * @param conflictPolicy what happens when somebody else has the address
 */
public record L2Announcement(
        IpAddress address,
        InterfaceSelection interfaces,
        List<NamespacedName> services,
        Mode mode,
        ConflictPolicy conflictPolicy) {
    public L2Announcement {
        services = List.copyOf(services);
    }

    /** As MetalLB announces: in every partition, without a look at others. */
    public L2Announcement(IpAddress address, InterfaceSelection interfaces, List<NamespacedName> services) {
        this(address, interfaces, services, Mode.AVAILABLE, ConflictPolicy.OFF);
    }
}
