package org.heraldlb.ipam.alloc;

/**
 * Which positions of a row are free, as gaps: a treap ordered by position, each node knowing the widest gap below it.
 * Every question costs the logarithm of the number of gaps, however wide they are. What it answers depends on what is
 * free only, not on how it became so.
 */
final class Gaps {

    /** No position. */
    static final long NONE = -1;

    private static final class Gap {
        private final int weight;
        private long first;
        private long last;
        private long widest;
        private Gap left;
        private Gap right;

        Gap(long first, long last) {
            this.first = first;
            this.last = last;
            this.weight = (int) Stable.mix(first);
            this.widest = width();
        }

        long width() {
            return last - first + 1;
        }
    }

    private Gap root;

    boolean isEmpty() {
        return root == null;
    }

    /** The lowest free position, or {@link #NONE}. */
    long lowest() {
        if (root == null) {
            return NONE;
        }
        Gap gap = root;
        while (gap.left != null) {
            gap = gap.left;
        }
        return gap.first;
    }

    /** The lowest free position that is not below {@code position}, or {@link #NONE}. */
    long atOrAfter(long position) {
        long found = NONE;
        Gap gap = root;
        while (gap != null) {
            if (position > gap.last) {
                gap = gap.right;
            } else if (position >= gap.first) {
                return position;
            } else {
                found = gap.first;
                gap = gap.left;
            }
        }
        return found;
    }

    /** The middle of the widest gap, of the lowest one of several, or {@link #NONE}. */
    long middleOfWidest() {
        if (root == null) {
            return NONE;
        }
        Gap gap = root;
        while (true) {
            if (gap.left != null && gap.left.widest == gap.widest) {
                gap = gap.left;
            } else if (gap.width() == gap.widest) {
                return gap.first + (gap.width() - 1) / 2;
            } else {
                gap = gap.right;
            }
        }
    }

    /** Makes {@code position} taken; nothing happens when it is. */
    void take(long position) {
        root = take(root, position);
    }

    private static Gap take(Gap gap, long position) {
        if (gap == null) {
            return null;
        }
        if (position < gap.first) {
            gap.left = take(gap.left, position);
        } else if (position > gap.last) {
            gap.right = take(gap.right, position);
        } else if (gap.first == gap.last) {
            return join(gap.left, gap.right);
        } else {
            cut(gap, position);
        }
        return settle(gap);
    }

    private static void cut(Gap gap, long position) {
        if (position == gap.first) {
            gap.first++;
        } else if (position == gap.last) {
            gap.last--;
        } else {
            gap.right = insert(gap.right, new Gap(position + 1, gap.last));
            gap.last = position - 1;
        }
    }

    /** Makes {@code first} to {@code last} free; none of them may be free yet. */
    void add(long first, long last) {
        Gap before = containing(first - 1);
        Gap after = containing(last + 1);
        if (before != null) {
            root = remove(root, before.first);
        }
        if (after != null) {
            root = remove(root, after.first);
        }
        root = insert(root, new Gap(before == null ? first : before.first, after == null ? last : after.last));
    }

    boolean isFree(long position) {
        return containing(position) != null;
    }

    private Gap containing(long position) {
        Gap gap = root;
        while (gap != null && (position < gap.first || position > gap.last)) {
            gap = position < gap.first ? gap.left : gap.right;
        }
        return gap;
    }

    private static Gap insert(Gap gap, Gap added) {
        if (gap == null) {
            return added;
        }
        if (added.first < gap.first) {
            gap.left = insert(gap.left, added);
        } else {
            gap.right = insert(gap.right, added);
        }
        return settle(gap);
    }

    private static Gap remove(Gap gap, long first) {
        if (gap.first == first) {
            return join(gap.left, gap.right);
        }
        if (first < gap.first) {
            gap.left = remove(gap.left, first);
        } else {
            gap.right = remove(gap.right, first);
        }
        return settle(gap);
    }

    private static Gap join(Gap left, Gap right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (left.weight >= right.weight) {
            left.right = join(left.right, right);
            return settle(left);
        }
        right.left = join(left, right.left);
        return settle(right);
    }

    /** Restores weight order and the widest width at {@code gap}, whose subtrees are in order. */
    private static Gap settle(Gap gap) {
        Gap top = gap;
        if (gap.left != null && gap.left.weight > gap.weight) {
            top = gap.left;
            gap.left = top.right;
            top.right = gap;
        } else if (gap.right != null && gap.right.weight > gap.weight) {
            top = gap.right;
            gap.right = top.left;
            top.left = gap;
        }
        measure(gap);
        if (top != gap) {
            measure(top);
        }
        return top;
    }

    private static void measure(Gap gap) {
        long widest = gap.width();
        if (gap.left != null) {
            widest = Math.max(widest, gap.left.widest);
        }
        if (gap.right != null) {
            widest = Math.max(widest, gap.right.widest);
        }
        gap.widest = widest;
    }
}
