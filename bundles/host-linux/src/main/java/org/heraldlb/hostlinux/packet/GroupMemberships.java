package org.heraldlb.hostlinux.packet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.host.Link;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.hostlinux.sys.Block;
import org.heraldlb.hostlinux.sys.Calls;
import org.heraldlb.hostlinux.sys.Errno;
import org.heraldlb.hostlinux.sys.FileDescriptor;

/**
 * The solicited-node groups (RFC 4291 section 2.7.1) of an interface. A group is joined as an IPv6 membership and not as
 * a mere MAC filter, for then the kernel also reports it by MLD and switches that snoop pass its frames. Addresses with
 * the same last 24 bits share a group. Not thread-safe: whoever owns the socket owns this.
 */
final class GroupMemberships {

    /** The kernel limits memberships by socket (optmem_max); a further socket has room for more. */
    private record Member(FileDescriptor socket, IpAddress group, Set<IpAddress> addresses) {}

    private static final int MREQ_LENGTH = 20;
    private static final long GROUP_HIGH = 0xff02_0000_0000_0000L;
    private static final long GROUP_LOW = 0x0000_0001_ff00_0000L;

    private final Link link;
    private final Map<IpAddress, Member> members = new HashMap<>();
    private final List<FileDescriptor> sockets = new ArrayList<>();

    GroupMemberships(Link link) {
        this.link = link;
    }

    static IpAddress groupOf(IpAddress address) {
        return IpAddress.v6(GROUP_HIGH, GROUP_LOW | address.low() & 0xff_ffff);
    }

    void join(IpAddress address) throws IOException {
        IpAddress group = groupOf(address);
        Member member = members.get(group);
        if (member == null) {
            member = new Member(joinOnSomeSocket(group), group, new HashSet<>());
            members.put(group, member);
        }
        member.addresses().add(address);
    }

    private FileDescriptor joinOnSomeSocket(IpAddress group) throws IOException {
        int errno = Errno.ENOBUFS;
        if (!sockets.isEmpty()) {
            FileDescriptor newest = sockets.get(sockets.size() - 1);
            errno = change(newest, Calls.IPV6_ADD_MEMBERSHIP, group);
            if (errno == 0) {
                return newest;
            }
        }
        if (errno == Errno.ENOBUFS || errno == Errno.ENOMEM) {
            FileDescriptor fresh = openSocket();
            errno = change(fresh, Calls.IPV6_ADD_MEMBERSHIP, group);
            if (errno == 0) {
                return fresh;
            }
        }
        throw new IOException("cannot join " + group + " on " + link.name() + ": " + Errno.text(errno));
    }

    private FileDescriptor openSocket() throws IOException {
        int fd = Calls.openSocket(Calls.AF_INET6, Calls.SOCK_DGRAM | Calls.SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw new IOException("no IPv6 socket: " + Errno.text(Calls.errno()));
        }
        FileDescriptor socket = new FileDescriptor(fd);
        sockets.add(socket);
        return socket;
    }

    private int change(FileDescriptor socket, int option, IpAddress group) {
        Block request = new Block(MREQ_LENGTH);
        request.bytes().put(0, group.toBytes()).putInt(16, link.index());
        int result = Calls.setsockopt(socket.number(), Calls.IPPROTO_IPV6, option, request.address(0), MREQ_LENGTH);
        return result < 0 ? Calls.errno() : 0;
    }

    void leave(IpAddress address) {
        Member member = members.get(groupOf(address));
        if (member != null
                && member.addresses().remove(address)
                && member.addresses().isEmpty()) {
            members.remove(member.group());
            change(member.socket(), Calls.IPV6_DROP_MEMBERSHIP, member.group());
        }
    }

    void close() {
        members.clear();
        sockets.forEach(FileDescriptor::close);
        sockets.clear();
    }
}
