package org.heraldlb.manifest.tree;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.heraldlb.manifest.tree.TreeException.Fault;

/**
 * One document of a text. Documents are told apart before any of them is read, at lines that start with {@code ---}, so
 * that a broken one does not take the others along.
 *
 * @param text of the document, its separator included
 * @param line how many lines of the whole text stand before it
 */
public record DocumentText(String text, int line) {

    /**
     * Splits a text, one document at a time; parts with nothing but blanks, comments and directives are left out.
     *
     * @throws TreeException when the text is too large to be looked at
     */
    public static Iterator<DocumentText> split(String text) throws TreeException {
        if (text.length() > Limits.TEXT) {
            throw new TreeException(Fault.TOO_LARGE, 0, 0, "longer than " + Limits.TEXT + " characters");
        }
        return new Splitter(text.startsWith("\ufeff") ? text.substring(1) : text);
    }

    /** Looks one document ahead. */
    private static final class Splitter implements Iterator<DocumentText> {
        private final String text;
        private int at;
        private int line;
        private DocumentText next;

        Splitter(String text) {
            this.text = text;
        }

        @Override
        public boolean hasNext() {
            while (next == null && at < text.length()) {
                DocumentText part = part();
                next = isEmpty(part.text()) ? null : part;
            }
            return next != null;
        }

        @Override
        public DocumentText next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            DocumentText found = next;
            next = null;
            return found;
        }

        private DocumentText part() {
            int start = at;
            int startLine = line;
            do {
                at = lineEnd(text, at);
                line++;
            } while (at < text.length() && !isSeparator(text, at));
            return new DocumentText(text.substring(start, at), startLine);
        }
    }

    private static int lineEnd(String text, int from) {
        int newline = text.indexOf('\n', from);
        return newline < 0 ? text.length() : newline + 1;
    }

    private static boolean isSeparator(String text, int at) {
        return text.startsWith("---", at) && (at + 3 == text.length() || text.charAt(at + 3) <= ' ');
    }

    private static boolean isEmpty(String text) {
        for (int at = 0; at < text.length(); at = lineEnd(text, at)) {
            String line = text.substring(at, lineEnd(text, at)).strip();
            boolean says = !line.isEmpty() && line.charAt(0) != '#' && text.charAt(at) != '%';
            if (says && !line.equals("---") && !line.equals("...")) {
                return false;
            }
        }
        return true;
    }

    /**
     * The roots of this text: one, unless JSON values or documents ended by {@code ...} follow each other.
     *
     * @throws TreeException when it is neither JSON nor YAML, or exceeds a limit
     */
    public List<Object> trees() throws TreeException {
        try {
            int json = jsonStart();
            return json < 0 ? YamlTree.read(text) : jsonOrYaml(json);
        } catch (TreeException broken) {
            throw broken.shifted(line);
        }
    }

    /** Where a JSON value starts, perhaps behind the separator; -1 when this is no JSON. */
    private int jsonStart() {
        for (int i = text.startsWith("---") ? 3 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ') {
                return c == '{' || c == '[' ? i : -1;
            }
        }
        return -1;
    }

    private List<Object> jsonOrYaml(int start) throws TreeException {
        try {
            return JsonTree.read(text, start);
        } catch (TreeException broken) {
            if (broken.fault() != Fault.SYNTAX) {
                throw broken;
            }
            return YamlTree.read(text);
        }
    }
}
