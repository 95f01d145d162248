package org.heraldlb.hostlinux.udp;

import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/**
 * A UDP socket of the kernel. Its memory: the msghdr of recvmsg(2) with its iovec, a sockaddr, control data, and one
 * packet each way.
 */
final class NativeUdpSocket implements Pollable {

    private static final int MAX_PACKET = 2048;
    private static final int CONTROL_LENGTH = 128;

    private static final int MSG = 0;
    private static final int IOV = 56;
    private static final int NAME = 72;
    private static final int CONTROL = 104;
    private static final int PACKET = CONTROL + CONTROL_LENGTH;

    private static final int OUT_PACKET = NativeBlock.SOCKADDR_LENGTH + 4;
    /** Longer ones get a longer block. */
    private static final int USUAL_PACKET = 128;

    private static final int CMSG_HEADER = 16;
    private static final int NETWORK_CONTROL_PRIORITY = 6;
    /** Room for what comes while the reader is held up: a packet of BFD takes some 768 octets of it. */
    private static final int RECEIVE_BUFFER = 8 << 20;

    private final UdpSpec spec;
    private final boolean v4;
    /** Null until the first packet is asked for: most sockets only send. */
    private NativeBlock in;

    private ByteBuffer inPacket;
    private NativeBlock out = new NativeBlock(OUT_PACKET + USUAL_PACKET);
    private int fd;

    private NativeUdpSocket(UdpSpec spec, int fd) {
        this.spec = spec;
        this.fd = fd;
        this.v4 = spec.family() == IpFamily.IPV4;
    }

    private void layOutIn() {
        in = new NativeBlock(PACKET + MAX_PACKET);
        inPacket = in.bytes.slice(PACKET, MAX_PACKET);
        ByteBuffer bytes = in.bytes;
        bytes.putLong(MSG, in.address + NAME);
        bytes.putLong(MSG + 16, in.address + IOV);
        bytes.putLong(MSG + 24, 1);
        bytes.putLong(MSG + 32, in.address + CONTROL);
        bytes.putLong(IOV, in.address + PACKET);
        bytes.putLong(IOV + 8, MAX_PACKET);
    }

