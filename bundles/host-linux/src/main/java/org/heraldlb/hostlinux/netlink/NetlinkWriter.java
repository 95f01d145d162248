package org.heraldlb.hostlinux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.heraldlb.api.net.IpAddress;

/** Writes requests of rtnetlink(7), in the machine's byte order. Without a sequence number: one request at a time. */
public final class NetlinkWriter {

    /** What {@link #putAddress} does about an address that is there already. */
    public enum Existing {
        /** Fails with EEXIST. */
        REFUSE,
        /** Gives it the new lifetime. */
        REPLACE
    }

    /** What we write into IFA_PROTO, so that our own addresses can be told from others after a crash. */
    public static final int OUR_PROTOCOL = 0x48;

    private static final int ADDRESS_REQUEST = 128;
    private static final int SCOPE_GLOBAL = 0;

    private NetlinkWriter() {}

    /** Asks for everything of one kind, such as {@link Rtnetlink#RTM_GETLINK}. */
    public static byte[] dump(int type) {
        ByteBuffer out = request(type, Rtnetlink.NLM_F_DUMP, Rtnetlink.HEADER + Rtnetlink.IFINFOMSG);
        return finish(out.position(Rtnetlink.HEADER + Rtnetlink.IFINFOMSG));
    }

    /** Puts a host prefix on a link, for {@code seconds} unless renewed. */
    public static byte[] putAddress(int index, IpAddress address, long seconds, Existing existing) {
        int flags = existing == Existing.REFUSE ? Rtnetlink.NLM_F_EXCL : Rtnetlink.NLM_F_REPLACE;
        ByteBuffer out = address(Rtnetlink.RTM_NEWADDR, flags | Rtnetlink.NLM_F_CREATE, index, address);
        // Duplicate detection would keep it unusable for a second, and who has it is our own decision.
        int addressFlags = Rtnetlink.IFA_F_NOPREFIXROUTE | (address.isV6() ? Rtnetlink.IFA_F_NODAD : 0);
        attribute(out, Rtnetlink.IFA_FLAGS, Integer.BYTES).putInt(addressFlags);
        attribute(out, Rtnetlink.IFA_CACHEINFO, 4 * Integer.BYTES)
                .putInt((int) seconds)
                .putInt((int) seconds)
                .putLong(0);
        attribute(out, Rtnetlink.IFA_PROTO, 1).putInt(ours(out.order()));
        return finish(out);
    }

    /** One byte and its padding. */
    private static int ours(ByteOrder order) {
        return order == ByteOrder.LITTLE_ENDIAN ? OUR_PROTOCOL : OUR_PROTOCOL << 24;
    }

    /** Takes a host prefix off a link. */
    public static byte[] removeAddress(int index, IpAddress address) {
        return finish(address(Rtnetlink.RTM_DELADDR, 0, index, address));
    }

    private static ByteBuffer address(int type, int flags, int index, IpAddress address) {
        ByteBuffer out = request(type, Rtnetlink.NLM_F_ACK | flags, ADDRESS_REQUEST);
        out.position(Rtnetlink.HEADER);
        out.put((byte) (address.isV4() ? Rtnetlink.AF_INET : Rtnetlink.AF_INET6))
                .put((byte) address.family().bits())
                .put((byte) 0)
                .put((byte) SCOPE_GLOBAL)
                .putInt(index);
        attribute(out, Rtnetlink.IFA_LOCAL, address.family().bytes()).put(address.toBytes());
        attribute(out, Rtnetlink.IFA_ADDRESS, address.family().bytes()).put(address.toBytes());
        return out;
    }

    private static ByteBuffer request(int type, int flags, int capacity) {
        ByteBuffer out = ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder());
        return out.putShort(4, (short) type).putShort(6, (short) (Rtnetlink.NLM_F_REQUEST | flags));
    }

    private static ByteBuffer attribute(ByteBuffer out, int type, int valueLength) {
        return out.putShort((short) (4 + valueLength)).putShort((short) type);
    }

    private static byte[] finish(ByteBuffer out) {
        out.putInt(0, out.position());
        byte[] request = new byte[out.position()];
        out.get(0, request);
        return request;
    }
}
