package org.heraldlb.manifest.tree;

/** Text that is no document at all: where, and what is wrong with it. */
public final class TreeException extends Exception {

    private final Fault fault;
    private final int line;
    private final int column;

    /** Why text is refused. */
    public enum Fault {
        SYNTAX,
        DUPLICATE_KEY,
        TOO_DEEP,
        TOO_LARGE,
        TOO_MANY_ALIASES,
        UNKNOWN_TAG
    }

    /** @param line and {@code column} count from 1; 0 where unknown */
    public TreeException(Fault fault, int line, int column, String message) {
        super(message);
        this.fault = fault;
        this.line = line;
        this.column = column;
    }

    public Fault fault() {
        return fault;
    }

    /** {@code line 3, column 5}, or empty where unknown. */
    public String place() {
        return line == 0 ? "" : "line " + line + ", column " + column;
    }

    /** The same fault in a text that starts {@code lines} further down. */
    public TreeException shifted(int lines) {
        return line == 0 ? this : new TreeException(fault, line + lines, column, getMessage());
    }
}
