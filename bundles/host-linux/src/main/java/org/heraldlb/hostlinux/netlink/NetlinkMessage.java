package org.heraldlb.hostlinux.netlink;

import java.util.Optional;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;

/** What rtnetlink(7) says about links and addresses. */
public sealed interface NetlinkMessage {

    /**
     * RTM_NEWLINK.
     *
     * @param index kernel index
     * @param name empty when the message has none
     * @param flags netdevice(7), IFF_*
     * @param mac absent unless it has six bytes
     * @param master index of the bridge, bond or VRF, 0 for none
     */
    record LinkIs(int index, String name, int flags, Optional<MacAddress> mac, int master) implements NetlinkMessage {}

    /**
     * RTM_NEWADDR.
     *
     * @param index of the link
     * @param address the local one
     * @param prefixLength 0 to 32 or 128
     * @param flags IFA_F_*
     * @param validSeconds what is left of its life, -1 for ever
     * @param protocol who put it there (IFA_PROTO), 0 unknown
     */
    record AddressIs(int index, IpAddress address, int prefixLength, int flags, long validSeconds, int protocol)
            implements NetlinkMessage {}

    /** RTM_DELLINK or RTM_DELADDR: something of this link is gone. */
    record Gone(int index) implements NetlinkMessage {}

    /** The end of an answer: NLMSG_DONE, or NLMSG_ERROR with a positive errno, or 0 for an acknowledgement. */
    record End(int errno) implements NetlinkMessage {}

    /** Any other, or one of the above that makes no sense. */
    record Unknown(int type) implements NetlinkMessage {}
}
