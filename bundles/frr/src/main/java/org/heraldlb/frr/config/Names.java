package org.heraldlb.frr.config;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Names as FRR can take them: one word without blanks, quotes or anything that a command line could give a meaning to.
 * Everything of ours begins with {@link #OURS}.
 */
public final class Names {

    /** What is called so is ours; nothing else is. */
    public static final String OURS = "herald-";
    /** Neighbours have no names of their own: ours are told by their description. */
    public static final String DESCRIPTION = "herald ";

    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_.:@-]{1,36}");
    private static final Pattern PASSWORD = Pattern.compile("[\\x21-\\x7e]{1,80}");

    private Names() {}

    /** Letters, digits, dots, hyphens and underscores as they are, every other octet of the UTF-8 form as {@code %XX}. */
    public static String encode(String name) {
        StringBuilder out = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._-".indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", (int) c));
            }
        }
        return out.toString();
    }

    /** The inverse of {@link #encode}. */
    public static String decode(String word) {
        byte[] octets = new byte[word.length()];
        int length = 0;
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) == '%' && i + 2 < word.length()) {
                octets[length++] = (byte) Integer.parseInt(word, i + 1, i + 3, 16);
                i += 2;
            } else {
                octets[length++] = (byte) word.charAt(i);
            }
        }
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }

    /** An interface or a VRF: what Linux and FRR both take, and nothing that would be two words. */
    public static boolean isDevice(String name) {
        return DEVICE.matcher(name).matches() && !name.startsWith("-");
    }

    /** FRR reads a password as the rest of the line, joins blanks, and takes at most 80 characters. */
    public static boolean isPassword(String text) {
        return PASSWORD.matcher(text).matches();
    }
}
