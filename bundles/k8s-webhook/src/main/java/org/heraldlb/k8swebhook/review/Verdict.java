package org.heraldlb.k8swebhook.review;

import java.util.List;
import java.util.Optional;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;

/**
 * What becomes of a review.
 *
 * @param refusals empty when it is allowed
 * @param warnings what whoever asks should see
 * @param object what is stored when it is allowed; empty when that is no matter of ours
 */
public record Verdict(List<Problem> refusals, List<String> warnings, Optional<ConfigObject> object) {

    public Verdict {
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    static Verdict allowed(List<String> warnings, ConfigObject object) {
        return new Verdict(List.of(), warnings, Optional.of(object));
    }

    static Verdict allowed(List<String> warnings) {
        return new Verdict(List.of(), warnings, Optional.empty());
    }

    static Verdict refused(List<Problem> refusals, List<String> warnings) {
        return new Verdict(refusals, warnings, Optional.empty());
    }

    public boolean isAllowed() {
        return refusals.isEmpty();
    }

    /** All refusals in one text, a line each: the object, the field, the rule, and what to do. */
    public String message() {
        return String.join("\n", refusals.stream().map(Verdict::line).toList());
    }

    static String line(Problem problem) {
        String path = problem.place().path();
        boolean named = path.isEmpty() || problem.text().contains(path);
        String fix = problem.fix().isEmpty() ? "" : "; " + problem.fix();
        return problem.subject() + ": " + (named ? "" : path + ": ") + problem.text() + fix;
    }
}
