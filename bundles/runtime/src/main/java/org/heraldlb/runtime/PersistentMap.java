package org.heraldlb.runtime;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * An immutable sorted map whose changed copies share all but a path with the original: a change costs O(log n) time and
 * memory, and {@link #diff} between two versions costs what changed, not what they hold. This is how a snapshot of
 * 100,000 entries with one change stays cheap for the one who makes it and for the one who compares it.
 *
 * <p>A weight-balanced tree: no subtree is more than three times as heavy as its sibling. Reads from any thread. The
 * mutators of {@link Map} are refused; {@link #with} and {@link #without} return the changed copy.
 *
 * @param <K> key, by natural order
 * @param <V> value, not null
 */
public final class PersistentMap<K extends Comparable<? super K>, V> extends AbstractMap<K, V> {

    /** What became of one key. */
    @FunctionalInterface
    public interface Change<K, V> {

        /** {@code before} is null for an added key, {@code after} for a removed one. */
        void accept(K key, V before, V after);
    }

    /** An entry with all that is before and after it. */
    private static final class Node<K, V> extends SimpleImmutableEntry<K, V> {
        private static final long serialVersionUID = 1;

        private final transient Node<K, V> left;
        private final transient Node<K, V> right;
        private final int size;

        Node(K key, V value, Node<K, V> left, Node<K, V> right) {
            super(key, value);
            this.left = left;
            this.right = right;
            this.size = size(left) + size(right) + 1;
        }

        /** The same entry alone. */
        Node<K, V> alone() {
            return new Node<>(getKey(), getValue(), null, null);
        }
    }

    /** A subtree may weigh this many times its sibling. */
    private static final int BALANCE = 3;

    /** An inner grandchild that weighs this many times the outer one takes a double rotation. */
    private static final int DOUBLE = 2;

    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<String, Object>(null);

    private final Node<K, V> root;

    private PersistentMap(Node<K, V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked")
    public static <K extends Comparable<? super K>, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    /** A map of the same entries, O(n) when {@code entries} iterates in key order; itself when it is one already. */
    @SuppressWarnings("unchecked")
    public static <K extends Comparable<? super K>, V> PersistentMap<K, V> of(Map<K, V> entries) {
        if (entries instanceof PersistentMap) {
            return (PersistentMap<K, V>) entries;
        }
        List<Entry<K, V>> list = new ArrayList<>(entries.entrySet());
        for (int i = 1; i < list.size(); i++) {
            if (list.get(i - 1).getKey().compareTo(list.get(i).getKey()) >= 0) {
                list = new ArrayList<>(new TreeMap<>(entries).entrySet());
                break;
            }
        }
        return ofSorted(list);
    }

    /**
     * A map of {@code entries}, in O(n).
     *
     * @throws IllegalArgumentException when the keys do not ascend
     */
    public static <K extends Comparable<? super K>, V> PersistentMap<K, V> ofSorted(
            List<? extends Entry<K, V>> entries) {
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i - 1).getKey().compareTo(entries.get(i).getKey()) >= 0) {
                throw new IllegalArgumentException("keys do not ascend at " + i);
            }
        }
        return new PersistentMap<>(build(entries, 0, entries.size()));
    }

    private static <K, V> Node<K, V> build(List<? extends Entry<K, V>> entries, int from, int to) {
        if (from >= to) {
            return null;
        }
        int middle = (from + to) >>> 1;
        Entry<K, V> entry = entries.get(middle);
        return new Node<>(
                entry.getKey(), entry.getValue(), build(entries, from, middle), build(entries, middle + 1, to));
    }

    private static int size(Node<?, ?> node) {
        return node == null ? 0 : node.size;
    }

    @Override
    public int size() {
        return size(root);
    }

    @Override
    public V get(Object key) {
        Node<K, V> node = find(key);
        return node == null ? null : node.getValue();
    }

    @Override
    public boolean containsKey(Object key) {
        return find(key) != null;
    }

    private Node<K, V> find(Object key) {
        @SuppressWarnings("unchecked")
        K wanted = (K) key;
        Node<K, V> node = root;
        while (node != null) {
            int order = wanted.compareTo(node.getKey());
            if (order == 0) {
                return node;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /** A map that also has this entry; itself when it has this very value under the key already. */
    public PersistentMap<K, V> with(K key, V value) {
        Node<K, V> changed = with(root, key, value);
        return changed == root ? this : new PersistentMap<>(changed);
    }

    private static <K extends Comparable<? super K>, V> Node<K, V> with(Node<K, V> node, K key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null);
        }
        int order = key.compareTo(node.getKey());
        if (order == 0) {
            return value == node.getValue() ? node : new Node<>(key, value, node.left, node.right);
        }
        if (order < 0) {
            Node<K, V> left = with(node.left, key, value);
            return left == node.left ? node : balance(node, left, node.right);
        }
        Node<K, V> right = with(node.right, key, value);
        return right == node.right ? node : balance(node, node.left, right);
    }

    /**
     * A map that also has {@code entries}; an equal value that is there already stays. Cheaper than one by one, because
     * entries that are neighbours share their path.
     *
     * @param entries in ascending order of different keys
     */
    public PersistentMap<K, V> withAll(List<? extends Entry<K, V>> entries) {
        Node<K, V> changed = withAll(root, entries, 0, entries.size());
        return changed == root ? this : new PersistentMap<>(changed);
    }

    private static <K extends Comparable<? super K>, V> Node<K, V> withAll(
            Node<K, V> node, List<? extends Entry<K, V>> entries, int from, int to) {
        if (from >= to) {
            return node;
        }
        if (node == null) {
            return build(entries, from, to);
        }
        int at = lowerBound(entries, from, to, node.getKey());
        boolean found = at < to && entries.get(at).getKey().compareTo(node.getKey()) == 0;
        boolean replaced = found && !entries.get(at).getValue().equals(node.getValue());
        Node<K, V> left = withAll(node.left, entries, from, at);
        Node<K, V> right = withAll(node.right, entries, found ? at + 1 : at, to);
        if (left == node.left && right == node.right && !replaced) {
            return node;
        }
        return link(replaced ? entries.get(at) : node, left, right);
    }

    private static <K extends Comparable<? super K>, V> int lowerBound(
            List<? extends Entry<K, V>> entries, int from, int to, K key) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).getKey().compareTo(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** A tree of two trees, however different their weights, and the entry between them. */
    private static <K, V> Node<K, V> link(Entry<K, V> entry, Node<K, V> left, Node<K, V> right) {
        if (size(left) + size(right) >= 2) {
            if (size(right) > BALANCE * size(left)) {
                return balance(right, link(entry, left, right.left), right.right);
            }
            if (size(left) > BALANCE * size(right)) {
                return balance(left, left.left, link(entry, left.right, right));
            }
        }
        return node(entry, left, right);
    }

    /** A map without this key; itself when it has none. */
    public PersistentMap<K, V> without(K key) {
        Node<K, V> changed = without(root, key);
        return changed == root ? this : new PersistentMap<>(changed);
    }

    private static <K extends Comparable<? super K>, V> Node<K, V> without(Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.getKey());
        if (order == 0) {
            return join(node.left, node.right);
        }
        if (order < 0) {
            Node<K, V> left = without(node.left, key);
            return left == node.left ? node : balance(node, left, node.right);
        }
        Node<K, V> right = without(node.right, key);
        return right == node.right ? node : balance(node, node.left, right);
    }

    private static <K, V> Node<K, V> join(Node<K, V> left, Node<K, V> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        Node<K, V> first = right;
        while (first.left != null) {
            first = first.left;
        }
        return balance(first, left, withoutFirst(right));
    }

    private static <K, V> Node<K, V> withoutFirst(Node<K, V> node) {
        return node.left == null ? node.right : balance(node, withoutFirst(node.left), node.right);
    }

    private static <K, V> Node<K, V> balance(Entry<K, V> entry, Node<K, V> left, Node<K, V> right) {
        if (size(left) + size(right) >= 2) {
            if (size(right) > BALANCE * size(left)) {
                return rotateLeft(entry, left, right);
            }
            if (size(left) > BALANCE * size(right)) {
                return rotateRight(entry, left, right);
            }
        }
        return node(entry, left, right);
    }

    private static <K, V> Node<K, V> rotateLeft(Entry<K, V> entry, Node<K, V> left, Node<K, V> right) {
        Node<K, V> inner = right.left;
        if (size(inner) < DOUBLE * size(right.right)) {
            return node(right, node(entry, left, inner), right.right);
        }
        return node(inner, node(entry, left, inner.left), node(right, inner.right, right.right));
    }

    private static <K, V> Node<K, V> rotateRight(Entry<K, V> entry, Node<K, V> left, Node<K, V> right) {
        Node<K, V> inner = left.right;
        if (size(inner) < DOUBLE * size(left.left)) {
            return node(left, left.left, node(entry, inner, right));
        }
        return node(inner, node(left, left.left, inner.left), node(entry, inner.right, right));
    }

    private static <K, V> Node<K, V> node(Entry<K, V> entry, Node<K, V> left, Node<K, V> right) {
        return new Node<>(entry.getKey(), entry.getValue(), left, right);
    }

    /**
     * Tells each key whose value is not the same object in both, ascending. Costs O(changes * log n) between a map and
     * its changed copy; O(n) between strangers.
     */
    public static <K extends Comparable<? super K>, V> void diff(
            PersistentMap<K, V> before, PersistentMap<K, V> after, Change<? super K, ? super V> change) {
        Deque<Node<K, V>> old = stack(before.root);
        Deque<Node<K, V>> now = stack(after.root);
        while (!old.isEmpty() && !now.isEmpty()) {
            Node<K, V> a = old.peek();
            Node<K, V> b = now.peek();
            if (a == b) {
                old.pop();
                now.pop();
            } else if (a.size > 1 && a.size >= b.size) {
                open(old);
            } else if (b.size > 1) {
                open(now);
            } else {
                step(old, now, change);
            }
        }
        drain(old, node -> change.accept(node.getKey(), node.getValue(), null));
        drain(now, node -> change.accept(node.getKey(), null, node.getValue()));
    }

    private static <K extends Comparable<? super K>, V> void step(
            Deque<Node<K, V>> old, Deque<Node<K, V>> now, Change<? super K, ? super V> change) {
        Node<K, V> a = old.peek();
        Node<K, V> b = now.peek();
        int order = a.getKey().compareTo(b.getKey());
        if (order <= 0) {
            old.pop();
        }
        if (order >= 0) {
            now.pop();
        }
        if (order != 0 || a.getValue() != b.getValue()) {
            K key = order <= 0 ? a.getKey() : b.getKey();
            change.accept(key, order <= 0 ? a.getValue() : null, order >= 0 ? b.getValue() : null);
        }
    }

    private static <T> Deque<T> stack(T root) {
        Deque<T> stack = new ArrayDeque<>();
        if (root != null) {
            stack.push(root);
        }
        return stack;
    }

    /** Replaces the subtree on top by its three parts. */
    private static <K, V> void open(Deque<Node<K, V>> stack) {
        Node<K, V> node = stack.pop();
        if (node.right != null) {
            stack.push(node.right);
        }
        stack.push(node.alone());
        if (node.left != null) {
            stack.push(node.left);
        }
    }

    private static <K, V> void drain(Deque<Node<K, V>> stack, Consumer<? super Node<K, V>> consumer) {
        while (!stack.isEmpty()) {
            if (stack.peek().size > 1) {
                open(stack);
            } else {
                consumer.accept(stack.pop());
            }
        }
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<K, V>> iterator() {
                return new Walk<>(root);
            }

            @Override
            public int size() {
                return PersistentMap.this.size();
            }
        };
    }

    /** Entries in key order. */
    private static final class Walk<K, V> implements Iterator<Entry<K, V>> {
        private final Deque<Node<K, V>> path = new ArrayDeque<>();

        Walk(Node<K, V> root) {
            descend(root);
        }

        private void descend(Node<K, V> from) {
            for (Node<K, V> node = from; node != null; node = node.left) {
                path.push(node);
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public Entry<K, V> next() {
            if (path.isEmpty()) {
                throw new NoSuchElementException();
            }
            Node<K, V> node = path.pop();
            descend(node.right);
            return node;
        }
    }
}
