package org.heraldlb.core.plan;

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
    final boolean serviceSelective;
    final Ownership ownership;
    final boolean quorumMissing;
    final Ballot ballot;
    /** What was decided by before, null when that does not matter. */
    final Ballot before;

    private final long[] scores;

    /** @param held false: this node sees no majority */
    L2Group(List<Ad> ads, KnownNodes known, boolean held) {
        this.ads = List.copyOf(ads);
        ads.forEach(ad -> covered.or(ad.nodes()));
        serviceSelective =
                ads.stream().anyMatch(ad -> !ad.policy().serviceSelectors().isEmpty());
        ownership = ownership(ads.stream().map(ad -> ad.policy().ownership()).toList());
        boolean quorum = ownership.mode() == Mode.QUORUM;
        quorumMissing = quorum && !held;
        scores = sum(ads, known.count());
        ballot = new Ballot(ads, scores, known, quorum ? known.agreed : known.available);
        before = quorum && known.before != null ? new Ballot(ads, scores, known, known.before) : null;
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

    /** Whether what decides is what all nodes have agreed upon. */
    boolean isAgreed() {
        return ownership.mode() == Mode.QUORUM;
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
