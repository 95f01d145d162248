package org.heraldlb.hostlinux.udp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.heraldlb.api.host.UdpArrival;
import org.heraldlb.api.host.UdpSpec;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/**
 * A packet(7) socket without link headers. It is needed both ways: the kernel would hand packets to our own address to
 * ourselves, and throws those that come back away, for they claim to come from this very host.
 */
final class LoopSocket implements Pollable {

    private static final int IP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int HEADERS = IP_HEADER + UDP_HEADER;
    private static final int UDP = 17;
    private static final int MAX_PACKET = 256;
    private static final int RECEIVE_BUFFER = 1 << 20;

    /** struct sockaddr_ll. */
    private static final int LINK_ADDRESS = 20;

    private static final int PACKET_HOST = 0;

    private static final int MSG = 0;
    private static final int IOV = 56;
    private static final int NAME = 72;
    private static final int IN = 96;
    private static final int OUT_NAME = IN + MAX_PACKET;
    private static final int OUT = OUT_NAME + 24;

    private final UdpSpec spec;
    private final NativeBlock block = new NativeBlock(OUT + MAX_PACKET);
    private final ByteBuffer bytes = block.bytes;
    private final Neighbours neighbours;
    private int fd;

    private LoopSocket(UdpSpec spec, int fd, Neighbours neighbours) {
        this.spec = spec;
        this.fd = fd;
        this.neighbours = neighbours;
        bytes.putLong(MSG, block.address + NAME);
        bytes.putLong(MSG + 16, block.address + IOV);
        bytes.putLong(MSG + 24, 1);
        bytes.putLong(IOV, block.address + IN);
        bytes.putLong(IOV + 8, MAX_PACKET);
        layOutHeaders();
    }

    static LoopSocket open(UdpSpec spec) throws IOException {
        if (spec.family() != IpFamily.IPV4 || spec.local().isEmpty()) {
            throw new IOException("echo packets need an IPv4 address of ours");
        }
        int type = UdpCalls.SOCK_DGRAM | UdpCalls.SOCK_CLOEXEC | UdpCalls.SOCK_NONBLOCK;
        // Protocol 0 receives nothing: the socket stays dry until it is filtered and bound.
        int fd = UdpCalls.openSocket(UdpCalls.AF_PACKET, type, 0);
        if (fd < 0) {
            throw new IOException("no packet socket for echo packets: " + Errno.text(UdpCalls.errno()));
        }
        try {
            LoopSocket socket = new LoopSocket(spec, fd, Neighbours.open());
            socket.configure();
            return socket;
        } catch (IOException refused) {
            UdpCalls.shut(fd);
            throw refused;
        }
    }

    private void configure() throws IOException {
        set(UdpCalls.SOL_PACKET, UdpCalls.PACKET_IGNORE_OUTGOING, 1);
        set(UdpCalls.SOL_SOCKET, UdpCalls.SO_RCVBUF, RECEIVE_BUFFER);
        attachFilter();
        putLinkAddress(OUT_NAME, 0);
        if (UdpCalls.bind(fd, block.address + OUT_NAME, LINK_ADDRESS) < 0) {
            throw new IOException("cannot bind the packet socket for echo packets: " + Errno.text(UdpCalls.errno()));
        }
    }

    private void set(int level, int option, int value) throws IOException {
        bytes.putInt(OUT_NAME, value);
        if (UdpCalls.setsockopt(fd, level, option, block.address + OUT_NAME, Integer.BYTES) < 0) {
            throw new IOException("packet socket option " + level + "/" + option + ": " + Errno.text(UdpCalls.errno()));
        }
    }

    /** Whole UDP packets from our own address to the port; every other packet of the host is left to the kernel. */
    private void attachFilter() throws IOException {
        int self = (int) self().low();
        long[] program = {
            instruction(0x20, 0, 0, 12), // source address
            instruction(0x15, 0, 7, self),
            instruction(0x30, 0, 0, 9), // protocol
            instruction(0x15, 0, 5, UDP),
            instruction(0x28, 0, 0, 6), // fragment
            instruction(0x45, 3, 0, 0x3fff),
            instruction(0xb1, 0, 0, 0), // header length
            instruction(0x48, 0, 0, 2), // destination port
            instruction(0x15, 1, 0, spec.port()),
            instruction(0x06, 0, 0, 0),
            instruction(0x06, 0, 0, MAX_PACKET)
        };
        NativeBlock instructions = new NativeBlock(program.length * Long.BYTES);
        for (int i = 0; i < program.length; i++) {
            instructions.bytes.putLong(i * Long.BYTES, program[i]);
        }
        bytes.putShort(OUT, (short) program.length).putLong(OUT + 8, instructions.address);
        if (UdpCalls.setsockopt(fd, UdpCalls.SOL_SOCKET, UdpCalls.SO_ATTACH_FILTER, block.address + OUT, 16) < 0) {
            throw new IOException("the kernel refuses the filter for echo packets: " + Errno.text(UdpCalls.errno()));
        }
        layOutHeaders();
    }

    /** struct sock_filter. */
    private static long instruction(int code, int whenTrue, int whenFalse, int operand) {
        long unsigned = operand & 0xffff_ffffL;
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? code | (long) whenTrue << 16 | (long) whenFalse << 24 | unsigned << 32
                : (long) code << 48 | (long) whenTrue << 40 | (long) whenFalse << 32 | unsigned;
    }

