package org.heraldlb.shell.door;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client asks for.
 *
 * @param columns width of its terminal, 0 when it has none
 * @param colour whether it shows colours
 * @param command the command line, stripped
 */
public record Request(int columns, boolean colour, String command) {

    private static final Pattern TERMINAL = Pattern.compile("columns=(\\d{1,4}) color=([01])\\R?");

    /** Reads the text of a request; a missing terminal line means no terminal. */
    public static Request parse(String text) {
        Matcher terminal = TERMINAL.matcher(text);
        if (!terminal.lookingAt()) {
            return new Request(0, false, text.strip());
        }
        String command = text.substring(terminal.end()).strip();
        return new Request(
                Integer.parseInt(terminal.group(1)), terminal.group(2).equals("1"), command);
    }
}
