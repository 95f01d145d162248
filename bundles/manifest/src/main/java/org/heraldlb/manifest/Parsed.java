package org.heraldlb.manifest;

import java.util.List;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;

/**
 * What became of some text.
 *
 * @param objects of the good documents, in the order of the text
 * @param problems of all documents, in the order of the text; a document with an error gives no object
 */
public record Parsed(List<ConfigObject> objects, List<Problem> problems) {
    public Parsed {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
    }

    /** True when nothing was refused; there may be warnings. */
    public boolean isClean() {
        return problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }
}
