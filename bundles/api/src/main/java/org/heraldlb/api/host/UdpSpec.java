package org.heraldlb.api.host;

import java.util.Optional;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/**
 * How a UDP socket is opened. IPv6 sockets never take IPv4 traffic.
 *
 * @param family of the socket
 * @param local address to bind to, any when absent
 * @param port to bind to, 1 to 65535
 * @param hopLimit TTL or hop limit of what leaves, 1 to 255
 * @param trafficClass TOS or traffic class octet of what leaves
 * @param device bind to this interface (or VRF) only
 * @param shared other sockets of ours, each bound to a device of its own, may have the same port; open the one without a
 *     device first, which tells whether another program has the port
 */
public record UdpSpec(
        IpFamily family,
        Optional<IpAddress> local,
        int port,
        int hopLimit,
        int trafficClass,
        Optional<String> device,
        boolean shared) {

    /** A socket with a port of its own. */
    public UdpSpec(
            IpFamily family,
            Optional<IpAddress> local,
            int port,
            int hopLimit,
            int trafficClass,
            Optional<String> device) {
        this(family, local, port, hopLimit, trafficClass, device, false);
    }
}
