package org.heraldlb.core.plan;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.net.IpAddress;

/**
 * Which nodes are alive, and what they say about themselves.
 *
 * @param alive names; absent means that all known nodes count as alive, as in MetalLB without memberlist
 * @param quorum false: this node may not own addresses whose advertisement has mode QUORUM
 * @param claims who owns an address now, for sticky ownership; the same on every node, or empty
 */
public record Liveness(Optional<SortedSet<String>> alive, boolean quorum, Map<IpAddress, String> claims) {

    /** Nobody watches: every known node is alive. */
    public static final Liveness ALL = new Liveness(Optional.empty(), true, Map.of());

    public Liveness {
        alive = alive.map(names -> Collections.unmodifiableSortedSet(new TreeSet<>(names)));
        claims = Collections.unmodifiableMap(new TreeMap<>(claims));
    }

    /** Exactly these are alive. */
    public static Liveness of(SortedSet<String> alive) {
        return new Liveness(Optional.of(alive), true, Map.of());
    }
}
