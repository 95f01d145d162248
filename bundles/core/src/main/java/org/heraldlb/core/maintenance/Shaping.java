package org.heraldlb.core.maintenance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.host.HostAddressPlan.Assignment;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.l2.L2Watch;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.system.Maintenance.Phase;
import org.heraldlb.core.plan.NodePlans;

/**
 * The plans of this node after what operators asked for.
 *
 * @param drain how far a drain is
 * @param kept layer-2 announcements that another node owns by now and does not announce yet
 * @param keptAssignments host addresses of {@code kept}
 * @param withdrawn not announced at all
 * @param lingering those of {@code withdrawn} that stay on the host for now
 * @param watches what this node checks of others
 */
public record Shaping(
        DrainState drain,
        Collection<L2Announcement> kept,
        Collection<Assignment> keptAssignments,
        Set<IpAddress> withdrawn,
        Set<IpAddress> lingering,
        List<L2Watch> watches) {

    public NodePlans shape(NodePlans planned) {
        boolean plain = !drain.leaves() && withdrawn.isEmpty();
        L2Plan l2 = plain ? planned.l2() : l2(planned.l2());
        BgpPlan bgp = plain || drain.forStop() && withdrawn.isEmpty() ? planned.bgp() : bgp(planned.bgp());
        return new NodePlans(
                watches.isEmpty() ? l2 : new L2Plan(l2.generation(), l2.node(), l2.announcements(), watching(l2)),
                bgp,
                plain ? planned.addresses() : addresses(planned.addresses(), l2, bgp));
    }

    /** Nobody watches itself. */
    private List<L2Watch> watching(L2Plan l2) {
        Set<IpAddress> own = new HashSet<>();
        l2.announcements().forEach(announcement -> own.add(announcement.address()));
        return watches.stream().filter(watch -> !own.contains(watch.address())).toList();
    }

    private L2Plan l2(L2Plan planned) {
        if (drain.phase() == Phase.WITHDRAWING || drain.phase() == Phase.DRAINED) {
            return new L2Plan(planned.generation(), planned.node(), List.of());
        }
        List<L2Announcement> all = new ArrayList<>(planned.announcements());
        all.addAll(kept);
        all.removeIf(announcement -> withdrawn.contains(announcement.address()));
        all.sort(Comparator.comparing(L2Announcement::address));
        return new L2Plan(planned.generation(), planned.node(), all);
    }

    private BgpPlan bgp(BgpPlan planned) {
        Map<List<Route>, List<Route>> shaped = new IdentityHashMap<>();
        Map<RouteAttributes, RouteAttributes> leaving = new IdentityHashMap<>();
        List<PeerPlan> peers = planned.peers().stream()
                .map(peer -> new PeerPlan(
                        peer.peer(),
                        peer.password(),
                        peer.bfd(),
                        shaped.computeIfAbsent(peer.routes(), routes -> routes(routes, leaving))))
                .toList();
        return new BgpPlan(planned.generation(), planned.node(), peers);
    }

    private List<Route> routes(List<Route> routes, Map<RouteAttributes, RouteAttributes> leaving) {
        boolean bgpLeaves = drain.leaves() && !drain.forStop();
        if (bgpLeaves && drain.phase() != Phase.HANDING_OVER) {
            return List.of();
        }
        List<Route> shaped = new ArrayList<>(routes.size());
        for (Route route : routes) {
            if (!isWithdrawn(route.prefix())) {
                shaped.add(
                        bgpLeaves
                                ? new Route(
                                        route.prefix(),
                                        leaving.computeIfAbsent(route.attributes(), Shaping::gracefulShutdown))
                                : route);
            }
        }
        return List.copyOf(shaped);
    }

    /** An aggregate stays: it is for others too. */
    private boolean isWithdrawn(IpPrefix prefix) {
        return withdrawn.contains(prefix.address()) && prefix.equals(IpPrefix.host(prefix.address()));
    }

    /** RFC 8326 section 4: the community, and for iBGP the lowest LOCAL_PREF. */
    static RouteAttributes gracefulShutdown(RouteAttributes attributes) {
        TreeSet<Community> communities = new TreeSet<>(attributes.communities());
        communities.add(Community.GRACEFUL_SHUTDOWN);
        return new RouteAttributes(
                OptionalLong.of(0),
                List.copyOf(communities),
                attributes.largeCommunities(),
                attributes.med(),
                attributes.prepend(),
                attributes.linkBandwidth());
    }

    /** An address stays on its interface as long as traffic may come for it. */
    private HostAddressPlan addresses(HostAddressPlan planned, L2Plan l2, BgpPlan bgp) {
        boolean routed = drain.phase() != Phase.DRAINED
                && bgp.peers().stream()
                        .anyMatch(peer -> drain.leaves() || !peer.routes().isEmpty());
        Set<IpAddress> answered = new HashSet<>();
        l2.announcements().forEach(announcement -> answered.add(announcement.address()));
        return new HostAddressPlan(
                planned.generation(),
                planned.node(),
                Stream.concat(planned.assignments().stream(), keptAssignments.stream())
                        .filter(one -> withdrawn.contains(one.address())
                                ? lingering.contains(one.address())
                                : routed || answered.contains(one.address()))
                        .sorted(Comparator.comparing(Assignment::address).thenComparing(Assignment::linkInterface))
                        .distinct()
                        .toList());
    }
}
