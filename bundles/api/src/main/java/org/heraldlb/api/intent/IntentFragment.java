package org.heraldlb.api.intent;

import java.util.List;
import org.heraldlb.api.Problem;

/**
 * Everything that one source wants, as one value.
 *
 * @param source id of the source, such as {@code file}; the same in every fragment of it
 * @param generation grows with each change
 * @param synced false until the source has read everything once; core waits for it before it takes an address away
 * @param objects all good objects; for a document that turned bad, its last good objects
 * @param problems what was refused, and why
 */
public record IntentFragment(
        String source, long generation, boolean synced, List<ConfigObject> objects, List<Problem> problems) {

    public IntentFragment {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
    }

    /** Nothing yet. */
    public static IntentFragment unsynced(String source) {
        return new IntentFragment(source, 0, false, List.of(), List.of());
    }
}
