package org.heraldlb.core.sorted;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An immutable map in key order. A changed copy costs one copy of two arrays, and two versions of one map are compared
 * at the speed of a scan, because unchanged keys and values are the same objects.
 *
 * @param <K> key, in natural order
 * @param <V> value, never null
 */
public final class SortedArrayMap<K extends Comparable<? super K>, V> extends AbstractMap<K, V> {

    private static final SortedArrayMap<?, ?> EMPTY = new SortedArrayMap<>(new Object[0], new Object[0]);

    private final Object[] keys;
    private final Object[] values;
    private final List<V> valueList;

    @SuppressWarnings("unchecked")
    private SortedArrayMap(Object[] keys, Object[] values) {
        this.keys = keys;
        this.values = values;
        this.valueList = (List<V>) Collections.unmodifiableList(Arrays.asList(values));
    }

    @SuppressWarnings("unchecked")
    public static <K extends Comparable<? super K>, V> SortedArrayMap<K, V> empty() {
        return (SortedArrayMap<K, V>) EMPTY;
    }

    /** The same entries in key order; {@code map} itself when it is one of these. */
    public static <K extends Comparable<? super K>, V> SortedArrayMap<K, V> copyOf(Map<K, V> map) {
        if (map instanceof SortedArrayMap<K, V> sorted) {
            return sorted;
        }
        return SortedArrayMap.<K, V>empty().with(map);
    }

    private static <K extends Comparable<? super K>, V> SortedArrayMap<K, V> of(Object[] keys, Object[] values) {
        return keys.length == 0 ? empty() : new SortedArrayMap<>(keys, values);
    }

    /**
     * A copy with {@code changes}, in any order: a null value removes the key. Returns this when nothing is different by
     * identity.
     */
    public SortedArrayMap<K, V> with(Map<K, V> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        Object[] changedKeys = new Object[changes.size()];
        Object[] changedValues = new Object[changes.size()];
        int size = 0;
        boolean removes = false;
        for (Map.Entry<K, V> change : changes.entrySet()) {
            changedKeys[size] = change.getKey();
            changedValues[size++] = change.getValue();
            removes |= change.getValue() == null;
        }
        if (!inOrder(changedKeys)) {
            int[] order = order(changedKeys);
            changedKeys = permuted(changedKeys, order);
            changedValues = permuted(changedValues, order);
        }
        return keys.length == 0 && !removes ? of(changedKeys, changedValues) : with(changedKeys, changedValues);
    }

    private static boolean inOrder(Object[] keys) {
        for (int i = 1; i < keys.length; i++) {
            if (compare(keys[i - 1], keys[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static int[] order(Object[] keys) {
        int[] known = AddressOrder.of(keys);
        return known != null
                ? known
                : IntStream.range(0, keys.length)
                        .boxed()
                        .sorted((a, b) -> compare(keys[a], keys[b]))
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    private static Object[] permuted(Object[] array, int[] order) {
        Object[] permuted = new Object[order.length];
        for (int i = 0; i < order.length; i++) {
            permuted[i] = array[order[i]];
        }
        return permuted;
    }

    private SortedArrayMap<K, V> with(Object[] changedKeys, Object[] changedValues) {
        Object[] newKeys = new Object[keys.length + changedKeys.length];
        Object[] newValues = new Object[newKeys.length];
        int from = 0;
        int to = 0;
        boolean different = false;
        for (int i = 0; i < changedKeys.length; i++) {
            int found = find(changedKeys[i], from);
            int at = found >= 0 ? found : -found - 1;
            System.arraycopy(keys, from, newKeys, to, at - from);
            System.arraycopy(values, from, newValues, to, at - from);
            to += at - from;
            different |= changedValues[i] != (found >= 0 ? values[found] : null);
            if (changedValues[i] != null) {
                newKeys[to] = found >= 0 ? keys[found] : changedKeys[i];
                newValues[to++] = changedValues[i];
            }
            from = found >= 0 ? found + 1 : at;
        }
        if (!different) {
            return this;
        }
        System.arraycopy(keys, from, newKeys, to, keys.length - from);
        System.arraycopy(values, from, newValues, to, keys.length - from);
        to += keys.length - from;
        return of(trim(newKeys, to), trim(newValues, to));
    }

    private static Object[] trim(Object[] array, int length) {
        return array.length == length ? array : Arrays.copyOf(array, length);
    }

    /** What a comparison of two versions reports. */
    public interface Difference<K, V> {
        /** {@code before} is null for a new key, {@code after} for a removed one; never both. */
        void differs(K key, V before, V after);
    }

    /** Reports keys whose values are neither the same object nor equal, in key order. */
    public void compare(SortedArrayMap<K, V> after, Difference<? super K, ? super V> difference) {
        if (after == this) {
            return;
        }
        int left = 0;
        int right = 0;
        while (left < keys.length || right < after.keys.length) {
            int order = order(left, after, right);
            if (order == 0) {
                V was = valueAt(left);
                V is = after.valueAt(right);
                if (was != is && !was.equals(is)) {
                    difference.differs(after.keyAt(right), was, is);
                }
            } else if (order < 0) {
                difference.differs(keyAt(left), valueAt(left), null);
            } else {
                difference.differs(after.keyAt(right), null, after.valueAt(right));
            }
            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
        }
    }

    private int order(int left, SortedArrayMap<K, V> after, int right) {
        if (left == keys.length) {
            return 1;
        }
        if (right == after.keys.length) {
            return -1;
        }
        return keys[left] == after.keys[right] ? 0 : compare(keys[left], after.keys[right]);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Comparable<? super T>> int compare(Object left, Object right) {
        return ((T) left).compareTo((T) right);
    }

    private int find(Object key, int from) {
        return Arrays.binarySearch(keys, from, keys.length, key);
    }

    @SuppressWarnings("unchecked")
    public K keyAt(int index) {
        return (K) keys[index];
    }

    @SuppressWarnings("unchecked")
    public V valueAt(int index) {
        return (V) values[index];
    }

    /** The values in key order; immutable, the same object each time. */
    public List<V> valueList() {
        return valueList;
    }

    @Override
    public V get(Object key) {
        int at = find(key, 0);
        return at < 0 ? null : valueAt(at);
    }

    @Override
    public boolean containsKey(Object key) {
        return find(key, 0) >= 0;
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new Entries();
    }

    @Override
    public boolean equals(Object other) {
        return other == this || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    private final class Entries extends AbstractSet<Map.Entry<K, V>> {
        @Override
        public int size() {
            return keys.length;
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new Cursor();
        }
    }

    private final class Cursor implements Iterator<Map.Entry<K, V>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < keys.length;
        }

        @Override
        public Map.Entry<K, V> next() {
            if (next == keys.length) {
                throw new NoSuchElementException();
            }
            Map.Entry<K, V> entry = new SimpleImmutableEntry<>(keyAt(next), valueAt(next));
            next++;
            return entry;
        }
    }
}
