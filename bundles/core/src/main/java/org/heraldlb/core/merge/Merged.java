package org.heraldlb.core.merge;

import java.util.Collection;
import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Intent;

/**
 * The merged intent.
 *
 * @param intent one object of each identity, checked
 * @param accepted the checked objects, for the next merge: the last good configuration. Services and endpoint slices are
 *     not among them, since no rule between objects concerns them
 * @param problems of the sources, of the merge and of the check, sorted
 */
public record Merged(Intent intent, Collection<ConfigObject> accepted, List<Problem> problems) {

    /** Nothing merged yet. */
    public static final Merged EMPTY = new Merged(Intent.EMPTY, List.of(), List.of());

    public Merged {
        accepted = List.copyOf(accepted);
        problems = List.copyOf(problems);
    }
}
