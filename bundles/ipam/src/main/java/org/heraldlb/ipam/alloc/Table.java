package org.heraldlb.ipam.alloc;

import java.util.function.Function;

/**
 * A hash table without an object for each entry: half the memory of a {@code HashMap}, which matters with a million
 * addresses. Linear probing, at most two thirds full. Keys and values are not null.
 *
 * <p>The hashes lie beside each other, apart from the entries: looking for a key that is not there, which is what a new
 * service and a free address are, reads no entry, and looking for one that is there hardly ever reads a wrong one.
 *
 * @param <K> key
 * @param <V> value
 */
final class Table<K, V> {

    private static final int SMALLEST = 16;

    /** Tells a used slot from an empty one, which has hash 0. */
    private static final int USED = 1 << 31;

    private int[] hashes = new int[SMALLEST];
    /** Key and value of each slot in turn. */
    private Object[] entries = new Object[2 * SMALLEST];

    private int size;

    private static int hash(Object key) {
        return (int) Stable.mix(key.hashCode()) | USED;
    }

    /** Where the key is, or the empty slot where it would be. */
    private int slot(Object key, int hash) {
        int mask = hashes.length - 1;
        int slot = hash & mask;
        while (hashes[slot] != 0 && (hashes[slot] != hash || !entries[2 * slot].equals(key))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    @SuppressWarnings("unchecked")
    private V value(int slot) {
        return (V) entries[2 * slot + 1];
    }

    /** The value of a key, or null. */
    V get(K key) {
        int slot = slot(key, hash(key));
        return hashes[slot] == 0 ? null : value(slot);
    }

    /** The value of a key, which {@code make} makes of the key when there is none. */
    V getOrMake(K key, Function<? super K, ? extends V> make) {
        int hash = hash(key);
        int slot = slot(key, hash);
        if (hashes[slot] != 0) {
            return value(slot);
        }
        V made = make.apply(key);
        insert(slot, hash, key, made);
        return made;
    }

    /** Sets the value of a key. */
    void put(K key, V value) {
        int hash = hash(key);
        int slot = slot(key, hash);
        if (hashes[slot] != 0) {
            entries[2 * slot + 1] = value;
        } else {
            insert(slot, hash, key, value);
        }
    }

    private void insert(int empty, int hash, K key, V value) {
        int slot = empty;
        if ((size + 1) * 3 > hashes.length * 2) {
            grow();
            slot = slot(key, hash);
        }
        set(slot, hash, key, value);
        size++;
    }

    private void set(int slot, int hash, Object key, Object value) {
        hashes[slot] = hash;
        entries[2 * slot] = key;
        entries[2 * slot + 1] = value;
    }

    private void grow() {
        int[] oldHashes = hashes;
        Object[] oldEntries = entries;
        hashes = new int[oldHashes.length * 2];
        entries = new Object[oldEntries.length * 2];
        int mask = hashes.length - 1;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = oldHashes[i] & mask;
                while (hashes[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                set(slot, oldHashes[i], oldEntries[2 * i], oldEntries[2 * i + 1]);
            }
        }
    }

    /** Removes a key; returns its value, or null. */
    V remove(K key) {
        int slot = slot(key, hash(key));
        if (hashes[slot] == 0) {
            return null;
        }
        V removed = value(slot);
        size--;
        close(slot);
        return removed;
    }

    /** Empties a slot and moves what was probed past it. */
    private void close(int slot) {
        int mask = hashes.length - 1;
        int hole = slot;
        int next = hole + 1 & mask;
        while (hashes[next] != 0) {
            int home = hashes[next] & mask;
            boolean between = hole <= next ? hole < home && home <= next : hole < home || home <= next;
            if (!between) {
                set(hole, hashes[next], entries[2 * next], entries[2 * next + 1]);
                hole = next;
            }
            next = next + 1 & mask;
        }
        set(hole, 0, null, null);
    }

    int size() {
        return size;
    }
}
