package org.heraldlb.shell.internal;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what a command writes, up to a bound; a note tells where the rest is missing. Not thread-safe. */
final class BoundedOutput extends OutputStream {

    private static final int BOUND = 16 << 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean cut;

    @Override
    public void write(int octet) {
        if (kept.size() < BOUND) {
            kept.write(octet);
        } else {
            cut = true;
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        int room = Math.min(length, BOUND - kept.size());
        kept.write(bytes, from, room);
        cut |= room < length;
    }

    String text() {
        return kept.toString(StandardCharsets.UTF_8) + (cut ? "\n... the rest is too long to show\n" : "");
    }
}
