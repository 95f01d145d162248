package org.heraldlb.manifest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.manifest.print.Printer;
import org.heraldlb.manifest.read.TreeReader;
import org.heraldlb.manifest.tree.DocumentText;
import org.heraldlb.manifest.tree.TreeException;

/**
 * Reads and prints documents. Input of any kind gives problems, never an exception, in time and memory that are
 * proportional to its length. Any thread.
 */
public final class Documents {

    /** Text with more than these is something else altogether; the rest of it is not read. */
    private static final int MOST_PROBLEMS = 1000;

    private Documents() {}

    /**
     * Reads YAML or JSON, one document or many. Documents are numbered from 1: the second one of {@code pools.yaml} is
     * {@code pools.yaml#2} in origins and problems. Documents of groups that are not ours are passed over.
     */
    public static Parsed parse(ReadContext context, String documentName, String text) {
        List<ConfigObject> objects = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        TreeReader reader = new TreeReader(context, objects, problems);
        int index = 0;
        try {
            for (Iterator<DocumentText> rest = DocumentText.split(text); rest.hasNext(); ) {
                index = parse(reader, documentName, index, rest.next(), problems);
                if (problems.size() > MOST_PROBLEMS) {
                    problems.add(tooMany(documentName));
                    break;
                }
            }
        } catch (TreeException tooLarge) {
            problems.add(problem(documentName, tooLarge));
        }
        return new Parsed(objects, problems);
    }

    private static int parse(
            TreeReader reader, String name, int before, DocumentText document, List<Problem> problems) {
        int index = before;
        try {
            for (Object tree : document.trees()) {
                if (problems.size() > MOST_PROBLEMS) {
                    break;
                }
                index++;
                reader.read(name + "#" + index, tree);
            }
        } catch (TreeException broken) {
            index++;
            problems.add(problem(name + "#" + index, broken));
        }
        return index;
    }

    private static Problem tooMany(String document) {
        String text = "more than " + MOST_PROBLEMS + " problems: the rest is not read";
        return Problem.error(Code.TOO_MANY_PROBLEMS.text(), document, text).at(document, "", "");
    }

    private static Problem problem(String document, TreeException broken) {
        Code code =
                switch (broken.fault()) {
                    case SYNTAX -> Code.INVALID_SYNTAX;
                    case DUPLICATE_KEY -> Code.DUPLICATE_KEY;
                    case TOO_DEEP -> Code.NESTING_TOO_DEEP;
                    case TOO_LARGE -> Code.DOCUMENT_TOO_LARGE;
                    case TOO_MANY_ALIASES -> Code.TOO_MANY_ALIASES;
                    case UNKNOWN_TAG -> Code.UNKNOWN_TAG;
                };
        String place = broken.place();
        String text = place.isEmpty() ? broken.getMessage() : place + ": " + broken.getMessage();
        return Problem.error(code.text(), document, text).at(document, place, "");
    }

    /**
     * Reads one document, or one list document, that is a tree already.
     *
     * @param tree of Map, List, String, Boolean and Number
     */
    public static Parsed read(ReadContext context, String documentName, Map<String, Object> tree) {
        List<ConfigObject> objects = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        new TreeReader(context, objects, problems).read(documentName, tree);
        return new Parsed(objects, problems);
    }

    /**
     * The object as one YAML document. Reading it with {@link ReadContext#files} gives an equal object but for its
     * origin. Beware: passwords and secrets are printed, as they must be.
     */
    public static String print(ConfigObject object) {
        return Printer.print(object);
    }
}
