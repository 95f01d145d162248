package org.heraldlb.hostlinux.sys;

import com.sun.jna.Native;

/**
 * The system calls of packet and netlink sockets, by JNA's direct mapping. Arguments are numbers and addresses wherever
 * a call is made for each packet: JNA then converts nothing and allocates nothing.
 */
public final class Calls {

    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;
    public static final int AF_PACKET = 17;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_CLOEXEC = 0x80000;
    public static final int SOCK_NONBLOCK = 0x800;

    public static final int SOL_SOCKET = 1;
    public static final int SO_RCVBUF = 8;
    public static final int SO_RCVTIMEO = 20;
    public static final int SO_ATTACH_FILTER = 26;
    public static final int SO_RCVBUFFORCE = 33;
    public static final int SOL_PACKET = 263;
    public static final int PACKET_QDISC_BYPASS = 20;
    public static final int PACKET_IGNORE_OUTGOING = 23;
    public static final int IPPROTO_IPV6 = 41;
    public static final int IPV6_ADD_MEMBERSHIP = 20;
    public static final int IPV6_DROP_MEMBERSHIP = 21;

    public static final int MSG_DONTWAIT = 0x40;
    public static final short POLLIN = 1;

    private Calls() {}

    /** A descriptor of socket(2), or a negative number: {@link #errno}. */
    public static int openSocket(int domain, int type, int protocol) {
        return Binding.open(Calls.class, () -> socket(domain, type, protocol));
    }

    /** A descriptor of eventfd(2), or a negative number: {@link #errno}. */
    public static int openEvent(int initial, int flags) {
        return Binding.open(Calls.class, () -> eventfd(initial, flags));
    }

    /** Closes what one of the two above has opened. The methods below are to be called while something is open. */
    public static void shut(int fd) {
        close(fd);
        Binding.release(Calls.class);
    }

    private static native int socket(int domain, int type, int protocol);

    private static native int eventfd(int initial, int flags);

    private static native int close(int fd);

    public static native int bind(int fd, long address, int length);

    public static native int setsockopt(int fd, int level, int option, long value, int length);

    public static native int recvmmsg(int fd, long headers, int count, int flags, long timeout);

    public static native long recv(int fd, long buffer, long length, int flags);

    public static native long send(int fd, long buffer, long length, int flags);

    public static native long send(int fd, byte[] buffer, long length, int flags);

    public static native int poll(long fds, long count, int timeoutMillis);

    public static native long read(int fd, long buffer, long length);

    public static native long write(int fd, long buffer, long length);

    /** The error number of this thread's last call. */
    public static int errno() {
        return Native.getLastError();
    }
}
