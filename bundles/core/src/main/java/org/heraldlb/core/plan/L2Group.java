package org.heraldlb.core.plan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.L2Advertisement.ConflictPolicy;
import org.heraldlb.api.intent.L2Advertisement.Mode;
import org.heraldlb.api.intent.L2Advertisement.Ownership;
import org.heraldlb.api.l2.InterfaceSelection;

/**
 * The layer-2 advertisements of one pool that match a service, taken together: which nodes may own, and with what score.
 * One object serves all services that the same advertisements match. Immutable.
 */
final class L2Group {

    /**
     * One advertisement against the known nodes.
     *
     * @param nodes those that its node selectors accept
     * @param scores sum of matching preferences by node, null when it has no preferences
     */
    record Ad(L2Advertisement policy, BitSet nodes, long[] scores) {

        static Ad of(L2Advertisement policy, KnownNodes known) {
            BitSet nodes = known.matching(policy.nodeSelectors());
            return new Ad(policy, nodes, policy.preferences().isEmpty() ? null : scores(policy, nodes, known));
        }

        private static long[] scores(L2Advertisement policy, BitSet nodes, KnownNodes known) {
            long[] scores = new long[known.count()];
            for (L2Advertisement.NodePreference wish : policy.preferences()) {
                BitSet preferred = known.where(wish.preference()::matches);
                preferred.and(nodes);
                preferred.stream().forEach(node -> scores[node] += wish.weight());
            }
            return scores;
        }
    }

    final List<Ad> ads;
    final BitSet covered = new BitSet();
    final BitSet candidates;
    final boolean serviceSelective;
    final Ownership ownership;
    final boolean quorumMissing;
    private final long[] scores;
    private final int[] best;
    private final BitSet bestSet = new BitSet();

    L2Group(List<Ad> ads, KnownNodes known, boolean quorum) {
        this.ads = List.copyOf(ads);
        ads.forEach(ad -> covered.or(ad.nodes()));
        candidates = (BitSet) covered.clone();
        candidates.and(known.alive);
        candidates.andNot(known.networkUnavailable);
        candidates.andNot(known.excluded);
        serviceSelective =
                ads.stream().anyMatch(ad -> !ad.policy().serviceSelectors().isEmpty());
        ownership = ownership(ads.stream().map(ad -> ad.policy().ownership()).toList());
        quorumMissing = !quorum && ownership.mode() == Mode.QUORUM;
        scores = sum(ads, known.count());
        best = bestOf(candidates.stream().toArray());
        Arrays.stream(best).forEach(bestSet::set);
    }

    /** The strictest mode, every option that one of them has, the first group by name. */
    private static Ownership ownership(List<Ownership> all) {
        boolean quorum = all.stream().anyMatch(one -> one.mode() == Mode.QUORUM);
        Optional<String> group = all.stream()
                .flatMap(one -> one.antiAffinityGroup().stream())
                .sorted()
                .findFirst();
        return new Ownership(
                quorum ? Mode.QUORUM : Mode.AVAILABLE,
                all.stream().anyMatch(Ownership::sticky),
                all.stream().anyMatch(Ownership::spread),
                group,
                all.stream()
                        .map(Ownership::conflictPolicy)
                        .max(Comparator.naturalOrder())
                        .orElse(ConflictPolicy.OFF));
    }

    private static long[] sum(List<Ad> ads, int nodes) {
        long[] sum = null;
        for (Ad ad : ads) {
            if (ad.scores() != null) {
                sum = sum == null ? new long[nodes] : sum;
                for (int node = 0; node < nodes; node++) {
                    sum[node] += ad.scores()[node];
                }
            }
        }
        return sum;
    }

    long score(int node) {
        return scores == null ? 0 : scores[node];
    }

    boolean hasScores() {
        return scores != null;
    }

    /** The candidates of the highest score, ascending. Shared: not to be changed. */
    int[] best() {
        return best;
    }

    boolean isBest(int node) {
        return bestSet.get(node);
    }

    /** Those of {@code nodes} that are candidates and have the highest score among them, ascending. */
    int[] bestAmong(int[] nodes) {
        return bestOf(Arrays.stream(nodes).filter(candidates::get).toArray());
    }

    private int[] bestOf(int[] nodes) {
        if (scores == null) {
            return nodes;
        }
        long highest = Arrays.stream(nodes).mapToLong(this::score).max().orElse(0);
        return Arrays.stream(nodes).filter(node -> score(node) == highest).toArray();
    }

    /** On which interfaces {@code node} announces: the union over the advertisements that cover it. */
    InterfaceSelection interfacesOn(int node) {
        Set<String> names = new TreeSet<>();
        for (Ad ad : ads) {
            if (ad.nodes().get(node)) {
                if (ad.policy().interfaces().isEmpty()) {
                    return InterfaceSelection.ALL;
                }
                names.addAll(ad.policy().interfaces());
            }
        }
        return InterfaceSelection.only(names);
    }
}