    static NativeUdpSocket open(UdpSpec spec) throws IOException {
        int domain = spec.family() == IpFamily.IPV4 ? UdpCalls.AF_INET : UdpCalls.AF_INET6;
        int type = UdpCalls.SOCK_DGRAM | UdpCalls.SOCK_CLOEXEC | UdpCalls.SOCK_NONBLOCK;
        int fd = UdpCalls.openSocket(domain, type, 0);
        if (fd < 0) {
            throw new IOException("no UDP socket: " + Errno.text(UdpCalls.errno()));
        }
        NativeUdpSocket socket = new NativeUdpSocket(spec, fd);
        try {
            socket.configure();
            socket.share(spec.device().isPresent());
            socket.bind();
            socket.share(spec.device().isEmpty());
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    private void configure() throws IOException {
        if (v4) {
            set(UdpCalls.IPPROTO_IP, UdpCalls.IP_TTL, spec.hopLimit());
            set(UdpCalls.IPPROTO_IP, UdpCalls.IP_TOS, spec.trafficClass());
            set(UdpCalls.IPPROTO_IP, UdpCalls.IP_RECVTTL, 1);
            set(UdpCalls.IPPROTO_IP, UdpCalls.IP_PKTINFO, 1);
        } else {
            set(UdpCalls.IPPROTO_IPV6, UdpCalls.IPV6_V6ONLY, 1);
            set(UdpCalls.IPPROTO_IPV6, UdpCalls.IPV6_UNICAST_HOPS, spec.hopLimit());
            set(UdpCalls.IPPROTO_IPV6, UdpCalls.IPV6_TCLASS, spec.trafficClass());
            set(UdpCalls.IPPROTO_IPV6, UdpCalls.IPV6_RECVHOPLIMIT, 1);
            set(UdpCalls.IPPROTO_IPV6, UdpCalls.IPV6_RECVPKTINFO, 1);
        }
        set(UdpCalls.SOL_SOCKET, UdpCalls.SO_PRIORITY, NETWORK_CONTROL_PRIORITY);
        widen();
        if (spec.device().isPresent()) {
            bindToDevice(spec.device().get());
        }
    }

    /** Two sockets may have one port when both say so by the time the second one binds. */
    private void share(boolean now) throws IOException {
        if (spec.shared() && now) {
            set(UdpCalls.SOL_SOCKET, UdpCalls.SO_REUSEADDR, 1);
        }
    }

    private void set(int level, int option, int value) throws IOException {
        out.bytes.putInt(0, value);
        if (UdpCalls.setsockopt(fd, level, option, out.address, Integer.BYTES) < 0) {
            throw new IOException(
                    "UDP socket option " + level + "/" + option + " = " + value + ": " + Errno.text(UdpCalls.errno()));
        }
    }

    /** Beyond net.core.rmem_max with CAP_NET_ADMIN, otherwise up to it. */
    private void widen() throws IOException {
        out.bytes.putInt(0, RECEIVE_BUFFER);
        if (UdpCalls.setsockopt(fd, UdpCalls.SOL_SOCKET, UdpCalls.SO_RCVBUFFORCE, out.address, Integer.BYTES) < 0) {
            set(UdpCalls.SOL_SOCKET, UdpCalls.SO_RCVBUF, RECEIVE_BUFFER);
        }
    }

    private void bindToDevice(String device) throws IOException {
        byte[] name = (device + "\0").getBytes(StandardCharsets.US_ASCII);
        out.bytes.put(0, name);
        if (UdpCalls.setsockopt(fd, UdpCalls.SOL_SOCKET, UdpCalls.SO_BINDTODEVICE, out.address, name.length) < 0) {
            throw new IOException("cannot bind to interface " + device + ": " + Errno.text(UdpCalls.errno()));
        }
    }

    private void bind() throws IOException {
        IpAddress any = v4 ? IpAddress.v4(0) : IpAddress.v6(0, 0);
        int length = out.putSocketAddress(0, spec.local().orElse(any), 0, spec.port());
        if (UdpCalls.bind(fd, out.address, length) < 0) {
            int errno = UdpCalls.errno();
            String text =
                    "cannot bind UDP " + spec.local().orElse(any) + " port " + spec.port() + ": " + Errno.text(errno);
            throw errno == UdpCalls.EADDRINUSE ? new BindException(text) : new IOException(text);
        }
    }

    @Override
    public UdpSpec spec() {
        return spec;
    }

    @Override
    public int fd() {
        return fd;
    }

    @Override
    public void send(ByteBuffer packet, IpAddress to, int scope, int port) throws IOException {
        int length = packet.remaining();
        if (OUT_PACKET + length > out.bytes.capacity()) {
            out = new NativeBlock(OUT_PACKET + length);
        }
        for (int i = 0; i < length; i++) {
            out.bytes.put(OUT_PACKET + i, packet.get(packet.position() + i));
        }
        int addressLength = out.putSocketAddress(0, to, scope, port);
        long data = out.address + OUT_PACKET;
        if (UdpCalls.sendto(fd, data, length, UdpCalls.MSG_DONTWAIT, out.address, addressLength) < 0) {
            int errno = UdpCalls.errno();
            if (errno != UdpCalls.EAGAIN && errno != UdpCalls.ENOBUFS && errno != UdpCalls.EINTR) {
                throw new IOException("UDP to " + to + " port " + port + ": " + Errno.text(errno));
            }
        }
    }

    @Override
    public boolean receive(ByteBuffer into, UdpArrival arrival) throws IOException {
        if (in == null) {
            layOutIn();
        }
        while (true) {
            in.bytes.putInt(MSG + 8, NativeBlock.SOCKADDR_LENGTH);
            in.bytes.putLong(MSG + 40, CONTROL_LENGTH);
            long length = UdpCalls.recvmsg(fd, in.address + MSG, UdpCalls.MSG_DONTWAIT);
            if (length >= 0) {
                take((int) Math.min(length, into.capacity()), into, arrival);
                return true;
            }
            int errno = UdpCalls.errno();
            if (errno == UdpCalls.EAGAIN) {
                return false;
            }
            if (errno == UdpCalls.EBADF || errno == UdpCalls.ENOTSOCK) {
                throw new IOException("UDP port " + spec.port() + ": " + Errno.text(errno));
            }
            // What is left are errors that the network reported about earlier packets: reading them clears them.
        }
    }

    private void take(int length, ByteBuffer into, UdpArrival arrival) {
        into.clear();
        for (int i = 0; i < length; i++) {
            into.put(i, inPacket.get(i));
        }
        into.limit(length);
        arrival.sourcePort = in.port(NAME + 2);
        arrival.sourceHigh = v4 ? 0 : in.bigEndianLong(NAME + 8);
        arrival.sourceLow = v4 ? in.bigEndianInt(NAME + 4) & 0xffff_ffffL : in.bigEndianLong(NAME + 16);
        arrival.hopLimit = -1;
        arrival.linkIndex = 0;
        takeControl(arrival);
    }

    private void takeControl(UdpArrival arrival) {
        long end = CONTROL + in.bytes.getLong(MSG + 40);
        int at = CONTROL;
        while (at + CMSG_HEADER <= end) {
            long length = in.bytes.getLong(at);
            if (length < CMSG_HEADER) {
                return;
            }
            takeItem(in.bytes.getInt(at + 8), in.bytes.getInt(at + 12), at + CMSG_HEADER, arrival);
            at += (int) (length + 7 & ~7L);
        }
    }

    private void takeItem(int level, int type, int at, UdpArrival arrival) {
        if (level == UdpCalls.IPPROTO_IP && type == UdpCalls.IP_TTL
                || level == UdpCalls.IPPROTO_IPV6 && type == UdpCalls.IPV6_HOPLIMIT) {
            arrival.hopLimit = in.bytes.getInt(at);
        } else if (level == UdpCalls.IPPROTO_IP && type == UdpCalls.IP_PKTINFO) {
            arrival.linkIndex = in.bytes.getInt(at);
            arrival.destinationHigh = 0;
            arrival.destinationLow = in.bigEndianInt(at + 8) & 0xffff_ffffL;
        } else if (level == UdpCalls.IPPROTO_IPV6 && type == UdpCalls.IPV6_PKTINFO) {
            arrival.destinationHigh = in.bigEndianLong(at);
            arrival.destinationLow = in.bigEndianLong(at + 8);
            arrival.linkIndex = in.bytes.getInt(at + 16);
        }
    }

    @Override
    public void sendOnly() {
        out.bytes.putInt(0, 0);
        UdpCalls.setsockopt(fd, UdpCalls.SOL_SOCKET, UdpCalls.SO_RCVBUF, out.address, Integer.BYTES);
    }

    @Override
    public void close() {
        if (fd >= 0) {
            UdpCalls.shut(fd);
            fd = -1;
        }
    }
}
