package org.heraldlb.core.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.ObjectRef;

/**
 * What a source changed from one of its fragments to the next. Where a source keeps its order, what is equal is skipped at
 * the speed of a scan, however the changes are spread: only what is left is looked at by identity. Not thread-safe.
 */
final class FragmentDiff {

    /** What a difference reports. */
    interface Change {
        /** {@code after} is null for an object that is gone. */
        void changed(ObjectRef ref, ConfigObject after);
    }

    /** So many neighbours that came, went or changed are told from a list in another order. */
    private static final int AHEAD = 256;

    /** So often it may lose its way, which costs {@link #AHEAD} each time, before what follows is looked at by identity. */
    private static final int LOST = 16;

    /** So many objects that went, and so many that came. */
    private record Skip(int gone, int come) {
        static final Skip ONE = new Skip(1, 1);
    }

    private final Map<ObjectRef, Integer> counts = new HashMap<>();
    private List<ConfigObject> last = List.of();
    private int repeated;

    /** Reports the objects that differ from those of the call before. The first of two of one identity counts. */
    void next(List<ConfigObject> after, Change change) {
        List<ConfigObject> before = last;
        last = after;
        int head = head(before, after);
        int tail = tail(before, after, head);
        List<ConfigObject> old = new ArrayList<>();
        List<ConfigObject> now = new ArrayList<>();
        scan(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), old, now);
        boolean plain = repeated == 0;
        old.forEach(object -> forget(object.ref()));
        now.forEach(object -> count(object.ref()));
        if (plain && repeated == 0) {
            compare(old, now, change);
        } else {
            // A source that says something twice breaks its contract; only the whole lists tell what counts.
            compare(before, after, change);
        }
    }

    private static int head(List<ConfigObject> before, List<ConfigObject> after) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && same(before.get(head), after.get(head))) {
            head++;
        }
        return head;
    }

    private static int tail(List<ConfigObject> before, List<ConfigObject> after, int head) {
        int most = Math.min(before.size(), after.size()) - head;
        int tail = 0;
        while (tail < most && same(before.get(before.size() - 1 - tail), after.get(after.size() - 1 - tail))) {
            tail++;
        }
        return tail;
    }

    /** What is left of both lists without the pairs of equal ones; where they do not follow each other, all that follows. */
    private static void scan(
            List<ConfigObject> before, List<ConfigObject> after, List<ConfigObject> old, List<ConfigObject> now) {
        int left = 0;
        int right = 0;
        int lost = 0;
        while (left < before.size() && right < after.size() && lost < LOST) {
            if (same(before.get(left), after.get(right))) {
                left++;
                right++;
            } else {
                Skip skip = ahead(before, left, after, right);
                lost += skip == Skip.ONE ? 1 : 0;
                old.addAll(before.subList(left, left += skip.gone));
                now.addAll(after.subList(right, right += skip.come));
            }
        }
        old.addAll(before.subList(left, before.size()));
        now.addAll(after.subList(right, after.size()));
    }

    /** How far it is to where both lists go on with the same object: the nearest place, or one step when there is none near. */
    private static Skip ahead(List<ConfigObject> before, int left, List<ConfigObject> after, int right) {
        for (int step = 1; step <= AHEAD; step++) {
            if (isPair(before, left + step, after, right + step)) {
                return new Skip(step, step);
            } else if (isPair(before, left, after, right + step)) {
                return new Skip(0, step);
            } else if (isPair(before, left + step, after, right)) {
                return new Skip(step, 0);
            }
        }
        return Skip.ONE;
    }

    private static boolean isPair(List<ConfigObject> before, int left, List<ConfigObject> after, int right) {
        return left < before.size() && right < after.size() && before.get(left) == after.get(right);
    }

    private void count(ObjectRef ref) {
        if (counts.merge(ref, 1, Integer::sum) > 1) {
            repeated++;
        }
    }

    private void forget(ObjectRef ref) {
        int left = counts.merge(ref, -1, Integer::sum);
        if (left == 0) {
            counts.remove(ref);
        } else {
            repeated--;
        }
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
