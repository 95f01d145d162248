package org.heraldlb.bgp.speaker;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.zip.CRC32;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/** Our addresses, looked up when a session starts. */
interface LocalAddresses {

    /** An address of {@code family} on the interface that has {@code local}: global ones first, link-local never. */
    Optional<IpAddress> sibling(InetAddress local, IpFamily family);

    /** From the machine's interfaces. */
    LocalAddresses SYSTEM = (local, family) -> {
        try {
            NetworkInterface link = NetworkInterface.getByInetAddress(local);
            return link == null
                    ? Optional.empty()
                    : link.inetAddresses()
                            .map(IpAddress::of)
                            .filter(address -> address.family() == family && !address.isLinkLocal())
                            .filter(address -> !address.isLoopback() || local.isLoopbackAddress())
                            .findFirst();
        } catch (SocketException gone) {
            return Optional.empty();
        }
    };

    /** The last resort for a router id: MetalLB's checksum of the node's name. */
    static int fromName(String node) {
        CRC32 crc = new CRC32();
        crc.update(node.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        int value = (int) crc.getValue();
        return value == 0 ? 1 : value;
    }
}
