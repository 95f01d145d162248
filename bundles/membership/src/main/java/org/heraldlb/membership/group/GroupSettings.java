package org.heraldlb.membership.group;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.heraldlb.membership.codec.Seal;

/**
 * @param node name of this node, for people
 * @param bind our address
 * @param port of UDP and TCP
 * @param peers all configured places
 * @param seal empty: messages are neither encrypted nor authenticated
 */
public record GroupSettings(
        String node, InetAddress bind, int port, List<InetSocketAddress> peers, Optional<Seal> seal) {

    public GroupSettings {
        peers = List.copyOf(peers);
    }
}
