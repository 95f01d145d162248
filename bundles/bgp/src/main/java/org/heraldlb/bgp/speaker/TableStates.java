package org.heraldlb.bgp.speaker;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.Unchanging;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.net.IpFamily;

/**
 * The states of a table of which all routes of a family are in the same state. Entries are made when they are asked for: a
 * million of them would cost more memory than the routes.
 */
final class TableStates extends AbstractList<AnnouncementStatus> implements Unchanging, RandomAccess {

    private final List<Route> table;
    private final Map<IpFamily, AnnouncementStatus> patterns;

    /**
     * @param table changes no more
     * @param patterns the state of any route of each family that is in the table
     */
    TableStates(List<Route> table, Map<IpFamily, AnnouncementStatus> patterns) {
        this.table = table;
        this.patterns = Map.copyOf(patterns);
    }

    @Override
    public AnnouncementStatus get(int index) {
        Route route = table.get(index);
        AnnouncementStatus pattern = patterns.get(route.prefix().family());
        return new AnnouncementStatus(route.prefix(), pattern.state(), pattern.places(), pattern.detail());
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableStates states && states.table == table
                ? states.patterns.equals(patterns)
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
