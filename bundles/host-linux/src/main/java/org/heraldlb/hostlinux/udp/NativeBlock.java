package org.heraldlb.hostlinux.udp;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.heraldlb.api.net.IpAddress;

/** A block of native memory, seen as a buffer in the machine's byte order. */
final class NativeBlock {

    /** sockaddr_in6 is the larger one. */
    static final int SOCKADDR_LENGTH = 28;

    private static final int SOCKADDR_IN_LENGTH = 16;

    private final Memory memory;
    final ByteBuffer bytes;
    final long address;

    NativeBlock(int length) {
        memory = new Memory(length);
        memory.clear();
        bytes = memory.getByteBuffer(0, length).order(ByteOrder.nativeOrder());
        address = Pointer.nativeValue(memory);
    }

    /** Writes a sockaddr_in or sockaddr_in6 at {@code at} and returns its length. */
    int putSocketAddress(int at, IpAddress ip, int scope, int port) {
        bytes.putShort(at, (short) (ip.isV4() ? UdpCalls.AF_INET : UdpCalls.AF_INET6));
        putPort(at + 2, port);
        if (ip.isV4()) {
            putBigEndianInt(at + 4, (int) ip.low());
            bytes.putLong(at + 8, 0);
            return SOCKADDR_IN_LENGTH;
        }
        bytes.putInt(at + 4, 0);
        putBigEndianLong(at + 8, ip.high());
        putBigEndianLong(at + 16, ip.low());
        bytes.putInt(at + 24, scope);
        return SOCKADDR_LENGTH;
    }

    private void putPort(int at, int port) {
        bytes.put(at, (byte) (port >>> 8));
        bytes.put(at + 1, (byte) port);
    }

    private void putBigEndianInt(int at, int value) {
        bytes.putInt(at, bytes.order() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value));
    }

    private void putBigEndianLong(int at, long value) {
        bytes.putLong(at, bytes.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value));
    }

    int bigEndianInt(int at) {
        int value = bytes.getInt(at);
        return bytes.order() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }

    long bigEndianLong(int at) {
        long value = bytes.getLong(at);
        return bytes.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
    }

    int port(int at) {
        return (bytes.get(at) & 0xff) << 8 | bytes.get(at + 1) & 0xff;
    }
}
