package org.heraldlb.view;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Writes a tree of records, maps, iterables, texts, numbers and booleans as JSON (RFC 8259). A record becomes an object
 * with its components in declared order; an empty {@link Optional} or {@link OptionalLong} component is left out.
 * Anything else is a programming error, so that no value reaches a client by accident of its {@code toString}.
 */
public final class Json {

    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;
    private int depth;

    private Json(boolean pretty) {
        this.pretty = pretty;
    }

    /** On one line. */
    public static String compact(Object tree) {
        return write(tree, false);
    }

    /** Indented, for people. */
    public static String pretty(Object tree) {
        return write(tree, true);
    }

    private static String write(Object tree, boolean pretty) {
        Json json = new Json(pretty);
        json.value(tree);
        return json.out.toString();
    }

    private void value(Object value) {
        if (value instanceof CharSequence text) {
            text(text);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Record object) {
            object(members -> components(object, members));
        } else if (value instanceof Map<?, ?> map) {
            object(members -> map.forEach((key, item) -> members.member(String.valueOf(key), item)));
        } else if (value instanceof Iterable<?> items) {
            array(items);
        } else {
            throw new IllegalArgumentException(value.getClass().getName() + " has no JSON form");
        }
    }

    /** Takes the members of one object, in order. */
    private interface Members {
        void member(String name, Object value);
    }

    private void object(Consumer<Members> body) {
        out.append('{');
        depth++;
        int start = out.length();
        body.accept((name, value) -> {
            separate(start);
            text(name);
            out.append(pretty ? ": " : ":");
            value(value);
        });
        close(start, '}');
    }

    private void array(Iterable<?> items) {
        out.append('[');
        depth++;
        int start = out.length();
        for (Iterator<?> each = items.iterator(); each.hasNext(); ) {
            separate(start);
            value(each.next());
        }
        close(start, ']');
    }

    private void separate(int start) {
        if (out.length() > start) {
            out.append(',');
        }
        newLine();
    }

    private void close(int start, char bracket) {
        depth--;
        if (out.length() > start) {
            newLine();
        }
        out.append(bracket);
    }

    private void newLine() {
        if (pretty) {
            out.append('\n').append(INDENT.repeat(depth));
        }
    }

    private static void components(Record object, Members members) {
        for (RecordComponent component : object.getClass().getRecordComponents()) {
            Object value = read(component, object);
            if (value instanceof Optional<?> optional) {
                optional.ifPresent(present -> members.member(component.getName(), present));
            } else if (value instanceof OptionalLong optional) {
                optional.ifPresent(present -> members.member(component.getName(), present));
            } else {
                members.member(component.getName(), value);
            }
        }
    }

    private static Object read(RecordComponent component, Record object) {
        try {
            return component.getAccessor().invoke(object);
        } catch (IllegalAccessException | InvocationTargetException hidden) {
            throw new IllegalArgumentException(object.getClass().getName() + " is not a public record", hidden);
        }
    }

    private void text(CharSequence text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ' || c == '<' || c == '>' || c == '&' || c >= 0x7f && c <= 0x9f || Character.isSurrogate(c)) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
