package org.heraldlb.view;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.system.SystemSnapshot;

/**
 * One route that this node tells one peer.
 *
 * @param peer name of the peer
 * @param prefix what
 * @param localPref for sessions inside the AS
 * @param communities as {@code high:low}
 * @param largeCommunities as {@code global:local1:local2}
 * @param state where it stands, as its announcer says
 */
public record RouteRow(
        String peer,
        String prefix,
        OptionalLong localPref,
        List<String> communities,
        List<String> largeCommunities,
        Optional<String> state) {

    /** How tables show it. */
    public static final List<Column<RouteRow>> COLUMNS = List.of(
            Column.text("PEER", RouteRow::peer),
            Column.text("PREFIX", RouteRow::prefix),
            Column.text("STATE", row -> row.state().orElse("")),
            Column.text(
                    "LOCALPREF",
                    row -> row.localPref().isPresent() ? "" + row.localPref().getAsLong() : ""),
            Column.text("COMMUNITIES", row -> String.join(",", row.communities())),
            Column.text("LARGE", row -> String.join(",", row.largeCommunities())));

    /** All of this node's, by peer and prefix. */
    public static List<RouteRow> of(SystemSnapshot snapshot) {
        Deeds deeds = Deeds.of(snapshot);
        return snapshot.plans().bgp().peers().stream()
                .flatMap(peer -> rows(peer, deeds))
                .toList();
    }

    /** Those of one peer. */
    public static Listing<RouteRow> listing(SystemSnapshot snapshot, String peer) {
        List<RouteRow> rows =
                of(snapshot).stream().filter(row -> row.peer().equals(peer)).toList();
        return new Listing<>("routes", rows, COLUMNS, "no routes for " + peer);
    }

    private static Stream<RouteRow> rows(PeerPlan peer, Deeds deeds) {
        return peer.routes().stream().map(route -> row(peer.name(), route, deeds));
    }

    private static RouteRow row(String peer, Route route, Deeds deeds) {
        return new RouteRow(
                peer,
                route.prefix().toString(),
                route.attributes().localPref(),
                route.attributes().communities().stream().map(Object::toString).toList(),
                route.attributes().largeCommunities().stream()
                        .map(Object::toString)
                        .toList(),
                deeds.route(route.prefix()).map(Deeds::text));
    }

    /** Names of the peers that this node tells a route to any of the addresses. */
    static List<String> peersOf(SystemSnapshot snapshot, List<IpAddress> addresses) {
        return snapshot.plans().bgp().peers().stream()
                .filter(peer -> addresses.stream().anyMatch(address -> covers(peer, address)))
                .map(PeerPlan::name)
                .toList();
    }

    private static boolean covers(PeerPlan peer, IpAddress address) {
        return peer.routes().stream().anyMatch(route -> route.prefix().contains(address));
    }
}
