package org.heraldlb.membership.protocol;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who this node is.
 *
 * @param cluster beats of another one are refused
 * @param place its address, one of {@code places}
 * @param node its name
 * @param incarnation random, not 0
 * @param places all configured ones, this one among them; at most {@link #MOST}
 * @param majority so many places decide; 0: nobody ever leads
 * @param firstRound no round that this process opens is lower; above those of its former lives
 */
public record Self(
        String cluster,
        String place,
        String node,
        long incarnation,
        SortedSet<String> places,
        int majority,
        long firstRound) {

    /** Rounds of different places differ modulo this. */
    public static final int MOST = 64;

    public Self {
        places = Collections.unmodifiableSortedSet(new TreeSet<>(places));
        if (!places.contains(place) || places.size() > MOST) {
            throw new IllegalArgumentException("1 to " + MOST + " places, " + place + " among them: " + places);
        }
    }

    /** The lowest round above {@code round} that belongs to this place. */
    long roundAbove(long round) {
        int rank = places.headSet(place).size();
        long floor = Math.max(round, firstRound);
        long next = floor - floor % MOST + rank;
        return next > floor ? next : next + MOST;
    }
}
