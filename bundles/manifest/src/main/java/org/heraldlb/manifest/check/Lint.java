package org.heraldlb.manifest.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.AdvertisementPolicy;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.manifest.Code;

/** One run of the linter. */
public final class Lint {

    private final Intent intent;
    private final List<Problem> problems = new ArrayList<>();
    private final List<AddressPool> pools;
    private final Collection<Node> nodes;

    private Lint(Intent intent) {
        this.intent = intent;
        this.pools = intent.addressing().pools();
        this.nodes = intent.cluster().nodes().values();
    }

    public static List<Problem> run(Intent intent) {
        Lint lint = new Lint(intent);
        lint.pools.forEach(lint::pool);
        intent.advertising().l2().forEach(lint::policy);
        intent.advertising().bgp().forEach(lint::bgp);
        lint.peers();
        intent.addressing().reservations().forEach(lint::reservation);
        lint.problems.sort(null);
        return lint.problems;
    }

    private void warn(ConfigObject object, Code code, String path, Object value, String text) {
        problems.add(Refusal.warning(object, code, path, value, text));
    }

    private void pool(AddressPool pool) {
        problems.addAll(PoolLint.of(pool, nodes, intent.advertising().peers()));
        boolean advertised = intent.advertising().l2().stream()
                        .anyMatch(ad -> ad.pools().selects(pool))
                || intent.advertising().bgp().stream().anyMatch(ad -> ad.pools().selects(pool));
        if (!advertised) {
            warn(pool, Code.POOL_NOT_ADVERTISED, "", "", "no advertisement selects pool " + pool.name());
        }
        pool.serviceAllocation().ifPresent(allocation -> {
            boolean selective = !allocation.namespaceSelectors().isEmpty()
                    && allocation.namespaces().isEmpty()
                    && !intent.cluster().namespaces().isEmpty();
            boolean none = intent.cluster().namespaces().values().stream()
                    .noneMatch(space -> LabelSelector.anyMatches(allocation.namespaceSelectors(), space.labels()));
            if (selective && none) {
                warn(
                        pool,
                        Code.SELECTS_NO_NAMESPACE,
                        "spec.serviceAllocation.namespaceSelectors",
                        "",
                        "no namespace matches, so the pool is never used automatically");
            }
        });
    }

    private void policy(AdvertisementPolicy policy) {
        Set<String> known = new HashSet<>();
        pools.forEach(pool -> known.add(pool.name()));
        for (String name : policy.pools().names()) {
            if (!known.contains(name)) {
                warn(policy, Code.UNKNOWN_POOL, "spec.ipAddressPools", name, "there is no pool " + name);
            }
        }
        if (pools.stream().noneMatch(pool -> policy.pools().selects(pool))) {
            warn(policy, Code.SELECTS_NO_POOL, "spec", "", policy.ref() + " selects no pool");
        }
        if (!nodes.isEmpty() && noNode(policy.nodeSelectors())) {
            warn(policy, Code.SELECTS_NO_NODE, "spec.nodeSelectors", "", policy.ref() + " selects no node");
        }
        if (!policy.serviceSelectors().isEmpty() && !intent.services().isEmpty() && noService(policy)) {
            warn(policy, Code.SELECTS_NO_SERVICE, "spec.serviceSelectors", "", policy.ref() + " selects no service");
        }
    }

    private boolean noNode(List<LabelSelector> selectors) {
        return nodes.stream().noneMatch(node -> LabelSelector.anyMatches(selectors, node.labels()));
    }

    private boolean noService(AdvertisementPolicy policy) {
        return intent.services().values().stream()
                .filter(service -> service.type() == ServiceIntent.Type.LOAD_BALANCER)
                .noneMatch(service -> LabelSelector.anyMatches(policy.serviceSelectors(), service.labels()));
    }

    private void bgp(BgpAdvertisement advertisement) {
        policy(advertisement);
        Set<String> known = new TreeSet<>();
        intent.advertising().peers().forEach(peer -> known.add(peer.name()));
        for (String name : advertisement.peers()) {
            if (!known.contains(name)) {
                warn(advertisement, Code.UNKNOWN_PEER, "spec.peers", name, "there is no BGPPeer " + name);
            }
        }
        if (known.isEmpty()) {
            warn(advertisement, Code.NO_PEERS, "", "", "there is no BGPPeer to advertise to");
        }
    }

    private void peers() {
        List<Peer> peers = intent.advertising().peers();
        Map<List<Object>, Peer> seen = new java.util.HashMap<>();
        Nodes selection = new Nodes(nodes);
        for (Peer peer : peers) {
            if (!nodes.isEmpty() && noNode(peer.nodeSelectors())) {
                warn(
                        peer,
                        Code.PEER_MATCHES_NO_NODE,
                        "spec.nodeSelectors",
                        "",
                        "no node runs the session " + peer.name());
            }
            Peer other = seen.putIfAbsent(
                    List.of(
                            PeerRules.identifier(peer),
                            peer.endpoint().port(),
                            peer.endpoint().vrf()),
                    peer);
            boolean meet =
                    other != null && (nodes.isEmpty() || selection.share(peer.nodeSelectors(), other.nodeSelectors()));
            if (meet) {
                warn(
                        peer,
                        Code.SAME_PEER_TWICE,
                        "spec.peerAddress",
                        PeerRules.identifier(peer),
                        other.ref() + " is the same neighbour of the same nodes: most routers keep one session only");
            }
        }
    }

    private void reservation(Reservation reservation) {
        reservation.addresses().stream()
                .filter(address -> pools.stream().noneMatch(pool -> pool.contains(address)))
                .forEach(address -> warn(
                        reservation,
                        Code.RESERVED_OUTSIDE_POOLS,
                        "spec.addresses",
                        address,
                        address + " is in no pool, so nobody gets it"));
    }
}
