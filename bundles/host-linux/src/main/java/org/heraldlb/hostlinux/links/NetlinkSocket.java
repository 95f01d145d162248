package org.heraldlb.hostlinux.links;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.heraldlb.hostlinux.netlink.NetlinkMessage;
import org.heraldlb.hostlinux.netlink.NetlinkMessage.End;
import org.heraldlb.hostlinux.netlink.NetlinkReader;
import org.heraldlb.hostlinux.sys.Block;
import org.heraldlb.hostlinux.sys.Calls;
import org.heraldlb.hostlinux.sys.Errno;
import org.heraldlb.hostlinux.sys.FileDescriptor;

/** A socket to rtnetlink(7). One thread uses it. */
public final class NetlinkSocket implements AutoCloseable {

    private static final int NETLINK_ROUTE = 0;
    private static final int SOCKADDR_NL = 12;
    private static final int DATAGRAM = 1 << 16;
    private static final int MAX_DATAGRAMS = 100_000;
    private static final long ANSWER_SECONDS = 2;

    private final Block block = new Block(DATAGRAM);
    private final FileDescriptor descriptor;

    /**
     * Opens a socket.
     *
     * @param groups bits of the multicast groups to listen to, 0 for requests only
     * @throws IOException when the kernel refuses it
     */
    public NetlinkSocket(int groups) throws IOException {
        int fd = Calls.openSocket(Calls.AF_NETLINK, Calls.SOCK_RAW | Calls.SOCK_CLOEXEC, NETLINK_ROUTE);
        if (fd < 0) {
            throw new IOException("no netlink socket: " + Errno.text(Calls.errno()));
        }
        descriptor = new FileDescriptor(fd);
        block.bytes().putLong(0, ANSWER_SECONDS).putLong(8, 0);
        Calls.setsockopt(fd, Calls.SOL_SOCKET, Calls.SO_RCVTIMEO, block.address(0), 16);
        block.bytes().putLong(0, 0).putShort(0, (short) Calls.AF_NETLINK).putInt(8, groups);
        if (Calls.bind(fd, block.address(0), SOCKADDR_NL) < 0) {
            int errno = Calls.errno();
            descriptor.close();
            throw new IOException("the kernel refuses netlink notifications: " + Errno.text(errno));
        }
    }

    int fd() {
        return descriptor.number();
    }

    /** Throws away what has arrived, and says whether anything had. An overrun counts: something was lost. */
    boolean drain() {
        boolean any = false;
        for (int i = 0; i < MAX_DATAGRAMS; i++) {
            if (Calls.recv(fd(), block.address(0), DATAGRAM, Calls.MSG_DONTWAIT) >= 0) {
                any = true;
            } else if (Calls.errno() == Errno.ENOBUFS) {
                any = true;
            } else {
                break;
            }
        }
        return any;
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @throws IOException when there is none
     */
    public List<NetlinkMessage> ask(byte[] request) throws IOException {
        // An answer that came too late for the question before.
        drain();
        block.bytes().put(0, request);
        if (Calls.send(fd(), block.address(0), request.length, 0) < 0) {
            throw new IOException("netlink: " + Errno.text(Calls.errno()));
        }
        List<NetlinkMessage> answer = new ArrayList<>();
        for (int i = 0; i < MAX_DATAGRAMS; i++) {
            long length = Calls.recv(fd(), block.address(0), DATAGRAM, 0);
            if (length <= 0) {
                throw new IOException("netlink does not answer: " + Errno.text(Calls.errno()));
            }
            answer.addAll(NetlinkReader.read(
                    block.bytes().duplicate().order(block.bytes().order()).limit((int) length)));
            if (answer.stream().anyMatch(End.class::isInstance)) {
                return answer;
            }
        }
        throw new IOException("netlink does not end its answer");
    }

    /** The errno of an answer that is only an acknowledgement, 0 for success. */
    public int order(byte[] request) throws IOException {
        return ask(request).stream()
                .filter(End.class::isInstance)
                .map(End.class::cast)
                .findFirst()
                .map(End::errno)
                .orElse(0);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
