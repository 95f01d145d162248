package org.heraldlb.ipam.alloc;

/**
 * A hash table without an object for each entry: half the memory of a {@code HashMap}, which matters with a million
 * addresses. Linear probing, at most two thirds full. Keys and values are not null.
 *
 * @param <K> key
 * @param <V> value
 */
final class Table<K, V> {

    private static final int SMALLEST = 16;

    private Object[] keys = new Object[SMALLEST];
    private Object[] values = new Object[SMALLEST];
    private int size;

    private int slot(Object key) {
        int mask = keys.length - 1;
        int slot = (int) Stable.mix(key.hashCode()) & mask;
        while (keys[slot] != null && !keys[slot].equals(key)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** The value of a key, or null. */
    @SuppressWarnings("unchecked")
    V get(K key) {
        return (V) values[slot(key)];
    }

    /** Sets the value of a key. */
    void put(K key, V value) {
        int slot = slot(key);
        if (keys[slot] == null) {
            if ((size + 1) * 3 > keys.length * 2) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            size++;
        }
        values[slot] = value;
    }

    private void grow() {
        Object[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new Object[oldKeys.length * 2];
        values = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    /** Removes a key; returns its value, or null. */
    @SuppressWarnings("unchecked")
    V remove(K key) {
        int slot = slot(key);
        V removed = (V) values[slot];
        if (keys[slot] != null) {
            size--;
            close(slot);
        }
        return removed;
    }

    /** Empties a slot and moves what was probed past it. */
    private void close(int slot) {
        int mask = keys.length - 1;
        int hole = slot;
        int next = hole + 1 & mask;
        while (keys[next] != null) {
            int home = (int) Stable.mix(keys[next].hashCode()) & mask;
            boolean between = hole <= next ? hole < home && home <= next : hole < home || home <= next;
            if (!between) {
                keys[hole] = keys[next];
                values[hole] = values[next];
                hole = next;
            }
            next = next + 1 & mask;
        }
        keys[hole] = null;
        values[hole] = null;
    }

    int size() {
        return size;
    }
}
