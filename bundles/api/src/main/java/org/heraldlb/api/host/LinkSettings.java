package org.heraldlb.api.host;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Kernel settings as they take effect on one interface: where the kernel takes the larger of {@code conf.all} and
 * {@code conf.LINK} (ip-sysctl), so does this. Whatever could not be read is absent.
 *
 * @param link name of the interface
 * @param arpIgnore 0: the kernel answers ARP on any interface for any address of the host, 1 or 2: only on the interface
 *     that has it (kube-proxy's strictARP wants 1), 8: never
 * @param arpAnnounce 2: never uses an address of another interface as sender (strictARP wants 2)
 * @param rpFilter reverse path: 0 no check, 1 strict, 2 loose
 * @param proxyArp the kernel answers for whatever it routes elsewhere
 * @param forwardingV4 packets that came in here may go out elsewhere
 * @param forwardingV6 the same for IPv6
 * @param disabledV6 no IPv6 on this interface
 * @param promiscuous somebody captures on it in promiscuous mode (sniffer, bridge)
 * @param driver of the interface, such as {@code brcmfmac} (Wi-Fi, which often keeps broadcasts away)
 * @param wireless a Wi-Fi interface
 */
public record LinkSettings(
        String link,
        OptionalInt arpIgnore,
        OptionalInt arpAnnounce,
        OptionalInt rpFilter,
        Optional<Boolean> proxyArp,
        Optional<Boolean> forwardingV4,
        Optional<Boolean> forwardingV6,
        Optional<Boolean> disabledV6,
        Optional<Boolean> promiscuous,
        Optional<String> driver,
        boolean wireless) {}
