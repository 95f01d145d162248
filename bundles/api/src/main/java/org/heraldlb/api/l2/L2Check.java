package org.heraldlb.api.l2;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;

/**
 * Whether one address is answered by whom it should on one interface.
 *
 * @param address which
 * @param link where; empty for a watched address that was not asked for yet
 * @param state what is known
 * @param owner the node that should answer, empty for this one
 * @param expected the MACs that it may answer with, empty for this node's own claims
 * @param other who else claimed it last
 * @param since when the state began; for own claims, when somebody else claimed the address first
 * @param last when somebody else claimed it last
 * @param sightings how often somebody else claimed it
 */
public record L2Check(
        IpAddress address,
        String link,
        State state,
        String owner,
        SortedSet<MacAddress> expected,
        Optional<MacAddress> other,
        Optional<Instant> since,
        Optional<Instant> last,
        long sightings) {

    /** What is known. */
    public enum State {
        /** Ours: whether anybody else has it is being found out. */
        PROBING,
        /** Ours alone, as far as we know. */
        HELD,
        /** Ours: somebody else claimed it, maybe as it moves. */
        SUSPECT,
        /** Ours: somebody else answers too. */
        CONFLICT,
        /** Would be ours, but somebody else has it. */
        YIELDED,
        /** Another node's: not known yet. */
        UNKNOWN,
        /** Another node's: it answers. */
        EXPECTED,
        /** Another node's: nobody answers. */
        SILENT,
        /** Another node's: somebody else answers. */
        OTHER
    }

    public L2Check {
        expected = Collections.unmodifiableSortedSet(new TreeSet<>(expected));
    }
}
