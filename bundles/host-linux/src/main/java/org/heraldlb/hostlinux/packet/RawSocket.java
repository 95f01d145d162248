package org.heraldlb.hostlinux.packet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.heraldlb.api.host.FrameFilter;
import org.heraldlb.api.host.Link;
import org.heraldlb.hostlinux.sys.Block;
import org.heraldlb.hostlinux.sys.Calls;
import org.heraldlb.hostlinux.sys.Errno;
import org.heraldlb.hostlinux.sys.FileDescriptor;

/**
 * packet(7). Frames come in batches by recvmmsg(2): under load one system call fetches {@value #BATCH} of them, and
 * without load the first one is not kept waiting. The call blocks, for between the arrival of a frame and the reply each
 * further call costs; a time-out makes it look up now and then, as nothing else ends a wait on a packet socket.
 *
 * <p>Its memory: for each frame of a batch an mmsghdr, an iovec, a sockaddr_ll and the frame itself; then one frame that
 * goes out.
 */
final class RawSocket implements FrameChannel {

    private static final int BATCH = 32;
    private static final int MMSGHDR = 64;
    private static final int MSG_LEN = 56;
    private static final int NAME_LENGTH_AT = 8;
    private static final int IOV = 16;
    private static final int SOCKADDR_LL = 20;
    private static final int NAME_SLOT = 32;
    private static final int PACKET_TYPE_AT = 10;
    private static final int IOVS = BATCH * MMSGHDR;
    private static final int NAMES = IOVS + BATCH * IOV;
    private static final int FRAMES = NAMES + BATCH * NAME_SLOT;

    private static final int OUT = FRAMES + BATCH * SNAP;

    private static final int MSG_WAITFORONE = 0x10000;
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final long LOOK_UP_MICROS = 230_000;
    private static final int PACKET_OTHERHOST = 3;
    private static final int PACKET_OUTGOING = 4;
    private static final int MACS = 12;
    private static final int TAG = 4;

    private final FileDescriptor descriptor;
    private final Block block = new Block(OUT + SNAP);
    private final ByteBuffer bytes = block.bytes();
    private int filled;
    private int next;

    private RawSocket(int fd) {
        descriptor = new FileDescriptor(fd);
        for (int i = 0; i < BATCH; i++) {
            int header = i * MMSGHDR;
            int iov = IOVS + i * IOV;
            bytes.putLong(header, block.address(NAMES + i * NAME_SLOT));
            bytes.putInt(header + NAME_LENGTH_AT, SOCKADDR_LL);
            bytes.putLong(header + 16, block.address(iov));
            bytes.putLong(header + 24, 1);
            bytes.putLong(iov, block.address(FRAMES + i * SNAP));
            bytes.putLong(iov + 8, SNAP);
        }
    }

