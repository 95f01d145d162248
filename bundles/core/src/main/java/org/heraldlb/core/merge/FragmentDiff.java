package org.heraldlb.core.merge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.ObjectRef;

/** What a source changed between two of its fragments. */
final class FragmentDiff {

    /** What a difference reports. */
    interface Change {
        /** {@code after} is null for an object that is gone. */
        void changed(ObjectRef ref, ConfigObject after);
    }

    private FragmentDiff() {}

    /**
     * Reports objects that differ. The equal beginning and end of the two lists are skipped at the speed of a scan: that
     * is all there is to do where a source keeps its order and its objects. The first of two objects of one identity counts.
     */
    static void between(List<ConfigObject> before, List<ConfigObject> after, Change change) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && same(before.get(head), after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && same(before.get(before.size() - 1 - tail), after.get(after.size() - 1 - tail))) {
            tail++;
        }
        compare(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), change);
    }

    private static void compare(List<ConfigObject> before, List<ConfigObject> after, Change change) {
        Map<ObjectRef, ConfigObject> gone = byRef(before);
        byRef(after).forEach((ref, object) -> {
            ConfigObject was = gone.remove(ref);
            if (was == null || !same(was, object)) {
                change.changed(ref, object);
            }
        });
        gone.keySet().forEach(ref -> change.changed(ref, null));
    }

    private static Map<ObjectRef, ConfigObject> byRef(List<ConfigObject> objects) {
        Map<ObjectRef, ConfigObject> byRef = new LinkedHashMap<>();
        objects.forEach(object -> byRef.putIfAbsent(object.ref(), object));
        return byRef;
    }

    private static boolean same(ConfigObject left, ConfigObject right) {
        return left == right || left.equals(right);
    }
}
