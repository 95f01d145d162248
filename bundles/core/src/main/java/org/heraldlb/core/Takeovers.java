package org.heraldlb.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.heraldlb.api.AnnouncerStatus;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.member.MemberSnapshot.Member;

/** Nodes that are being drained, and whether this node announces by now what fell to it. The loop's. */
final class Takeovers {

    /** The first plan that passed a node over, by node. */
    private final Map<String, Long> since = new HashMap<>();

    /** A plan of this generation was made with these members. */
    void planned(long generation, String self, Optional<MemberSnapshot> members) {
        SortedSet<String> draining = new TreeSet<>();
        members.ifPresent(snapshot -> snapshot.members().values().stream()
                .filter(member -> member.facts().draining() && !member.node().equals(self))
                .map(Member::node)
                .filter(node -> isAgreed(node, snapshot.agreement()))
                .forEach(draining::add));
        since.keySet().retainAll(draining);
        draining.forEach(node -> since.putIfAbsent(node, generation));
    }

    /** Addresses of mode QUORUM move only when everybody knows. */
    private static boolean isAgreed(String node, MemberSnapshot.Agreement agreement) {
        Member agreed = agreement.members().get(node);
        return !agreement.held()
                || agreement.before().isEmpty()
                        && (agreed == null || agreed.facts().draining());
    }

    /** Those whose share this node has announced, by what its announcer says. */
    SortedSet<String> done(Optional<AnnouncerStatus> layer2) {
        SortedSet<String> done = new TreeSet<>();
        since.forEach((node, generation) -> {
            if (layer2.isEmpty() || layer2.get().observedGeneration() >= generation) {
                done.add(node);
            }
        });
        return done;
    }
}