    static RawSocket open(Link link, FrameFilter filter) throws IOException {
        // Protocol 0 receives nothing: the socket stays dry until it is filtered and bound.
        int fd = Calls.openSocket(Calls.AF_PACKET, Calls.SOCK_RAW | Calls.SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw refused(link, Calls.errno());
        }
        RawSocket socket = new RawSocket(fd);
        try {
            socket.configure(fd, filter);
            socket.bind(fd, link, filter);
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    private static IOException refused(Link link, int errno) {
        String advice = errno == Errno.EPERM || errno == Errno.EACCES
                ? "; grant the process CAP_NET_RAW (setcap, AmbientCapabilities= or the pod's securityContext)"
                : "";
        return new IOException("no packet socket on " + link.name() + ": " + Errno.text(errno) + advice);
    }

    private void configure(int fd, FrameFilter filter) throws IOException {
        set(fd, Calls.SOL_PACKET, Calls.PACKET_QDISC_BYPASS, 1);
        set(fd, Calls.SOL_PACKET, Calls.PACKET_IGNORE_OUTGOING, 1);
        if (set(fd, Calls.SOL_SOCKET, Calls.SO_RCVBUFFORCE, RECEIVE_BUFFER) < 0) {
            set(fd, Calls.SOL_SOCKET, Calls.SO_RCVBUF, RECEIVE_BUFFER);
        }
        bytes.putLong(FRAMES, 0);
        bytes.putLong(FRAMES + 8, LOOK_UP_MICROS);
        Calls.setsockopt(fd, Calls.SOL_SOCKET, Calls.SO_RCVTIMEO, block.address(FRAMES), 16);
        long[] program = BpfPrograms.of(filter);
        if (program.length > 0) {
            attach(fd, program);
        }
    }

    private int set(int fd, int level, int option, int value) {
        bytes.putInt(FRAMES, value);
        return Calls.setsockopt(fd, level, option, block.address(FRAMES), Integer.BYTES);
    }

    private void attach(int fd, long[] program) throws IOException {
        int instructions = FRAMES + 16;
        bytes.putShort(FRAMES, (short) program.length);
        bytes.putLong(FRAMES + 8, block.address(instructions));
        for (int i = 0; i < program.length; i++) {
            bytes.putLong(instructions + i * Long.BYTES, program[i]);
        }
        if (Calls.setsockopt(fd, Calls.SOL_SOCKET, Calls.SO_ATTACH_FILTER, block.address(FRAMES), 16) < 0) {
            throw new IOException("the kernel refuses the packet filter: " + Errno.text(Calls.errno()));
        }
    }

    private void bind(int fd, Link link, FrameFilter filter) throws IOException {
        short protocol = (short) BpfPrograms.etherType(filter);
        bytes.putShort(FRAMES, (short) Calls.AF_PACKET);
        bytes.putShort(FRAMES + 2, bytes.order() == ByteOrder.BIG_ENDIAN ? protocol : Short.reverseBytes(protocol));
        bytes.putInt(FRAMES + 4, link.index());
        bytes.putLong(FRAMES + 8, 0);
        if (Calls.bind(fd, block.address(FRAMES), SOCKADDR_LL) < 0) {
            throw refused(link, Calls.errno());
        }
    }

    @Override
    public int receive(byte[] into) throws IOException {
        while (true) {
            if (next == filled) {
                refill();
            }
            if (next == filled) {
                return 0;
            }
            int length = take(next++, into);
            if (length > 0) {
                return length;
            }
        }
    }

    private void refill() throws IOException {
        // The kernel has written over those of the last batch only.
        for (int i = 0; i < filled; i++) {
            bytes.putInt(i * MMSGHDR + NAME_LENGTH_AT, SOCKADDR_LL);
        }
        next = 0;
        filled = 0;
        int count = Calls.recvmmsg(descriptor.number(), block.address(0), BATCH, MSG_WAITFORONE, 0);
        if (count > 0) {
            filled = count;
            return;
        }
        int errno = count < 0 ? Calls.errno() : Errno.EAGAIN;
        // A link that goes down is reported once and works again when it comes up; a link that is gone never does.
        if (errno != Errno.EAGAIN && errno != Errno.EINTR && errno != Errno.ENETDOWN) {
            throw new IOException(Errno.text(errno));
        }
    }

    private int take(int slot, byte[] into) {
        int type = bytes.get(NAMES + slot * NAME_SLOT + PACKET_TYPE_AT);
        int length = Math.min(bytes.getInt(slot * MMSGHDR + MSG_LEN), SNAP);
        if (type == PACKET_OUTGOING || length < MACS) {
            return 0;
        }
        int frame = FRAMES + slot * SNAP;
        if (type == PACKET_OTHERHOST && length + TAG <= into.length) {
            return takeTagged(frame, length, into);
        }
        bytes.get(frame, into, 0, length);
        return length;
    }

    /**
     * The kernel takes the tag off a frame of a VLAN that this host has no interface for, and gives it to sockets of the
     * inner protocol as somebody else's. The tag is put back (with the reserved number 4095, for the true one is lost),
     * so that nobody takes the frame for an untagged one.
     */
    private int takeTagged(int frame, int length, byte[] into) {
        bytes.get(frame, into, 0, MACS);
        into[MACS] = (byte) 0x81;
        into[MACS + 1] = 0;
        into[MACS + 2] = 0x0f;
        into[MACS + 3] = (byte) 0xff;
        bytes.get(frame + MACS, into, MACS + TAG, length - MACS);
        return length + TAG;
    }

    @Override
    public void send(byte[] frame, int length) throws IOException {
        if (!descriptor.acquire()) {
            throw new IOException("the socket is closed");
        }
        try {
            check(Calls.send(descriptor.number(), frame, length, Calls.MSG_DONTWAIT));
        } finally {
            descriptor.release();
        }
    }

    @Override
    public void reply(byte[] frame, int length) throws IOException {
        bytes.put(OUT, frame, 0, length);
        check(Calls.send(descriptor.number(), block.address(OUT), length, Calls.MSG_DONTWAIT));
    }

    private static void check(long sent) throws IOException {
        if (sent < 0) {
            throw new IOException(Errno.text(Calls.errno()));
        }
    }

    @Override
    public void wakeUp() {
        // The time-out of the wait does it.
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
