package org.heraldlb.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.IntentFragment;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.core.merge.Merge;
import org.heraldlb.core.merge.Merged;
import org.heraldlb.manifest.Code;
import org.heraldlb.manifest.CrossCheckOptions;
import org.heraldlb.manifest.Documents;
import org.heraldlb.manifest.Parsed;
import org.heraldlb.manifest.ReadContext;

/** The objects that were applied so far, as an API server would keep them. */
final class Documented {

    private static final String SOURCE = "files";

    private final Map<ObjectRef, ConfigObject> objects = new LinkedHashMap<>();
    private final List<Problem> refused = new ArrayList<>();
    private Collection<ConfigObject> lastGood = List.of();
    private long generation;

    /** Adds the objects of {@code input} and replaces those of equal identity. */
    void apply(Input input) {
        Set<ObjectRef> seen = new HashSet<>();
        for (Input.Text text : input.texts()) {
            add(Documents.parse(ReadContext.files(SOURCE), text.name(), text.content()), seen);
        }
    }

    /** As {@link #apply}, for objects that are trees already. */
    void apply(List<Tree> trees) {
        Set<ObjectRef> seen = new HashSet<>();
        for (Tree tree : trees) {
            add(Documents.read(ReadContext.files(SOURCE), tree.document(), tree.fields()), seen);
        }
    }

    private void add(Parsed parsed, Set<ObjectRef> seen) {
        refused.addAll(parsed.problems());
        for (ConfigObject object : parsed.objects()) {
            if (seen.add(object.ref())) {
                objects.put(object.ref(), object);
            } else {
                refused.add(twice(object));
            }
        }
    }

    /** Forgets the objects, not what was good. */
    void clear() {
        objects.clear();
        refused.clear();
    }

    private static Problem twice(ConfigObject object) {
        return Problem.error(
                        Code.DUPLICATE_DEFINITION.text(),
                        object.ref().toString(),
                        "duplicate definition of " + object.ref())
                .at(object.origin().document(), "metadata.name", object.name());
    }

    /** What the objects say together; problems of all documents since the last {@link #clear} included. */
    Merged merge() {
        IntentFragment fragment =
                new IntentFragment(SOURCE, ++generation, true, List.copyOf(objects.values()), refused);
        Merged merged = Merge.merge(List.of(fragment), lastGood, CrossCheckOptions.DEFAULT);
        lastGood = merged.accepted();
        return merged;
    }
}
