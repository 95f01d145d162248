package org.heraldlb.manifest.tree;

import java.io.Reader;

/**
 * Reads text for SnakeYAML Engine, which fails when what it reads at once fills its buffer and ends in the middle of a
 * surrogate pair: this leaves it a place for the other half. One thread.
 */
final class TextReader extends Reader {

    private final String text;
    private int at;

    TextReader(String text) {
        this.text = text;
    }

    @Override
    public int read(char[] into) {
        return read(into, 0, into.length - 1);
    }

    @Override
    public int read(char[] into, int offset, int length) {
        int count = Math.min(length, text.length() - at);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        text.getChars(at, at + count, into, offset);
        at += count;
        return count;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
