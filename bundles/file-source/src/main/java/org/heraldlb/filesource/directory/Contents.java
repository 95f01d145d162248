package org.heraldlb.filesource.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.ObjectRef;

/**
 * What the whole directory stands for.
 *
 * @param objects no two of one identity
 * @param problems sorted
 */
public record Contents(List<ConfigObject> objects, List<Problem> problems) {

    public Contents {
        objects = List.copyOf(objects);
        problems = problems.stream().sorted().toList();
    }

    /** Puts files together; of two objects of one identity the first stays. */
    static final class Collector {

        private final Map<ObjectRef, ConfigObject> byRef = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        void object(ConfigObject object) {
            ConfigObject first = byRef.putIfAbsent(object.ref(), object);
            if (first != null) {
                problems.add(DirectoryProblems.duplicate(first, object));
            }
        }

        void problem(Problem problem) {
            problems.add(problem);
        }

        Contents contents() {
            return new Contents(new ArrayList<>(byRef.values()), problems);
        }
    }
}
