package org.heraldlb.membership.protocol;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.member.MemberSnapshot.Member;

/**
 * What a leader proposes to act upon.
 *
 * @param id which one
 * @param members by place
 * @param before those that somebody may still act by: owners are then only those that own by both
 */
public record Proposal(Id id, SortedMap<String, Member> members, Optional<SortedMap<String, Member>> before) {

    /**
     * Rounds belong to one leader each; numbers count that leader's proposals from 1.
     *
     * @param round positive, 0 for none
     * @param number 1 to {@link #LAST_NUMBER}
     */
    public record Id(long round, int number) implements Comparable<Id> {
        public static final Id NONE = new Id(0, 0);
        public static final int LAST_NUMBER = 0xffff;

        /** As one number that grows. */
        public long epoch() {
            return round << 16 | number;
        }

        boolean isNoMoreThanOneAfter(Id acting) {
            return round == acting.round && (number == acting.number || number == acting.number + 1);
        }

        @Override
        public int compareTo(Id other) {
            int byRound = Long.compare(round, other.round);
            return byRound != 0 ? byRound : Integer.compare(number, other.number);
        }
    }

    public Proposal {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        before = before.map(all -> Collections.unmodifiableSortedMap(new TreeMap<>(all)));
    }

    /** The next one, towards other members. */
    Proposal joint(SortedMap<String, Member> next) {
        return new Proposal(new Id(id.round(), id.number() + 1), next, Optional.of(members));
    }

    /** The next one, when nobody acts by those before any more. */
    Proposal alone() {
        return new Proposal(new Id(id.round(), id.number() + 1), members, Optional.empty());
    }
}
