package org.heraldlb.core.plan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Who may own under one group of advertisements, by one electorate. Immutable. */
final class Ballot {

    final Electorate electorate;
    final BitSet candidates = new BitSet();
    private final long[] scores;
    private final int[] best;
    private final BitSet bestSet = new BitSet();

    /** @param scores by node, null where nothing is preferred */
    Ballot(List<L2Group.Ad> ads, long[] scores, KnownNodes known, Electorate electorate) {
        this.electorate = electorate;
        this.scores = scores;
        for (L2Group.Ad ad : ads) {
            BitSet linked = (BitSet) ad.nodes().clone();
            linked.and(electorate.linked(ad.policy().interfaces()));
            candidates.or(linked);
        }
        candidates.and(electorate.alive);
        candidates.andNot(known.networkUnavailable);
        candidates.andNot(known.excluded);
        best = bestOf(staying(candidates).stream().toArray());
        Arrays.stream(best).forEach(bestSet::set);
    }

    /** A node that is being drained is a candidate only where there is no other. */
    private BitSet staying(BitSet nodes) {
        if (!nodes.intersects(electorate.draining)) {
            return nodes;
        }
        BitSet staying = (BitSet) nodes.clone();
        staying.andNot(electorate.draining);
        return staying.isEmpty() ? nodes : staying;
    }

    private int[] bestOf(int[] nodes) {
        if (scores == null) {
            return nodes;
        }
        long highest =
                Arrays.stream(nodes).mapToLong(node -> scores[node]).max().orElse(0);
        return Arrays.stream(nodes).filter(node -> scores[node] == highest).toArray();
    }

    /** The candidates of the highest score, ascending. Shared: not to be changed. */
    int[] best() {
        return best;
    }

    boolean isBest(int node) {
        return bestSet.get(node);
    }

    /** Those of {@code nodes} that are candidates and have the highest score among them, ascending. */
    int[] bestAmong(int[] nodes, BitSet unfit) {
        int[] fit = new int[nodes.length];
        int count = 0;
        boolean drains = false;
        for (int node : nodes) {
            if (candidates.get(node) && !unfit.get(node)) {
                fit[count++] = node;
                drains |= electorate.draining.get(node);
            }
        }
        int[] present = count == nodes.length ? fit : Arrays.copyOf(fit, count);
        if (drains) {
            int[] staying = Arrays.stream(present)
                    .filter(node -> !electorate.draining.get(node))
                    .toArray();
            present = staying.length == 0 ? present : staying;
        }
        return bestOf(present);
    }

    /** As {@link #bestAmong} among all. */
    int[] bestWithout(BitSet unfit) {
        return unfit.isEmpty() || !candidates.intersects(unfit)
                ? best
                : bestAmong(candidates.stream().toArray(), unfit);
    }
}
