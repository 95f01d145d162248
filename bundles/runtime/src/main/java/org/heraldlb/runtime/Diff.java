package org.heraldlb.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to happen so that what is becomes what should be. Compute first, act second: remove, then change, then add.
 *
 * @param removed keys that are and should not be
 * @param changed keys that are both, with different values; the wanted value
 * @param added keys that should be and are not; the wanted value
 * @param kept keys that stay as they are
 * @param <K> key
 * @param <V> value, compared by equals
 */
public record Diff<K, V>(List<K> removed, Map<K, V> changed, Map<K, V> added, List<K> kept) {

    /** Orders follow the iteration orders of the two maps. */
    public static <K, V> Diff<K, V> between(Map<K, ? extends V> is, Map<K, ? extends V> wanted) {
        List<K> removed = new ArrayList<>();
        Map<K, V> changed = new LinkedHashMap<>();
        Map<K, V> added = new LinkedHashMap<>();
        List<K> kept = new ArrayList<>();
        is.keySet().stream().filter(key -> !wanted.containsKey(key)).forEach(removed::add);
        wanted.forEach((key, value) -> {
            if (!is.containsKey(key)) {
                added.put(key, value);
            } else if (is.get(key).equals(value)) {
                kept.add(key);
            } else {
                changed.put(key, value);
            }
        });
        return new Diff<>(removed, changed, added, kept);
    }

    public boolean isEmpty() {
        return removed.isEmpty() && changed.isEmpty() && added.isEmpty();
    }
}
