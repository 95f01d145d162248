package org.heraldlb.api.member;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.MacAddress;

/**
 * What one node tells the others about itself.
 *
 * @param links interfaces that can carry layer 2 now (up, with carrier), by name, with the MAC that answers there; empty:
 *     this node does not say; {@link #NO_LINK} alone: it has looked, and there is none
 * @param unfit services that this node must not own: their local health check fails
 * @param draining the node hands everything over and takes nothing
 * @param tookOver draining nodes whose addresses this node announces by now, as far as they fell to it
 * @param claims addresses that this node answers for and that do not move by election alone: sticky ones
 */
public record NodeFacts(
        SortedMap<String, MacAddress> links,
        SortedSet<NamespacedName> unfit,
        boolean draining,
        SortedSet<String> tookOver,
        SortedSet<IpAddress> claims) {

    /** Stands in {@link #links} for all interfaces of a node that has none to use. */
    public static final String NO_LINK = "";

    /** A node that says nothing: every interface counts as usable. */
    public static final NodeFacts NONE =
            new NodeFacts(new TreeMap<>(), new TreeSet<>(), false, new TreeSet<>(), new TreeSet<>());

    /**
     * A node that is not ready to take anything over: what others are told until core has spoken. They go on answering
     * for what will fall to it.
     */
    public static final NodeFacts ARRIVING =
            new NodeFacts(new TreeMap<>(), new TreeSet<>(), true, new TreeSet<>(), new TreeSet<>());

    public NodeFacts {
        links = Collections.unmodifiableSortedMap(new TreeMap<>(links));
        unfit = Collections.unmodifiableSortedSet(new TreeSet<>(unfit));
        tookOver = Collections.unmodifiableSortedSet(new TreeSet<>(tookOver));
        claims = Collections.unmodifiableSortedSet(new TreeSet<>(claims));
    }

    /** Whether one of {@code interfaces} carries traffic, or any where none is named. */
    public boolean canUse(Collection<String> interfaces) {
        if (links.isEmpty()) {
            return true;
        }
        return interfaces.isEmpty()
                ? !links.firstKey().equals(NO_LINK) || links.size() > 1
                : interfaces.stream().anyMatch(links::containsKey);
    }
}
