package org.heraldlb.hostlinux.udp;

import com.sun.jna.Native;
import org.heraldlb.hostlinux.sys.Binding;

/** The system calls of UDP sockets (socket(2), recvmsg(2), ppoll(2), eventfd(2)); pointers are passed as addresses. */
final class UdpCalls {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_PACKET = 17;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOCK_NONBLOCK = 0x800;
    static final int MSG_DONTWAIT = 0x40;
    static final int EFD_CLOEXEC_NONBLOCK = SOCK_CLOEXEC | SOCK_NONBLOCK;

    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_RCVBUF = 8;
    static final int SO_ATTACH_FILTER = 26;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_PRIORITY = 12;
    static final int SO_BINDTODEVICE = 25;

    static final int SOL_PACKET = 263;
    static final int PACKET_IGNORE_OUTGOING = 23;
    static final int ETH_P_IP = 0x0800;

    /** netdevice(7): the name of an interface by its index. */
    static final int SIOCGIFNAME = 0x8910;
    /** arp(7): what the kernel knows about a neighbour. */
    static final int SIOCGARP = 0x8954;

    static final int IPPROTO_IP = 0;
    static final int IP_TOS = 1;
    static final int IP_TTL = 2;
    static final int IP_PKTINFO = 8;
    static final int IP_RECVTTL = 12;

    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_UNICAST_HOPS = 16;
    static final int IPV6_V6ONLY = 26;
    static final int IPV6_RECVPKTINFO = 49;
    static final int IPV6_PKTINFO = 50;
    static final int IPV6_RECVHOPLIMIT = 51;
    static final int IPV6_HOPLIMIT = 52;
    static final int IPV6_TCLASS = 67;

    static final int PR_SET_TIMERSLACK = 29;
    static final int SCHED_FIFO = 1;
    /** What this thread starts does not inherit the priority. */
    static final int SCHED_RESET_ON_FORK = 0x40000000;

    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOBUFS = 105;
    static final int EADDRINUSE = 98;
    static final int EBADF = 9;
    static final int ENOTSOCK = 88;

    private UdpCalls() {}

    /** A descriptor of socket(2), or a negative number: {@link #errno}. */
    static int openSocket(int domain, int type, int protocol) {
        return Binding.open(UdpCalls.class, () -> socket(domain, type, protocol));
    }

    /** A descriptor of eventfd(2), or a negative number: {@link #errno}. */
    static int openEvent(int initial, int flags) {
        return Binding.open(UdpCalls.class, () -> eventfd(initial, flags));
    }

    /** Closes what one of the two above has opened. The methods below are to be called while something is open. */
    static void shut(int fd) {
        close(fd);
        Binding.release(UdpCalls.class);
    }

    private static native int socket(int domain, int type, int protocol);

    private static native int eventfd(int initial, int flags);

    private static native int close(int fd);

    static native int setsockopt(int fd, int level, int option, long value, int length);

    static native int bind(int fd, long address, int length);

    static native long sendto(int fd, long buffer, long length, int flags, long address, int addressLength);

    static native long recvmsg(int fd, long header, int flags);

    /** {@code argument} is an address; the C function is variadic, which makes no difference for it. */
    static native int ioctl(int fd, long request, long argument);

    static native int ppoll(long fds, long count, long timespec, long signalMask);

    static native long read(int fd, long buffer, long length);

    static native long write(int fd, long buffer, long length);

    static native int prctl(int option, long argument, long second, long third, long fourth);

    /** {@code thread} 0 is the calling one; {@code parameter} is the address of a struct sched_param, one int. */
    static native int sched_setscheduler(int thread, int policy, long parameter);

    static int errno() {
        return Native.getLastError();
    }
}
