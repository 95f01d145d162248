package org.heraldlb.l2.speaker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.member.MemberSnapshot;
import org.heraldlb.api.net.MacAddress;
import org.heraldlb.l2.contest.Stranger;

/** The MAC addresses of the other nodes, as far as they are known. The loop owns it. */
final class Fellows {

    private final Set<Long> fromMembers = new HashSet<>();
    private final Set<Long> fromWatches = new HashSet<>();
    private boolean allKnown;

    /** What membership says; null when nobody does membership. */
    void members(MemberSnapshot snapshot) {
        if (snapshot == null) {
            allKnown = false;
            return;
        }
        // Those of nodes that are gone stay known: a node that was cut off for a while is a node of ours all the same.
        snapshot.members()
                .values()
                .forEach(member -> add(fromMembers, member.facts().links().values()));
        allKnown = snapshot.members().values().stream()
                .noneMatch(member -> member.facts().links().isEmpty());
    }

    void watches(List<L2Watch> watches) {
        fromWatches.clear();
        watches.forEach(watch -> add(fromWatches, watch.expected()));
    }

    private static void add(Set<Long> to, Iterable<MacAddress> macs) {
        macs.forEach(mac -> to.add(mac.bits()));
    }

    Stranger who(long mac) {
        if (fromMembers.contains(mac) || fromWatches.contains(mac)) {
            return Stranger.FELLOW;
        }
        return allKnown ? Stranger.FOREIGN : Stranger.UNKNOWN;
    }
}
