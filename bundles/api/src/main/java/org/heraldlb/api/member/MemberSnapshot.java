package org.heraldlb.api.member;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The members as this node sees them.
 *
 * @param generation grows with each change
 * @param members alive ones by node name, this node among them
 * @param quorum false: this node sees too few of the configured members to own addresses in mode {@code QUORUM}
 */
public record MemberSnapshot(long generation, SortedMap<String, Member> members, boolean quorum) {

    /**
     * @param node name
     * @param facts what the member tells about itself, such as its usable interfaces and draining state
     */
    public record Member(String node, SortedMap<String, String> facts) {
        public Member {
            facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        }
    }

    public MemberSnapshot {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }
}
