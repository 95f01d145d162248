package org.heraldlb.manifest.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.heraldlb.manifest.tree.TreeException.Fault;

/** Builds the same trees as {@link YamlTree} from a stream of JSON values (RFC 8259). */
final class JsonTree {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final String text;
    private int at;
    private int nodes;

    private JsonTree(String text, int start) {
        this.text = text;
        this.at = start;
    }

    /** All values of {@code text} from {@code start} on, which may follow each other with nothing but blanks between them. */
    static List<Object> read(String text, int start) throws TreeException {
        JsonTree tree = new JsonTree(text, start);
        List<Object> roots = new ArrayList<>(1);
        tree.blanks();
        while (tree.at < text.length()) {
            roots.add(tree.value(0));
            tree.blanks();
        }
        return roots;
    }

    private Object value(int depth) throws TreeException {
        if (depth > Limits.DEPTH) {
            throw fault(Fault.TOO_DEEP, "maps and lists stand in each other at most " + Limits.DEPTH + " deep");
        }
        if (++nodes > Limits.JSON_NODES) {
            throw fault(Fault.TOO_LARGE, "more than " + Limits.JSON_NODES + " values");
        }
        return switch (peek()) {
            case '{' -> map(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> map(int depth) throws TreeException {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        for (boolean first = true; !end('}', first); first = false) {
            blanks();
            if (peek() != '"') {
                throw fault(Fault.SYNTAX, "a key stands in double quotes");
            }
            String key = string();
            blanks();
            expect(':');
            blanks();
            Object value = value(depth + 1);
            if (map.containsKey(key)) {
                throw fault(Fault.DUPLICATE_KEY, "key \"" + key + "\" is there twice");
            }
            map.put(key, value);
        }
        return map;
    }

    private List<Object> list(int depth) throws TreeException {
        List<Object> list = new ArrayList<>();
        at++;
        for (boolean first = true; !end(']', first); first = false) {
            blanks();
            list.add(value(depth + 1));
        }
        return list;
    }

    /** Steps over {@code close} or, between elements, over a comma. */
    private boolean end(char close, boolean first) throws TreeException {
        blanks();
        if (peek() == close) {
            at++;
            return true;
        }
        if (!first) {
            expect(',');
        }
        return false;
    }

    private String string() throws TreeException {
        StringBuilder out = new StringBuilder();
        at++;
        for (char c = peek(); c != '"'; c = peek()) {
            if (c < ' ') {
                throw fault(Fault.SYNTAX, "a control character in a string");
            }
            at++;
            out.append(c == '\\' ? escape() : c);
        }
        at++;
        return out.toString();
    }

    private char escape() throws TreeException {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw fault(Fault.SYNTAX, "unknown escape");
        };
    }

    private char unicode() throws TreeException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw fault(Fault.SYNTAX, "four hex digits follow a \\u");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private Object word(String word, Object value) throws TreeException {
        if (!text.startsWith(word, at)) {
            throw fault(Fault.SYNTAX, "not a JSON value");
        }
        at += word.length();
        return value;
    }

    private Object number() throws TreeException {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (!NUMBER.matcher(digits).matches()) {
            at = start;
            throw fault(Fault.SYNTAX, "not a JSON value");
        }
        return Scalars.number(digits);
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) throws TreeException {
        if (peek() != c) {
            throw fault(Fault.SYNTAX, "\"" + c + "\" is missing");
        }
        at++;
    }

    private char peek() throws TreeException {
        if (at >= text.length()) {
            throw fault(Fault.SYNTAX, "the text ends too early");
        }
        return text.charAt(at);
    }

    private TreeException fault(Fault fault, String message) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < at; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new TreeException(fault, line, at - start + 1, message);
    }
}
