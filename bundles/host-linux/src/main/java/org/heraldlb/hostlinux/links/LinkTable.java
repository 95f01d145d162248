package org.heraldlb.hostlinux.links;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.host.Link.Flag;
import org.heraldlb.api.host.Link.LinkAddress;
import org.heraldlb.hostlinux.netlink.NetlinkMessage;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.AddressIs;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.LinkIs;
import org.heraldlb.hostlinux.netlink.Rtnetlink;

/** What the kernel said, as links. Pure. */
final class LinkTable {

    private static final Comparator<LinkAddress> ORDER =
            Comparator.comparing(LinkAddress::address).thenComparing(LinkAddress::prefixLength);

    private LinkTable() {}

    /** The links of two whole dumps, by index. */
    static List<Link> of(List<NetlinkMessage> messages) {
        Map<Integer, LinkIs> links = new TreeMap<>();
        Map<Integer, List<LinkAddress>> addresses = new TreeMap<>();
        for (NetlinkMessage message : messages) {
            if (message instanceof LinkIs link) {
                links.put(link.index(), link);
            } else if (message instanceof AddressIs address && isUsable(address)) {
                addresses
                        .computeIfAbsent(address.index(), index -> new ArrayList<>())
                        .add(new LinkAddress(address.address(), address.prefixLength()));
            }
        }
        return links.values().stream()
                .map(link -> link(link, links, addresses.getOrDefault(link.index(), List.of())))
                .toList();
    }

    /** An address whose uniqueness is not known yet (RFC 4862) is not one that we may send from. */
    private static boolean isUsable(AddressIs address) {
        boolean tentative = (address.flags() & Rtnetlink.IFA_F_TENTATIVE) != 0
                && (address.flags() & Rtnetlink.IFA_F_OPTIMISTIC) == 0;
        return !tentative && (address.flags() & Rtnetlink.IFA_F_DADFAILED) == 0;
    }

    private static Link link(LinkIs link, Map<Integer, LinkIs> links, List<LinkAddress> addresses) {
        Optional<String> master = link.master() == 0
                ? Optional.empty()
                : Optional.of(
                        links.containsKey(link.master())
                                ? links.get(link.master()).name()
                                : "index " + link.master());
        return new Link(
                link.index(),
                link.name(),
                link.mac(),
                flags(link.flags()),
                master,
                addresses.stream().sorted(ORDER).toList());
    }

    private static Set<Flag> flags(int bits) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            if ((bits & bit(flag)) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private static int bit(Flag flag) {
        return switch (flag) {
            case UP -> Rtnetlink.IFF_UP;
            case RUNNING -> Rtnetlink.IFF_RUNNING;
            case BROADCAST -> Rtnetlink.IFF_BROADCAST;
            case LOOPBACK -> Rtnetlink.IFF_LOOPBACK;
            case POINT_TO_POINT -> Rtnetlink.IFF_POINTOPOINT;
            case NOARP -> Rtnetlink.IFF_NOARP;
            case MULTICAST -> Rtnetlink.IFF_MULTICAST;
        };
    }
}
