package org.heraldlb.view;

/**
 * What is written upon.
 *
 * @param columns width of the terminal, 0 when it has none: nothing is shortened then
 * @param colour true: ANSI colours are welcome
 */
public record Paper(int columns, boolean colour) {

    /** A file or a pipe. */
    public static final Paper PLAIN = new Paper(0, false);

    private static final String RESET = "\u001b[0m";

    /** Something that works. */
    public String good(String text) {
        return paint("\u001b[32m", text);
    }

    /** Something that works, but not as it should. */
    public String doubtful(String text) {
        return paint("\u001b[33m", text);
    }

    /** Something that does not work. */
    public String bad(String text) {
        return paint("\u001b[31m", text);
    }

    /** A heading. */
    public String strong(String text) {
        return paint("\u001b[1m", text);
    }

    private String paint(String code, String text) {
        return colour && !text.isEmpty() ? code + text + RESET : text;
    }
}
