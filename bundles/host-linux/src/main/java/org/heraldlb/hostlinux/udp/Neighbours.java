package org.heraldlb.hostlinux.udp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.heraldlb.api.net.IpAddress;

/** What the kernel knows about neighbours by ARP: struct ifreq and struct arpreq of netdevice(7) and arp(7). */
final class Neighbours implements AutoCloseable {

    static final int MAC_LENGTH = 6;

    private static final int NAME_LENGTH = 16;
    private static final int ARP_HARDWARE = 16;
    private static final int ARP_FLAGS = 32;
    private static final int ARP_DEVICE = 52;
    private static final int ARPREQ_LENGTH = 68;
    /** ATF_COM: the entry is complete. */
    private static final int COMPLETE = 2;

    private static final int DISCARD_PORT = 9;

    private final NativeBlock link = new NativeBlock(40);
    private final NativeBlock entry = new NativeBlock(ARPREQ_LENGTH + NativeBlock.SOCKADDR_LENGTH);
    private final int fd;

    private Neighbours(int fd) {
        this.fd = fd;
    }

    static Neighbours open() throws IOException {
        int fd = UdpCalls.openSocket(
                UdpCalls.AF_INET, UdpCalls.SOCK_DGRAM | UdpCalls.SOCK_CLOEXEC | UdpCalls.SOCK_NONBLOCK, 0);
        if (fd < 0) {
            throw new IOException("no UDP socket: " + Errno.text(UdpCalls.errno()));
        }
        return new Neighbours(fd);
    }

    /** @throws IOException when there is no such interface */
    String linkName(int index) throws IOException {
        nameLink(index);
        byte[] name = new byte[NAME_LENGTH];
        link.bytes.get(0, name);
        int end = 0;
        while (end < NAME_LENGTH && name[end] != 0) {
            end++;
        }
        return new String(name, 0, end, StandardCharsets.US_ASCII);
    }

    private void nameLink(int index) throws IOException {
        link.bytes.putInt(NAME_LENGTH, index);
        if (UdpCalls.ioctl(fd, UdpCalls.SIOCGIFNAME, link.address) < 0) {
            throw new IOException("there is no interface with index " + index);
        }
    }

    /**
     * Writes the MAC address of a neighbour. Allocates nothing where it is known.
     *
     * @throws IOException when the kernel does not know it; it is made to ask
     */
    void putMac(IpAddress neighbour, int linkIndex, ByteBuffer into, int at) throws IOException {
        nameLink(linkIndex);
        entry.putSocketAddress(0, neighbour, 0, 0);
        entry.bytes.putLong(ARP_HARDWARE, 0).putLong(ARP_HARDWARE + 8, 0).putInt(ARP_FLAGS, 0);
        for (int i = 0; i < NAME_LENGTH; i++) {
            entry.bytes.put(ARP_DEVICE + i, link.bytes.get(i));
        }
        boolean known = UdpCalls.ioctl(fd, UdpCalls.SIOCGARP, entry.address) == 0
                && (entry.bytes.getInt(ARP_FLAGS) & COMPLETE) != 0;
        if (!known) {
            makeTheKernelAsk(neighbour);
            throw new IOException("no MAC address of " + neighbour + " is known: is it on this link?");
        }
        for (int i = 0; i < MAC_LENGTH; i++) {
            into.put(at + i, entry.bytes.get(ARP_HARDWARE + 2 + i));
        }
    }

    /** An empty datagram that nobody reads: the kernel resolves neighbours only for packets of its own. */
    private void makeTheKernelAsk(IpAddress neighbour) {
        int length = entry.putSocketAddress(ARPREQ_LENGTH, neighbour, 0, DISCARD_PORT);
        UdpCalls.sendto(fd, entry.address, 0, UdpCalls.MSG_DONTWAIT, entry.address + ARPREQ_LENGTH, length);
    }

    @Override
    public void close() {
        UdpCalls.shut(fd);
    }
}
