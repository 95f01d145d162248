package org.heraldlb.manifest;

import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;

/**
 * What became of a set of objects.
 *
 * @param accepted consistent with each other: the checked kinds by reference, then all others as they came
 * @param problems why objects were refused or held back, sorted
 */
public record Checked(List<ConfigObject> accepted, List<Problem> problems) {
    public Checked {
        accepted = List.copyOf(accepted);
        problems = List.copyOf(problems);
    }
}
