package org.heraldlb.hostlinux.packet;

import java.nio.ByteOrder;
import org.heraldlb.api.host.FrameFilter;

/** Which frames the kernel passes up: classic BPF (linux/filter.h), and the same as libpcap's text. */
final class BpfPrograms {

    private static final int LOAD_BYTE = 0x30;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_GREATER = 0x25;
    private static final int JUMP_GREATER_OR_EQUAL = 0x35;
    private static final int RETURN = 0x06;

    private static final int NEXT_HEADER = 14 + 6;
    private static final int ICMP_TYPE = 14 + 40;
    private static final int ICMPV6 = 58;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int REDIRECT = 137;

    private BpfPrograms() {}

    static int etherType(FrameFilter filter) {
        return filter == FrameFilter.ARP ? 0x0806 : 0x86dd;
    }

    /** Instructions as the kernel's struct sock_filter; none when the EtherType says it all. */
    static long[] of(FrameFilter filter) {
        if (filter == FrameFilter.ARP) {
            return new long[0];
        }
        return new long[] {
            instruction(LOAD_BYTE, 0, 0, NEXT_HEADER),
            instruction(JUMP_EQUAL, 0, 4, ICMPV6),
            instruction(LOAD_BYTE, 0, 0, ICMP_TYPE),
            instruction(JUMP_GREATER_OR_EQUAL, 0, 2, ROUTER_SOLICITATION),
            instruction(JUMP_GREATER, 1, 0, REDIRECT),
            instruction(RETURN, 0, 0, FrameChannel.SNAP),
            instruction(RETURN, 0, 0, 0)
        };
    }

    private static long instruction(int code, int whenTrue, int whenFalse, int operand) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? code | (long) whenTrue << 16 | (long) whenFalse << 24 | (long) operand << 32
                : (long) code << 48 | (long) whenTrue << 40 | (long) whenFalse << 32 | operand;
    }

    /** The same for libpcap, which sees frames of all protocols. */
    static String text(FrameFilter filter) {
        return filter == FrameFilter.ARP
                ? "inbound and (arp or (vlan and arp))"
                : "inbound and icmp6 and ip6[40] >= " + ROUTER_SOLICITATION + " and ip6[40] <= " + REDIRECT;
    }
}
