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
    private static final int ECHO_REQUEST_V6 = 128;
    private static final int VERSION_V4 = 14;
    private static final int WITHOUT_OPTIONS = 0x45;
    private static final int PROTOCOL_V4 = 14 + 9;
    private static final int ICMP = 1;
    private static final int ICMP_TYPE_V4 = 14 + 20;
    private static final int ECHO_REQUEST_V4 = 8;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int REDIRECT = 137;

    private BpfPrograms() {}

    static int etherType(FrameFilter filter) {
        return switch (filter) {
            case ARP -> 0x0806;
            case ICMP_ECHO -> 0x0800;
            case NEIGHBOR_DISCOVERY, ICMPV6_ECHO -> 0x86dd;
        };
    }

    /** Instructions as the kernel's struct sock_filter; none when the EtherType says it all. */
    static long[] of(FrameFilter filter) {
        return switch (filter) {
            case ARP -> new long[0];
            case NEIGHBOR_DISCOVERY -> icmpV6(ROUTER_SOLICITATION, REDIRECT);
            case ICMPV6_ECHO -> icmpV6(ECHO_REQUEST_V6, ECHO_REQUEST_V6);
            case ICMP_ECHO -> echoV4();
        };
    }

    private static long[] icmpV6(int firstType, int lastType) {
        return new long[] {
            instruction(LOAD_BYTE, 0, 0, NEXT_HEADER),
            instruction(JUMP_EQUAL, 0, 4, ICMPV6),
            instruction(LOAD_BYTE, 0, 0, ICMP_TYPE),
            instruction(JUMP_GREATER_OR_EQUAL, 0, 2, firstType),
            instruction(JUMP_GREATER, 1, 0, lastType),
            instruction(RETURN, 0, 0, FrameChannel.SNAP),
            instruction(RETURN, 0, 0, 0)
        };
    }

    private static long[] echoV4() {
        return new long[] {
            instruction(LOAD_BYTE, 0, 0, VERSION_V4),
            instruction(JUMP_EQUAL, 0, 5, WITHOUT_OPTIONS),
            instruction(LOAD_BYTE, 0, 0, PROTOCOL_V4),
            instruction(JUMP_EQUAL, 0, 3, ICMP),
            instruction(LOAD_BYTE, 0, 0, ICMP_TYPE_V4),
            instruction(JUMP_EQUAL, 0, 1, ECHO_REQUEST_V4),
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
        return switch (filter) {
            case ARP -> "inbound and (arp or (vlan and arp))";
            case NEIGHBOR_DISCOVERY ->
                "inbound and icmp6 and ip6[40] >= " + ROUTER_SOLICITATION + " and ip6[40] <= " + REDIRECT;
            case ICMP_ECHO -> "inbound and icmp and ip[0] == 0x45 and ip[20] == " + ECHO_REQUEST_V4;
            case ICMPV6_ECHO -> "inbound and icmp6 and ip6[40] == " + ECHO_REQUEST_V6;
        };
    }
}
