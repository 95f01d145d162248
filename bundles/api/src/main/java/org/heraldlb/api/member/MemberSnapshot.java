package org.heraldlb.api.member;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.Problem;

/**
 * The members as this node sees them.
 *
 * @param generation grows with each change
 * @param members alive ones by node name, this node among them: the basis of elections in mode {@code AVAILABLE}
 * @param agreement the basis of elections in mode {@code QUORUM}
 * @param suspects nodes that were members and are not any more, with the reason ({@code closed}, {@code silent},
 *     {@code unreachable}, {@code left}), until they return or are forgotten
 * @param silence how long suspects had proved no life when they were given up; nothing for those that {@code left}
 * @param problems such as no key, a name that does not resolve, a member of another version
 */
public record MemberSnapshot(
        long generation,
        SortedMap<String, Member> members,
        Agreement agreement,
        SortedMap<String, String> suspects,
        SortedMap<String, Duration> silence,
        List<Problem> problems) {

    /**
     * @param node name
     * @param facts what it tells about itself
     */
    public record Member(String node, NodeFacts facts) {}

    /**
     * What the majority of the configured nodes has agreed upon.
     *
     * @param held false: this node sees no majority and owns nothing in mode {@code QUORUM}
     * @param epoch number of the agreement; equal epochs have equal {@code members} on every node
     * @param members the nodes and facts of this epoch
     * @param before those of the epoch before, while somebody may still act by it: a node answers then only for what it
     *     owns by both
     */
    public record Agreement(
            boolean held, long epoch, SortedMap<String, Member> members, Optional<SortedMap<String, Member>> before) {

        public Agreement {
            members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
            before = before.map(all -> Collections.unmodifiableSortedMap(new TreeMap<>(all)));
        }

        /** Everybody agrees on {@code members} without being asked. */
        public static Agreement on(SortedMap<String, Member> members) {
            return new Agreement(true, 0, members, Optional.empty());
        }
    }

    /** Nobody is configured to watch: as if there were no {@link Membership} at all. */
    public static final MemberSnapshot ALONE = of(0, new TreeMap<>());

    public MemberSnapshot {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        suspects = Collections.unmodifiableSortedMap(new TreeMap<>(suspects));
        silence = Collections.unmodifiableSortedMap(new TreeMap<>(silence));
        problems = List.copyOf(problems);
    }

    /** Without a word on how long suspects were silent. */
    public MemberSnapshot(
            long generation,
            SortedMap<String, Member> members,
            Agreement agreement,
            SortedMap<String, String> suspects,
            List<Problem> problems) {
        this(generation, members, agreement, suspects, new TreeMap<>(), problems);
    }

    /** Whether this is {@link #ALONE}: no member, not even this node, and no disagreement about it. */
    public boolean isAlone() {
        return members.isEmpty() && agreement.held();
    }

    /** Members that all agree. */
    public static MemberSnapshot of(long generation, SortedMap<String, Member> members) {
        return new MemberSnapshot(generation, members, Agreement.on(members), new TreeMap<>(), List.of());
    }
}
