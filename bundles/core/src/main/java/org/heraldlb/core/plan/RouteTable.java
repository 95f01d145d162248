package org.heraldlb.core.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.core.sorted.SortedArrayMap;

/**
 * The routes of one node. Peers that the same advertisements reach are one class and get one list object. A route stays
 * while any service contributes to its prefix. Not thread-safe.
 */
final class RouteTable {

    private static final Comparator<Contribution> ORDER = Comparator.comparing(Contribution::service)
            .thenComparing(contribution -> contribution.ad().ordinal());

    /** One service's share in one prefix. */
    record Contribution(NamespacedName service, BgpGroup.Ad ad, RouteAttributes attributes) {}

    /** What a group of advertisements means on this node. */
    private record Choice(String refusal, List<BgpGroup.Ad> ads) {}

    private static final class PeerClass {
        private final BitSet ads;
        private SortedArrayMap<IpPrefix, Route> routes = SortedArrayMap.empty();

        PeerClass(BitSet ads) {
            this.ads = ads;
        }
    }

    private final Topology topology;
    private final Attributes attributes;
    private final int node;
    private final Map<String, PeerClass> classOfPeer = new HashMap<>();
    private final Map<BitSet, PeerClass> classes = new HashMap<>();
    private final Map<BgpGroup, Choice> choices = new IdentityHashMap<>();
    private final Map<IpPrefix, List<Contribution>> contributions = new HashMap<>();
    private final Set<IpPrefix> dirty = new HashSet<>();

    RouteTable(Topology topology, Attributes attributes, int node, List<Peer> peers) {
        this.topology = topology;
        this.attributes = attributes;
        this.node = node;
        for (Peer peer : peers) {
            BitSet reached = new BitSet();
            topology.bgpAds().stream().filter(ad -> ad.reaches(peer.name())).forEach(ad -> reached.set(ad.ordinal()));
            classOfPeer.put(peer.name(), classes.computeIfAbsent(reached, PeerClass::new));
        }
    }

    /** Routes to {@code peer}, by prefix; the same object for all peers of one class. */
    List<Route> routes(String peer) {
        return classOfPeer.get(peer).routes.valueList();
    }

    /** Why this node announces nothing of the service, empty when it announces. */
    String refusal(ServiceDecision decision) {
        if (decision.bgp == null) {
            return Reasons.NO_MATCHING_ADVERTISEMENT;
        }
        String early = choice(decision.bgp).refusal();
        return early.isEmpty() ? decision.endpointRefusal(node) : early;
    }

    private Choice choice(BgpGroup group) {
        return choices.computeIfAbsent(
                group, wanted -> new Choice(wanted.refusal(node, topology.nodes), wanted.on(node)));
    }

    void remove(ServiceDecision decision) {
        if (refusal(decision).isEmpty()) {
            for (IpAddress address : decision.allocation.addresses()) {
                for (BgpGroup.Ad ad : choice(decision.bgp).ads()) {
                    remove(prefix(ad, address), decision.name);
                }
            }
        }
    }

    private void remove(IpPrefix prefix, NamespacedName service) {
        List<Contribution> left = new ArrayList<>(contributions.getOrDefault(prefix, List.of()));
        left.removeIf(contribution -> contribution.service().equals(service));
        if (left.isEmpty()) {
            contributions.remove(prefix);
        } else {
            contributions.put(prefix, left);
        }
        dirty.add(prefix);
    }

    void add(ServiceDecision decision) {
        if (refusal(decision).isEmpty()) {
            for (IpAddress address : decision.allocation.addresses()) {
                for (BgpGroup.Ad ad : choice(decision.bgp).ads()) {
                    add(prefix(ad, address), decision, ad);
                }
            }
        }
    }

    private void add(IpPrefix prefix, ServiceDecision decision, BgpGroup.Ad ad) {
        int endpoints = decision.weight(node);
        Contribution added = new Contribution(decision.name, ad, attributes.weighted(ad, endpoints));
        List<Contribution> present = contributions.get(prefix);
        if (present == null) {
            contributions.put(prefix, List.of(added));
        } else {
            List<Contribution> both = new ArrayList<>(present);
            both.add(added);
            both.sort(ORDER);
            contributions.put(prefix, both);
        }
        dirty.add(prefix);
    }

    static IpPrefix prefix(BgpGroup.Ad ad, IpAddress address) {
        return new IpPrefix(address, ad.length(address.family()));
    }

    /** Brings the lists up to date with what was added and removed. */
    void flush() {
        for (PeerClass peerClass : classes.values()) {
            Map<IpPrefix, Route> changes = new HashMap<>(2 * dirty.size());
            dirty.forEach(prefix -> changes.put(prefix, route(prefix, peerClass)));
            peerClass.routes = peerClass.routes.with(changes);
        }
        dirty.clear();
    }

    /** The route of the prefix for a class, null when none of its advertisements contributes. */
    private Route route(IpPrefix prefix, PeerClass peerClass) {
        RouteAttributes merged = null;
        for (Contribution contribution : contributions.getOrDefault(prefix, List.of())) {
            if (peerClass.ads.get(contribution.ad().ordinal())) {
                merged = merged == null
                        ? contribution.attributes()
                        : attributes.merge(merged, contribution.attributes());
            }
        }
        if (merged == null) {
            return null;
        }
        Route present = peerClass.routes.get(prefix);
        return present != null && present.attributes() == merged ? present : new Route(prefix, merged);
    }
}
