package org.heraldlb.core.plan;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.member.MemberSnapshot.Agreement;
import org.heraldlb.api.member.MemberSnapshot.Member;
import org.heraldlb.api.member.NodeFacts;

/**
 * Which nodes are alive, and what they say about themselves.
 *
 * @param alive names; absent means that all known nodes count as alive, as in MetalLB without memberlist
 * @param facts by node; a node that is not here said nothing
 * @param agreement what decides about addresses of mode QUORUM; absent: what decides about all others
 */
public record Liveness(
        Optional<SortedSet<String>> alive, SortedMap<String, NodeFacts> facts, Optional<Agreement> agreement) {

    /** Nobody watches: every known node is alive. */
    public static final Liveness ALL = new Liveness(Optional.empty(), new TreeMap<>(), Optional.empty());

    public Liveness {
        alive = alive.map(names -> Collections.unmodifiableSortedSet(new TreeSet<>(names)));
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** Exactly these are alive. */
    public static Liveness of(SortedSet<String> alive) {
        return new Liveness(Optional.of(alive), new TreeMap<>(), Optional.empty());
    }

    /** The same candidates everywhere: what differs, if anything, is who claims what, or the number of the agreement. */
    boolean hasCandidatesOf(Liveness other) {
        return this == other
                || alive.equals(other.alive) && sameFacts(facts, other.facts) && sameAgreement(other.agreement);
    }

    private boolean sameAgreement(Optional<Agreement> other) {
        if (agreement.isEmpty() || other.isEmpty()) {
            return agreement.isEmpty() && other.isEmpty();
        }
        Agreement mine = agreement.get();
        Agreement others = other.get();
        return mine == others
                || mine.held() == others.held()
                        && sameMembers(mine.members(), others.members())
                        && mine.before().isPresent() == others.before().isPresent()
                        && (mine.before().isEmpty()
                                || sameMembers(
                                        mine.before().get(), others.before().get()));
    }

    private static boolean sameMembers(SortedMap<String, Member> left, SortedMap<String, Member> right) {
        return left == right || sameFacts(factsOf(left), factsOf(right));
    }

    /** The facts of members, by name. */
    static SortedMap<String, NodeFacts> factsOf(SortedMap<String, Member> members) {
        SortedMap<String, NodeFacts> facts = new TreeMap<>();
        members.forEach((name, member) -> facts.put(name, member.facts()));
        return facts;
    }

    private static boolean sameFacts(SortedMap<String, NodeFacts> left, SortedMap<String, NodeFacts> right) {
        if (left == right) {
            return true;
        }
        if (!left.keySet().equals(right.keySet())) {
            return false;
        }
        for (Map.Entry<String, NodeFacts> entry : left.entrySet()) {
            if (!sameCandidate(entry.getValue(), right.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameCandidate(NodeFacts left, NodeFacts right) {
        return left == right
                || left.draining() == right.draining()
                        && left.links().equals(right.links())
                        && left.unfit().equals(right.unfit());
    }
}
