package org.heraldlb.k8ssource.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The little of DER (ITU-T X.690) that wrapping a key needs. */
final class Der {

    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int SEQUENCE = 0x30;

    private Der() {}

    /** One element. {@code parts} are its contents, one after the other. */
    static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            contents.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        writeLength(element, contents.size());
        element.writeBytes(contents.toByteArray());
        return element.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
            return;
        }
        int octets = (39 - Integer.numberOfLeadingZeros(length)) / 8;
        out.write(0x80 | octets);
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.write(length >>> shift);
        }
    }

    /** The first element inside {@code sequence}, which is well-formed. */
    static byte[] first(byte[] sequence) {
        ByteBuffer der = ByteBuffer.wrap(sequence);
        readHeader(der);
        int start = der.position();
        int length = readHeader(der);
        return Arrays.copyOfRange(sequence, start, der.position() + length);
    }

    /** Moves to the contents. @return how many octets they have */
    private static int readHeader(ByteBuffer der) {
        der.get();
        int first = der.get() & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int octets = first & 0x7f; octets > 0; octets--) {
            length = length << 8 | der.get() & 0xff;
        }
        return length;
    }
}
