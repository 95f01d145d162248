package org.heraldlb.core.plan;

import java.util.Arrays;

/** Small numbers by node index. Immutable. */
final class NodeCounts {

    static final NodeCounts NONE = new NodeCounts(new int[0], new int[0]);

    private final int[] nodes;
    private final int[] counts;

    private NodeCounts(int[] nodes, int[] counts) {
        this.nodes = nodes;
        this.counts = counts;
    }

    /** Few nodes are expected, or nodes in ascending order. */
    static final class Builder {
        private int[] nodes = new int[4];
        private int[] counts = new int[4];
        private int size;

        void add(int node, int count) {
            int found = Arrays.binarySearch(nodes, 0, size, node);
            if (found >= 0) {
                counts[found] += count;
                return;
            }
            if (size == nodes.length) {
                nodes = Arrays.copyOf(nodes, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            int at = -found - 1;
            System.arraycopy(nodes, at, nodes, at + 1, size - at);
            System.arraycopy(counts, at, counts, at + 1, size - at);
            nodes[at] = node;
            counts[at] = count;
            size++;
        }

        NodeCounts build() {
            return size == 0 ? NONE : new NodeCounts(Arrays.copyOf(nodes, size), Arrays.copyOf(counts, size));
        }
    }

    /** The node's number, 0 when it has none. */
    int at(int node) {
        int found = Arrays.binarySearch(nodes, node);
        return found < 0 ? 0 : counts[found];
    }

    /** Whether the node was counted at all, be it with 0. */
    boolean has(int node) {
        return Arrays.binarySearch(nodes, node) >= 0;
    }

    boolean isEmpty() {
        return nodes.length == 0;
    }

    /** Those that were counted, ascending. Shared: not to be changed. */
    int[] nodes() {
        return nodes;
    }
}