    private IpAddress self() {
        return spec.local().orElseThrow();
    }

    private void putLinkAddress(int at, int linkIndex) {
        bytes.putShort(at, (short) UdpCalls.AF_PACKET);
        putNetworkShort(at + 2, UdpCalls.ETH_P_IP);
        bytes.putInt(at + 4, linkIndex).putInt(at + 8, 0).putLong(at + 12, 0);
    }

    /** Everything but the lengths and the checksum. UDP's own checksum stays 0: what echoes carry proves itself. */
    private void layOutHeaders() {
        for (int i = 0; i < HEADERS; i++) {
            bytes.put(OUT + i, (byte) 0);
        }
        bytes.put(OUT, (byte) 0x45).put(OUT + 1, (byte) spec.trafficClass());
        putNetworkShort(OUT + 6, 0x4000);
        bytes.put(OUT + 8, (byte) spec.hopLimit()).put(OUT + 9, (byte) UDP);
        for (int i = 0; i < 4; i++) {
            byte octet = (byte) (self().low() >>> 24 - 8 * i);
            bytes.put(OUT + 12 + i, octet).put(OUT + 16 + i, octet);
        }
        putNetworkShort(OUT + IP_HEADER, spec.port());
        putNetworkShort(OUT + IP_HEADER + 2, spec.port());
    }

    private void putNetworkShort(int at, int value) {
        bytes.put(at, (byte) (value >>> 8)).put(at + 1, (byte) value);
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
        for (int i = 0; i < length; i++) {
            bytes.put(OUT + HEADERS + i, packet.get(packet.position() + i));
        }
        putNetworkShort(OUT + 2, HEADERS + length);
        putNetworkShort(OUT + IP_HEADER + 4, UDP_HEADER + length);
        putNetworkShort(OUT + 10, 0);
        putNetworkShort(OUT + 10, checksum());
        putLinkAddress(OUT_NAME, scope);
        bytes.put(OUT_NAME + 11, (byte) Neighbours.MAC_LENGTH);
        neighbours.putMac(to, scope, bytes, OUT_NAME + 12);
        long sent = UdpCalls.sendto(
                fd,
                block.address + OUT,
                HEADERS + length,
                UdpCalls.MSG_DONTWAIT,
                block.address + OUT_NAME,
                LINK_ADDRESS);
        if (sent < 0) {
            int errno = UdpCalls.errno();
            if (errno != UdpCalls.EAGAIN && errno != UdpCalls.ENOBUFS && errno != UdpCalls.EINTR) {
                throw new IOException("echo by way of " + to + ": " + Errno.text(errno));
            }
        }
    }

    /** RFC 791 section 3.1. */
    private int checksum() {
        int sum = 0;
        for (int i = 0; i < IP_HEADER; i += 2) {
            sum += block.port(OUT + i);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~(sum + (sum >>> 16)) & 0xffff;
    }

    @Override
    public boolean receive(ByteBuffer into, UdpArrival arrival) throws IOException {
        while (true) {
            bytes.putInt(MSG + 8, LINK_ADDRESS);
            long length = UdpCalls.recvmsg(fd, block.address + MSG, UdpCalls.MSG_DONTWAIT);
            if (length >= 0) {
                if (take((int) length, into, arrival)) {
                    return true;
                }
                continue;
            }
            int errno = UdpCalls.errno();
            if (errno == UdpCalls.EAGAIN) {
                return false;
            }
            if (errno == UdpCalls.EBADF || errno == UdpCalls.ENOTSOCK) {
                throw new IOException("echo packets: " + Errno.text(errno));
            }
            // A link that goes down is reported once and works again when it comes up.
        }
    }

    /** False for what is not to us, or is broken. */
    private boolean take(int length, ByteBuffer into, UdpArrival arrival) {
        int header = (bytes.get(IN) & 0xf) * 4;
        int payload = length < header + UDP_HEADER ? -1 : block.port(IN + header + 4) - UDP_HEADER;
        boolean whole = header >= IP_HEADER && payload >= 0 && header + UDP_HEADER + payload <= length;
        if (bytes.get(NAME + 10) != PACKET_HOST || !whole || payload > into.capacity()) {
            return false;
        }
        into.clear();
        for (int i = 0; i < payload; i++) {
            into.put(i, bytes.get(IN + header + UDP_HEADER + i));
        }
        into.limit(payload);
        arrival.sourceHigh = 0;
        arrival.sourceLow = block.bigEndianInt(IN + 12) & 0xffff_ffffL;
        arrival.sourcePort = block.port(IN + header);
        arrival.destinationHigh = 0;
        arrival.destinationLow = block.bigEndianInt(IN + 16) & 0xffff_ffffL;
        arrival.hopLimit = bytes.get(IN + 8) & 0xff;
        arrival.linkIndex = bytes.getInt(NAME + 4);
        return arrival.destinationLow == self().low();
    }

    @Override
    public void close() {
        if (fd >= 0) {
            UdpCalls.shut(fd);
            neighbours.close();
            fd = -1;
        }
    }
}
