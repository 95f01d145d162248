package org.heraldlb.bfd.packet;

import java.nio.ByteBuffer;
import org.heraldlb.api.bfd.BfdState;

/**
 * A view of one control packet in a buffer. It is moved from packet to packet instead of being made anew, because a
 * session that runs at 10 ms must not feed the garbage collector.
 *
 * <pre>
 *  0                   1                   2                   3
 * |Vers |  Diag   |Sta|P|F|C|A|D|M|  Detect Mult  |    Length     |
 * |                       My Discriminator                        |
 * |                      Your Discriminator                       |
 * |                    Desired Min TX Interval                    |
 * |                   Required Min RX Interval                    |
 * |                 Required Min Echo RX Interval                 |
 * |   Auth Type   |   Auth Len    |    Authentication Data...     |
 * </pre>
 */
public final class ControlPacket {

    /** Length of a packet without authentication. */
    public static final int LENGTH = 24;

    /** The longest packet there is: with keyed SHA1. */
    public static final int MAX_LENGTH = LENGTH + 28;

    public static final int POLL = 0x20;
    public static final int FINAL = 0x10;
    public static final int CONTROL_PLANE_INDEPENDENT = 0x08;
    public static final int AUTHENTICATION = 0x04;
    public static final int DEMAND = 0x02;
    public static final int MULTIPOINT = 0x01;

    private static final int VERSION = 1;
    private static final int MIN_AUTHENTICATED = 26;
    private static final BfdState[] STATES = {BfdState.ADMIN_DOWN, BfdState.DOWN, BfdState.INIT, BfdState.UP};

    private ByteBuffer buffer = ByteBuffer.allocate(LENGTH);

    /** Looks at the packet between the buffer's position and limit from now on. The buffer is not moved. */
    public ControlPacket on(ByteBuffer packet) {
        buffer = packet;
        return this;
    }

    /**
     * The checks of RFC 5880 section 6.8.6 that need no session.
     *
     * @return null when the packet is well formed; the other getters are defined then
     */
    public Discard malformed() {
        int available = buffer.remaining();
        if (available < LENGTH) {
            return Discard.TOO_SHORT;
        }
        if ((at(0) & 0xff) >>> 5 != VERSION) {
            return Discard.VERSION;
        }
        if (length() < (has(AUTHENTICATION) ? MIN_AUTHENTICATED : LENGTH) || length() > available) {
            return Discard.LENGTH;
        }
        if (detectMultiplier() == 0) {
            return Discard.DETECT_MULT_ZERO;
        }
        return malformedFlags();
    }

    private Discard malformedFlags() {
        if (has(MULTIPOINT)) {
            return Discard.MULTIPOINT;
        }
        if (myDiscriminator() == 0) {
            return Discard.MY_DISCRIMINATOR_ZERO;
        }
        if (has(POLL) && has(FINAL)) {
            return Discard.POLL_AND_FINAL;
        }
        boolean knowsUs = state() == BfdState.INIT || state() == BfdState.UP;
        return yourDiscriminator() == 0 && knowsUs ? Discard.YOUR_DISCRIMINATOR_ZERO : null;
    }

    private byte at(int offset) {
        return buffer.get(buffer.position() + offset);
    }

    private int intAt(int offset) {
        return buffer.getInt(buffer.position() + offset);
    }

    /** RFC 5880 section 4.1 diagnostic code, 0 to 31. */
    public int diagnostic() {
        return at(0) & 0x1f;
    }

    public BfdState state() {
        return STATES[(at(1) & 0xc0) >>> 6];
    }

    /** True when all bits of {@code flag} are set. */
    public boolean has(int flag) {
        return (at(1) & flag) == flag;
    }

    /** 1 to 255. */
    public int detectMultiplier() {
        return at(2) & 0xff;
    }

    /** Length of the whole packet as it says. */
    public int length() {
        return at(3) & 0xff;
    }

    public int myDiscriminator() {
        return intAt(4);
    }

    public int yourDiscriminator() {
        return intAt(8);
    }

    /** Microseconds, 32 bits unsigned. */
    public long desiredMinTxMicros() {
        return intAt(12) & 0xffff_ffffL;
    }

    /** Microseconds, 32 bits unsigned; 0 means: send me nothing. */
    public long requiredMinRxMicros() {
        return intAt(16) & 0xffff_ffffL;
    }

    /** Microseconds, 32 bits unsigned; 0 means: send me no echoes. */
    public long requiredMinEchoRxMicros() {
        return intAt(20) & 0xffff_ffffL;
    }

    /** The buffer that is looked at, for authentication, which covers the whole packet. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Wire value of a state. */
    static int code(BfdState state) {
        return switch (state) {
            case DOWN -> 1;
            case INIT -> 2;
            case UP -> 3;
            case ADMIN_DOWN, UNAVAILABLE -> 0;
        };
    }

    /** Writes the first four octets: version 1, diagnostic, state, flags, multiplier, length. */
    public static void putHead(ByteBuffer out, BfdState state, int diagnostic, int flags, int multiplier, int length) {
        out.put((byte) (VERSION << 5 | diagnostic & 0x1f));
        out.put((byte) (code(state) << 6 | flags & 0x3f));
        out.put((byte) multiplier);
        out.put((byte) length);
    }
}
