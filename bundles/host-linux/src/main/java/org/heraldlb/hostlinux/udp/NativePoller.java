package org.heraldlb.hostlinux.udp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.heraldlb.api.host.UdpPoller;
import org.heraldlb.api.host.UdpSocket;
import org.heraldlb.hostlinux.sys.FileDescriptor;

/** ppoll(2) over the sockets and an eventfd(2) for waking up: nanoseconds in, no allocation. */
final class NativePoller implements UdpPoller {

    private static final int MAX_SOCKETS = 64;
    private static final int POLLFD = 8;
    private static final int TIMESPEC = MAX_SOCKETS * POLLFD;
    private static final int COUNTER = TIMESPEC + 16;
    private static final short POLLIN = 1;
    private static final long SECOND = 1_000_000_000L;

    private final NativeBlock block = new NativeBlock(COUNTER + 8);
    private final NativeBlock one = new NativeBlock(8);
    private final List<UdpSocket> sockets = new ArrayList<>();
    private final FileDescriptor wake;

    NativePoller() throws IOException {
        int fd = UdpCalls.openEvent(0, UdpCalls.EFD_CLOEXEC_NONBLOCK);
        if (fd < 0) {
            throw new IOException("no eventfd: " + Errno.text(UdpCalls.errno()));
        }
        wake = new FileDescriptor(fd, UdpCalls::shut);
        one.bytes.putLong(0, 1);
        layOut();
    }

    private void layOut() {
        putPollFd(0, wake.number());
        for (int i = 0; i < sockets.size(); i++) {
            putPollFd(i + 1, ((Pollable) sockets.get(i)).fd());
        }
    }

    private void putPollFd(int index, int fd) {
        block.bytes.putInt(index * POLLFD, fd);
        block.bytes.putShort(index * POLLFD + 4, POLLIN);
        block.bytes.putShort(index * POLLFD + 6, (short) 0);
    }

    @Override
    public void add(UdpSocket socket) {
        if (sockets.size() + 1 == MAX_SOCKETS) {
            throw new IllegalStateException("a poller watches at most " + (MAX_SOCKETS - 1) + " sockets");
        }
        sockets.add(socket);
        layOut();
    }

    @Override
    public void remove(UdpSocket socket) {
        sockets.remove(socket);
        layOut();
    }

    @Override
    public void await(long nanos) {
        block.bytes.putLong(TIMESPEC, nanos / SECOND);
        block.bytes.putLong(TIMESPEC + 8, nanos % SECOND);
        UdpCalls.ppoll(block.address, sockets.size() + 1L, block.address + TIMESPEC, 0);
        if (block.bytes.getShort(6) != 0) {
            UdpCalls.read(wake.number(), block.address + COUNTER, Long.BYTES);
        }
    }

    @Override
    public void wakeUp() {
        if (wake.acquire()) {
            UdpCalls.write(wake.number(), one.address, Long.BYTES);
            wake.release();
        }
    }

    @Override
    public void close() {
        wake.close();
    }
}
