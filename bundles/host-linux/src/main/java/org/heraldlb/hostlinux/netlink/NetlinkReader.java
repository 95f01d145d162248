package org.heraldlb.hostlinux.netlink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.AddressIs;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.End;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.Gone;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.LinkIs;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.Unknown;

/**
 * Reads datagrams of rtnetlink(7). Any bytes are fine: what makes no sense becomes {@link Unknown}, what is cut off ends
 * the reading.
 *
 * <pre>
 * nlmsghdr:  length 4 | type 2 | flags 2 | sequence 4 | port 4      then a body, then attributes, each padded to 4
 * attribute: length 2 | type 2 | value
 * </pre>
 */
public final class NetlinkReader {

    private static final int ATTRIBUTE_HEADER = 4;
    private static final int TYPE_MASK = 0x3fff;
    private static final long FOR_EVER = 0xffff_ffffL;

    private final ByteBuffer in;

    private NetlinkReader(ByteBuffer in) {
        this.in = in;
    }

    /**
     * Reads all messages of one datagram.
     *
     * @param in in the machine's byte order, from 0 to its limit
     */
    public static List<NetlinkMessage> read(ByteBuffer in) {
        return new NetlinkReader(in).messages();
    }

    private List<NetlinkMessage> messages() {
        List<NetlinkMessage> found = new ArrayList<>();
        int at = 0;
        while (at + Rtnetlink.HEADER <= in.limit()) {
            int length = in.getInt(at);
            if (length < Rtnetlink.HEADER || length > in.limit() - at) {
                break;
            }
            found.add(message(in.getShort(at + 4) & 0xffff, at + Rtnetlink.HEADER, at + length));
            at += Rtnetlink.aligned(length);
        }
        return found;
    }

    private NetlinkMessage message(int type, int body, int end) {
        return switch (type) {
            case Rtnetlink.NLMSG_ERROR -> end - body < 4 ? new Unknown(type) : new End(-in.getInt(body));
            case Rtnetlink.NLMSG_DONE -> new End(0);
            case Rtnetlink.RTM_NEWLINK -> link(type, body, end);
            case Rtnetlink.RTM_NEWADDR -> address(type, body, end);
            case Rtnetlink.RTM_DELLINK, Rtnetlink.RTM_DELADDR -> gone(type, body, end);
            default -> new Unknown(type);
        };
    }

    /** Both bodies have the index at 4. */
    private NetlinkMessage gone(int type, int body, int end) {
        return end - body < Rtnetlink.IFADDRMSG ? new Unknown(type) : new Gone(in.getInt(body + 4));
    }

    private NetlinkMessage link(int type, int body, int end) {
        int attributes = body + Rtnetlink.IFINFOMSG;
        if (attributes > end) {
            return new Unknown(type);
        }
        int master = find(Rtnetlink.IFLA_MASTER, attributes, end);
        return new LinkIs(
                in.getInt(body + 4),
                text(find(Rtnetlink.IFLA_IFNAME, attributes, end)),
                in.getInt(body + 8),
                mac(find(Rtnetlink.IFLA_ADDRESS, attributes, end)),
                valueLength(master) == 4 ? in.getInt(master + ATTRIBUTE_HEADER) : 0);
    }

    private NetlinkMessage address(int type, int body, int end) {
        int attributes = body + Rtnetlink.IFADDRMSG;
        if (attributes > end) {
            return new Unknown(type);
        }
        int local = find(Rtnetlink.IFA_LOCAL, attributes, end);
        int at = local >= 0 ? local : find(Rtnetlink.IFA_ADDRESS, attributes, end);
        int wanted = (in.get(body) & 0xff) == Rtnetlink.AF_INET ? 4 : 16;
        int prefixLength = in.get(body + 1) & 0xff;
        if (valueLength(at) != wanted || prefixLength > wanted * 8) {
            return new Unknown(type);
        }
        int protocol = find(Rtnetlink.IFA_PROTO, attributes, end);
        return new AddressIs(
                in.getInt(body + 4),
                IpAddress.of(value(at)),
                prefixLength,
                flags(find(Rtnetlink.IFA_FLAGS, attributes, end), in.get(body + 2) & 0xff),
                validSeconds(find(Rtnetlink.IFA_CACHEINFO, attributes, end)),
                valueLength(protocol) == 1 ? in.get(protocol + ATTRIBUTE_HEADER) & 0xff : 0);
    }

    /** The attribute holds all 32 flags, the body only the first 8. */
    private int flags(int attribute, int few) {
        return valueLength(attribute) == 4 ? in.getInt(attribute + ATTRIBUTE_HEADER) : few;
    }

    private long validSeconds(int attribute) {
        long seconds =
                valueLength(attribute) >= 8 ? in.getInt(attribute + ATTRIBUTE_HEADER + 4) & 0xffff_ffffL : FOR_EVER;
        return seconds == FOR_EVER ? -1 : seconds;
    }

    /** Where the first attribute of the type starts, -1 when there is none. */
    private int find(int type, int from, int end) {
        int at = from;
        while (at + ATTRIBUTE_HEADER <= end) {
            int length = in.getShort(at) & 0xffff;
            if (length < ATTRIBUTE_HEADER || length > end - at) {
                return -1;
            }
            if ((in.getShort(at + 2) & TYPE_MASK) == type) {
                return at;
            }
            at += Rtnetlink.aligned(length);
        }
        return -1;
    }

    private int valueLength(int attribute) {
        return attribute < 0 ? -1 : (in.getShort(attribute) & 0xffff) - ATTRIBUTE_HEADER;
    }

    private byte[] value(int attribute) {
        byte[] value = new byte[valueLength(attribute)];
        in.get(attribute + ATTRIBUTE_HEADER, value);
        return value;
    }

    private Optional<MacAddress> mac(int attribute) {
        return valueLength(attribute) == 6 ? Optional.of(MacAddress.of(value(attribute))) : Optional.empty();
    }

    private String text(int attribute) {
        if (attribute < 0) {
            return "";
        }
        String padded = new String(value(attribute), StandardCharsets.UTF_8);
        int zero = padded.indexOf(0);
        return zero < 0 ? padded : padded.substring(0, zero);
    }
}
