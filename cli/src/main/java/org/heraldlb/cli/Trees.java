package org.heraldlb.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.Problem;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.tree.DocumentText;
import org.heraldlb.manifest.tree.TreeException;

/**
 * The objects of texts, lists taken apart.
 *
 * @param objects in the order of the texts
 * @param problems of texts that are neither YAML nor JSON
 */
record Trees(List<Tree> objects, List<Problem> problems) {

    static Trees of(List<Input> inputs) {
        Trees trees = new Trees(new ArrayList<>(), new ArrayList<>());
        inputs.forEach(input -> input.texts().forEach(trees::read));
        return trees;
    }

    private void read(Input.Text text) {
        int index = 0;
        try {
            for (Iterator<DocumentText> rest = DocumentText.split(text.content()); rest.hasNext(); ) {
                for (Object root : rest.next().trees()) {
                    index++;
                    String document = text.name() + "#" + index;
                    Tree.of(document, root).ifPresent(this::add);
                }
            }
        } catch (TreeException broken) {
            String document = text.name() + "#" + (index + 1);
            problems.add(Problem.error(Code.INVALID_SYNTAX.text(), document, broken.getMessage())
                    .at(document, broken.place(), ""));
        }
    }

    private void add(Tree tree) {
        if (!tree.kind().endsWith("List")) {
            objects.add(tree);
            return;
        }
        String kind = tree.kind().substring(0, tree.kind().length() - "List".length());
        int index = 0;
        for (Tree item : tree.children("items")) {
            Map<String, Object> fields = item.fields();
            fields.putIfAbsent("apiVersion", tree.fields().get("apiVersion"));
            fields.putIfAbsent("kind", kind);
            objects.add(new Tree(tree.document() + ".items[" + index++ + "]", fields));
        }
    }
}
