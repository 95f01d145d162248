package org.heraldlb.filesource.directory;

import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;

/**
 * What came of reading one file.
 *
 * @param outcome what it means for the file's objects
 * @param objects good objects, in the file's order
 * @param problems errors and warnings
 */
public record Reading(Outcome outcome, List<ConfigObject> objects, List<Problem> problems) {

    /** What a reading means for the file's objects. */
    public enum Outcome {
        /** Every document is good. */
        GOOD,
        /** At least one document is not: the file as it was before stays in force. */
        BAD,
        /** The file could not be read; the next try may do better without the file changing. */
        FAILED,
        /** The file changed while it was read: nothing is known. */
        OVERTAKEN
    }

    private static final Reading OVERTAKEN = new Reading(Outcome.OVERTAKEN, List.of(), List.of());

    public Reading {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
    }

    /** Good unless a problem is an error. */
    public static Reading of(List<ConfigObject> objects, List<Problem> problems) {
        boolean bad = problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        return new Reading(bad ? Outcome.BAD : Outcome.GOOD, objects, problems);
    }

    /** The content itself is not fit to be parsed. */
    public static Reading unfit(Problem problem) {
        return new Reading(Outcome.BAD, List.of(), List.of(problem));
    }

    public static Reading failed(Problem problem) {
        return new Reading(Outcome.FAILED, List.of(), List.of(problem));
    }

    public static Reading overtaken() {
        return OVERTAKEN;
    }
}
