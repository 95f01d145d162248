package org.heraldlb.manifest.tree;

import java.util.Collection;
import java.util.Map;

/** Writes a tree of Map, Collection, String, Boolean and Number as block YAML that every YAML 1.1 and 1.2 reader reads alike. */
public final class YamlWriter {

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    public static String write(Map<String, ?> root) {
        YamlWriter writer = new YamlWriter();
        writer.map(root, 0);
        return writer.out.toString();
    }

    private void map(Map<?, ?> map, int indent) {
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                indent(indent);
            }
            first = false;
            out.append(text(String.valueOf(entry.getKey()))).append(':');
            value(entry.getValue(), indent);
        }
    }

    /** Behind a key: scalars and empty collections on the same line. */
    private void value(Object value, int indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            indent(indent + 2);
            map(map, indent + 2);
        } else if (value instanceof Collection<?> list && !list.isEmpty()) {
            out.append('\n');
            indent(indent + 2);
            list(list, indent + 2);
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void list(Collection<?> list, int indent) {
        boolean first = true;
        for (Object item : list) {
            if (!first) {
                indent(indent);
            }
            first = false;
            out.append("- ");
            if (item instanceof Map<?, ?> map && !map.isEmpty()) {
                map(map, indent + 2);
            } else if (item instanceof Collection<?> inner && !inner.isEmpty()) {
                list(inner, indent + 2);
            } else {
                out.append(scalar(item)).append('\n');
            }
        }
    }

    private void indent(int columns) {
        out.append(" ".repeat(columns));
    }

    private static String scalar(Object value) {
        if (value instanceof Map) {
            return "{}";
        }
        if (value instanceof Collection) {
            return "[]";
        }
        return value instanceof String text ? text(text) : String.valueOf(value);
    }

    private static String text(String text) {
        return isPlain(text) && !Scalars.meansSomethingElse(text) ? text : quoted(text);
    }

    /**
     * True for text that needs no quotes unless it looks like another type. Digits with colons are numbers to the base 60
     * for some readers, and digits with dashes are dates.
     */
    private static boolean isPlain(String text) {
        if (text.isEmpty() || !Character.isLetterOrDigit(text.charAt(0)) || text.endsWith(":")) {
            return false;
        }
        if (text.charAt(0) <= '9' && (text.indexOf(':') >= 0 || text.indexOf('-') >= 0)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!word && "-_./:".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** JSON's quotes are YAML's double quotes. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
