package org.heraldlb.frr.state;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.SessionStatus.State;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.frr.render.Target.Neighbor;

/**
 * What became of each route. FRR counts what it told a neighbour; when the count is that of the plan, the routes are, for
 * nothing else passes our route maps.
 */
public final class Announcements {

    private Announcements() {}

    private enum Told {
        YES,
        NOT_YET,
        NEVER
    }

    private static final class Places {
        private final List<String> told = new ArrayList<>();
        private int wanted;
        private boolean impossible;
    }

    /** @param states by peer name; peers that FRR cannot serve are not there */
    public static List<AnnouncementStatus> of(
            BgpPlan plan, Map<String, Neighbor> neighbors, Map<String, NeighborState> states) {
        Map<IpPrefix, Places> all = new TreeMap<>();
        for (PeerPlan peer : plan.peers()) {
            Map<IpFamily, Told> told = told(peer, neighbors.get(peer.name()), states.get(peer.name()));
            for (Route route : peer.routes()) {
                Places places = all.computeIfAbsent(route.prefix(), prefix -> new Places());
                Told here = told.get(route.prefix().family());
                places.wanted++;
                places.impossible |= here == Told.NEVER;
                if (here == Told.YES) {
                    places.told.add(peer.name());
                }
            }
        }
        List<AnnouncementStatus> statuses = new ArrayList<>(all.size());
        all.forEach((prefix, places) -> statuses.add(status(prefix, places)));
        return List.copyOf(statuses);
    }

    private static Map<IpFamily, Told> told(PeerPlan peer, Neighbor neighbor, NeighborState state) {
        Map<IpFamily, Told> told = new EnumMap<>(IpFamily.class);
        for (IpFamily family : IpFamily.values()) {
            if (neighbor == null || !neighbor.families().contains(family)) {
                told.put(family, Told.NEVER);
            } else if (state == null || state.state() != State.ESTABLISHED) {
                told.put(family, Told.NOT_YET);
            } else {
                long wanted = peer.routes().stream()
                        .filter(route -> route.prefix().family() == family)
                        .count();
                told.put(family, state.told().getOrDefault(family, 0L) >= wanted ? Told.YES : Told.NOT_YET);
            }
        }
        return told;
    }

    private static AnnouncementStatus status(IpPrefix prefix, Places places) {
        AnnouncementStatus.State state = places.told.size() == places.wanted
                ? AnnouncementStatus.State.ANNOUNCED
                : !places.told.isEmpty()
                        ? AnnouncementStatus.State.PARTIAL
                        : places.impossible ? AnnouncementStatus.State.FAILED : AnnouncementStatus.State.PENDING;
        String detail = places.impossible ? "some sessions do not carry this family, or FRR cannot serve the peer" : "";
        return new AnnouncementStatus(prefix, state, places.told, detail);
    }
}
