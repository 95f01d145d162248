package org.heraldlb.core.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.host.HostAddressPlan;
import org.heraldlb.api.host.HostAddressPlan.Assignment;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.l2.InterfaceSelection;
import org.heraldlb.api.l2.L2Announcement;
import org.heraldlb.api.l2.L2Plan;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.core.election.HashOrder;
import org.heraldlb.core.sorted.SortedArrayMap;

/** One node's part of everything: what it answers for, its routes, its host addresses. Not thread-safe. */
final class NodeShare {

    private static final String PASSWORD_KEY = "password";

    private final Topology topology;
    private final String name;
    private final int node;
    private final List<Peer> peers;
    private final RouteTable routes;
    private final HashOrder order;
    private final Map<L2Group, InterfaceSelection> interfaces = new IdentityHashMap<>();
    private final NavigableMap<NamespacedName, ServiceDecision> assigning = new TreeMap<>();
    private SortedArrayMap<IpAddress, L2Announcement> announcements = SortedArrayMap.empty();

    /**
     * @param attributes makes the routes' attributes; this share is the only user while it lives
     * @param name a node that may be unknown; it announces nothing then
     */
    NodeShare(Topology topology, Attributes attributes, String name) {
        this.topology = topology;
        this.name = name;
        this.node = topology.nodes.index(name);
        this.order = new HashOrder(topology.nodes.hashing);
        this.peers = node < 0 ? List.of() : peersOf(topology, node);
        this.routes = new RouteTable(topology, attributes, node, peers);
    }

    private static List<Peer> peersOf(Topology topology, int node) {
        return topology.intent().advertising().peers().stream()
                .filter(peer -> topology.nodes.matches(node, peer.nodeSelectors()))
                .filter(peer -> passwordIsThere(topology.intent(), peer))
                .filter(peer -> BfdKeys.isThere(topology.intent(), peer))
                .sorted(Comparator.comparing(Peer::name))
                .toList();
    }

    /** Without the secret that it names, a session would only annoy the neighbour. */
    private static boolean passwordIsThere(Intent intent, Peer peer) {
        return peer.authentication().secret().isEmpty()
                || password(intent, peer).isPresent();
    }

    private static Optional<SecretValue> password(Intent intent, Peer peer) {
        return peer.authentication().password().or(() -> peer.authentication()
                .secret()
                .map(intent.cluster().secrets()::get)
                .map(secret -> secret.data().get(PASSWORD_KEY)));
    }

    /** One service before and after; either may be null. Routes are current after {@link #flush}. */
    void change(ServiceDecision before, ServiceDecision after) {
        if (node < 0) {
            return;
        }
        if (before != null) {
            routes.remove(before);
            assigning.remove(before.name);
        }
        if (after != null) {
            routes.add(after);
            if (after.assignTo().isPresent()) {
                assigning.put(after.name, after);
            }
        }
    }

    /** Addresses whose services or owner changed; a null use is an address that nobody has any more. */
    void changeOwners(Map<IpAddress, AddressUse> uses, Owners owners) {
        if (node < 0) {
            return;
        }
        Map<IpAddress, L2Announcement> changes = new HashMap<>();
        uses.forEach((address, use) -> {
            boolean mine = use != null && owners.owns(node, use, order);
            L2Announcement present = announcements.get(address);
            L2Announcement next = mine ? announcement(use) : null;
            if (next != null) {
                changes.put(address, next.equals(present) ? present : next);
            } else if (present != null) {
                changes.put(address, null);
            }
        });
        announcements = announcements.with(changes);
    }

    /** Null when none of its services can be served here. */
    private L2Announcement announcement(AddressUse use) {
        List<NamespacedName> services = new ArrayList<>(1);
        InterfaceSelection where = null;
        for (ServiceDecision user : use.users()) {
            if (user.mayAnswer(node)) {
                InterfaceSelection its = interfaces.computeIfAbsent(user.l2, group -> group.interfacesOn(node));
                where = where == null ? its : where.union(its);
                services.add(user.name);
            }
        }
        return where == null
                ? null
                : new L2Announcement(
                        use.address,
                        where,
                        services,
                        use.decider().l2.ownership.mode(),
                        use.decider().l2.ownership.conflictPolicy());
    }

    void flush() {
        routes.flush();
    }

    NodePlans plans(long generation) {
        return new NodePlans(
                new L2Plan(generation, name, announcements.valueList()),
                new BgpPlan(generation, name, peers.stream().map(this::peerPlan).toList()),
                new HostAddressPlan(generation, name, assignments()));
    }

    private PeerPlan peerPlan(Peer peer) {
        Optional<BfdProfile> profile = BfdKeys.profile(topology.intent(), peer);
        return new PeerPlan(peer, password(topology.intent(), peer), profile, routes.routes(peer.name()));
    }

    private List<Assignment> assignments() {
        TreeSet<Assignment> all =
                new TreeSet<>(Comparator.comparing(Assignment::address).thenComparing(Assignment::linkInterface));
        for (ServiceDecision decision : assigning.values()) {
            boolean routed = routes.refusal(decision).isEmpty() && !peers.isEmpty();
            for (IpAddress address : decision.allocation.addresses()) {
                L2Announcement owned = announcements.get(address);
                if (routed || owned != null && owned.services().contains(decision.name)) {
                    all.add(new Assignment(address, decision.assignTo().orElseThrow()));
                }
            }
        }
        return List.copyOf(all);
    }

    /** Whether this node is known at all. */
    boolean isKnown() {
        return node >= 0;
    }

    /** Services that BGP refuses on this node because their advertisements contradict each other. */
    boolean conflicts(ServiceDecision decision) {
        return node >= 0 && decision.bgp != null && routes.refusal(decision).equals(Reasons.CONFLICTING_ADVERTISEMENTS);
    }
}
