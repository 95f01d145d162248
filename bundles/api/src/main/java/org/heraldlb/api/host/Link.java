package org.heraldlb.api.host;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;

/**
 * A host interface.
 *
 * @param index kernel index; a new one means a new interface, whatever its name
 * @param name such as {@code eth0}
 * @param mac hardware address, absent where there is none
 * @param flags what it can and does
 * @param master the bridge or bond that it is part of
 * @param addresses with their prefix lengths, ascending
 */
public record Link(
        int index,
        String name,
        Optional<MacAddress> mac,
        Set<Flag> flags,
        Optional<String> master,
        List<LinkAddress> addresses) {

    /** Kernel flags that matter here (netdevice(7)). */
    public enum Flag {
        /** Administratively up. */
        UP,
        /** Has carrier and may pass traffic (operational state up or unknown). */
        RUNNING,
        BROADCAST,
        LOOPBACK,
        POINT_TO_POINT,
        NOARP,
        MULTICAST
    }

    /**
     * @param address without zone
     * @param prefixLength 0 to 32 or 128
     */
    public record LinkAddress(IpAddress address, int prefixLength) {}

    public Link {
        flags = Set.copyOf(flags);
        addresses = List.copyOf(addresses);
    }

    public boolean has(Flag flag) {
        return flags.contains(flag);
    }

    /** The first fe80::/10 address: without one there is no NDP. */
    public Optional<IpAddress> linkLocalV6() {
        return addresses.stream()
                .map(LinkAddress::address)
                .filter(address -> address.isV6() && address.isLinkLocal())
                .findFirst();
    }
}
