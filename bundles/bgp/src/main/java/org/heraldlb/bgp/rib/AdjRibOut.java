package org.heraldlb.bgp.rib;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.bgp.packet.Family;

/**
 * One peer's place in what it is to be told: a table that it knows, a table that it should know, and a batch that leads
 * part of the way. Not thread-safe.
 */
public final class AdjRibOut {

    private static final List<Route> NOTHING = List.of();

    private final BatchCache cache;
    private final boolean brackets;
    private final Set<Family> refresh = new LinkedHashSet<>();
    private EncodingPolicy policy;
    private List<Route> target;
    private List<Route> told = NOTHING;
    private Batch batch;
    private int nextChunk;
    private boolean initial = true;
    private boolean changedPolicy;
    private int tableSize;
    private long messages;

    /**
     * @param target ordered by prefix, one route for each
     * @param brackets the peer knows enhanced route refresh
     */
    public AdjRibOut(BatchCache cache, EncodingPolicy policy, List<Route> target, boolean brackets) {
        this.cache = cache;
        this.policy = policy;
        this.target = target;
        this.brackets = brackets;
    }

    /** What the peer should know from now on. The identity of the list is what makes peers share encodings. */
    public void target(List<Route> wanted) {
        target = wanted;
    }

    /** Another policy, such as for graceful shutdown: everything is said again. The families must stay. */
    public void policy(EncodingPolicy next) {
        changedPolicy |= !next.equals(policy);
        policy = next;
    }

    public EncodingPolicy policy() {
        return policy;
    }

    /** The peer wants a family's routes once more. */
    public void again(Family family) {
        if (policy.families().contains(family)) {
            refresh.add(family);
        }
    }

    /** The next bytes to write, whole messages, not to be changed; null when the peer knows everything. */
    public ByteBuffer next() {
        if (batch == null) {
            batch = nextBatch();
            nextChunk = 0;
        }
        if (batch != null && nextChunk < batch.chunks().size()) {
            ByteBuffer chunk = batch.chunks().get(nextChunk++);
            finishBatch();
            return chunk.duplicate();
        }
        finishBatch();
        return null;
    }

    private void finishBatch() {
        if (batch != null && nextChunk >= batch.chunks().size()) {
            tableSize = batch.tableSize();
            messages += batch.messages();
            batch = null;
        }
    }

    private Batch nextBatch() {
        List<Route> from = told;
        told = target;
        if (initial) {
            initial = false;
            changedPolicy = false;
            return cache.initial(policy, target);
        }
        if (changedPolicy) {
            // What is gone must be withdrawn before the rest is said anew.
            changedPolicy = false;
            policy.families().forEach(refresh::add);
            return from == target ? nextBatch() : cache.change(policy, from, target);
        }
        if (from != target) {
            return cache.change(policy, from, target);
        }
        if (!refresh.isEmpty()) {
            Set<Family> families = Set.copyOf(refresh);
            refresh.clear();
            return cache.again(policy, target, families, brackets);
        }
        return null;
    }

    /** True when nothing is left to be said. */
    public boolean isComplete() {
        return batch == null && !initial && !changedPolicy && told == target && refresh.isEmpty();
    }

    /** How many routes the peer has been told, as of the last batch that was handed out whole. */
    public int tableSize() {
        return tableSize;
    }

    /** The table of that batch; with {@link #isComplete()} it is what the peer knows. */
    public List<Route> told() {
        return initial ? NOTHING : told;
    }

    /** UPDATEs and brackets that were handed out. */
    public long messages() {
        return messages;
    }
}
