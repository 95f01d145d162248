package org.heraldlb.bgp.speaker;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.AnnouncementStatus;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.bgp.rib.EncodingPolicy;

/** From what each peer should know and does know to one entry for each route. Pure, for any thread. */
final class AnnouncementStates {

    private AnnouncementStates() {}

    /**
     * @param peer its name
     * @param wanted what it should know
     * @param told what it knows
     * @param complete it was told all of {@code told}
     * @param policy null: no session
     */
    record PeerTables(String peer, List<Route> wanted, List<Route> told, boolean complete, EncodingPolicy policy) {

        boolean can(IpFamily family) {
            return policy != null && policy.canAnnounce(family);
        }
    }

    /** Where a route should be and is. */
    private static final class Places {
        private final List<String> wanted = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private boolean impossible;
    }

    static List<AnnouncementStatus> of(List<PeerTables> peers) {
        Map<String, PeerTables> byName = new TreeMap<>();
        peers.forEach(peer -> byName.put(peer.peer(), peer));
        boolean alike = peers.stream()
                .allMatch(peer -> peer.wanted() == peers.get(0).wanted()
                        && (peer.told() == peer.wanted() || peer.told().isEmpty()));
        return peers.isEmpty() ? List.of() : alike ? alike(List.copyOf(byName.values())) : unlike(byName.values());
    }

    /** The usual case: all peers are told the same table, or nothing yet. */
    private static List<AnnouncementStatus> alike(List<PeerTables> peers) {
        List<Route> table = peers.get(0).wanted();
        Map<IpFamily, AnnouncementStatus> patterns = new EnumMap<>(IpFamily.class);
        for (Route route : table) {
            if (!patterns.containsKey(route.prefix().family())) {
                patterns.put(route.prefix().family(), pattern(peers, route));
            }
        }
        return new TableStates(table, patterns);
    }

    private static AnnouncementStatus pattern(List<PeerTables> peers, Route route) {
        Places places = new Places();
        peers.forEach(peer -> {
            add(places, peer, route.prefix().family());
            if (!peer.told().isEmpty() && peer.can(route.prefix().family())) {
                places.told.add(peer.peer());
            }
        });
        return status(route.prefix(), places);
    }

    private static List<AnnouncementStatus> unlike(Iterable<PeerTables> peers) {
        Map<IpPrefix, Places> all = new TreeMap<>();
        for (PeerTables peer : peers) {
            peer.wanted()
                    .forEach(route -> add(
                            all.computeIfAbsent(route.prefix(), key -> new Places()),
                            peer,
                            route.prefix().family()));
        }
        for (PeerTables peer : peers) {
            for (Route route : peer.told()) {
                Places places = all.get(route.prefix());
                if (places != null && peer.can(route.prefix().family())) {
                    places.told.add(peer.peer());
                }
            }
        }
        List<AnnouncementStatus> states = new ArrayList<>(all.size());
        new LinkedHashMap<>(all).forEach((prefix, places) -> states.add(status(prefix, places)));
        return states;
    }

    private static void add(Places places, PeerTables peer, IpFamily family) {
        places.wanted.add(peer.peer());
        places.impossible |= peer.policy() != null && !peer.can(family);
    }

    private static AnnouncementStatus status(IpPrefix prefix, Places places) {
        places.told.retainAll(places.wanted);
        String detail = places.impossible ? "some sessions do not carry this family or have no next hop for it" : "";
        AnnouncementStatus.State state = places.told.size() == places.wanted.size()
                ? AnnouncementStatus.State.ANNOUNCED
                : !places.told.isEmpty()
                        ? AnnouncementStatus.State.PARTIAL
                        : places.impossible ? AnnouncementStatus.State.FAILED : AnnouncementStatus.State.PENDING;
        return new AnnouncementStatus(prefix, state, places.told, detail);
    }
}
