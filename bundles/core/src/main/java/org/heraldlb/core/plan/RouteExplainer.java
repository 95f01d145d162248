package org.heraldlb.core.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.system.Explanation.RouteDecision;

/** Explains the routes of one service, node by node and peer by peer. Any thread; use once. */
final class RouteExplainer {

    private final Topology topology;
    private final PlanInput input;
    private final ClusterPlan.Parts parts;
    private final Attributes attributes = new Attributes();
    private final List<RouteDecision> decisions = new ArrayList<>();

    RouteExplainer(PlanInput input, ClusterPlan.Parts parts) {
        this.input = input;
        this.parts = parts;
        this.topology = parts.topology();
    }

    List<RouteDecision> explain(ServiceDecision decision) {
        if (decision.bgp != null) {
            for (int node = 0; node < topology.nodes.count(); node++) {
                explain(decision, node);
            }
        }
        return decisions;
    }

    private void explain(ServiceDecision decision, int node) {
        String name = topology.nodes.names.get(node);
        String refusal = reason(decision, node);
        for (Peer peer : input.intent().advertising().peers()) {
            if (topology.nodes.matches(node, peer.nodeSelectors())) {
                if (refusal.isEmpty()) {
                    explain(decision, node, peer);
                } else {
                    decisions.add(new RouteDecision(name, peer.name(), Optional.empty(), false, refusal, List.of()));
                }
            }
        }
    }

    private String reason(ServiceDecision decision, int node) {
        String refusal = decision.bgpRefusal(node, topology.nodes);
        if (refusal.equals(Reasons.NO_LOCAL_ENDPOINTS) && decision.service.backing() instanceof Backing.Host host) {
            return Serving.hostExclusion(host, topology.nodes.names.get(node), input.self(), input.options());
        }
        return refusal;
    }

    private void explain(ServiceDecision decision, int node, Peer peer) {
        String name = topology.nodes.names.get(node);
        Map<IpPrefix, List<BgpGroup.Ad>> prefixes = new TreeMap<>();
        for (IpAddress address : decision.allocation.addresses()) {
            decision.bgp.on(node).stream().filter(ad -> ad.reaches(peer.name())).forEach(ad -> prefixes.computeIfAbsent(
                            RouteTable.prefix(ad, address), prefix -> new ArrayList<>())
                    .add(ad));
        }
        if (prefixes.isEmpty()) {
            decisions.add(new RouteDecision(
                    name, peer.name(), Optional.empty(), false, Reasons.NO_MATCHING_ADVERTISEMENT, List.of()));
        }
        int endpoints = decision.weight(node);
        prefixes.forEach((prefix, ads) -> decisions.add(new RouteDecision(
                name, peer.name(), Optional.of(prefix), true, names(ads), lines(decision, prefix, ads, endpoints))));
    }

    private static String names(List<BgpGroup.Ad> ads) {
        return String.join(
                ", ", ads.stream().map(ad -> ad.policy().name()).distinct().toList());
    }

    private List<String> lines(ServiceDecision decision, IpPrefix prefix, List<BgpGroup.Ad> ads, int endpoints) {
        List<String> lines = new ArrayList<>();
        Map<String, String> sources = new LinkedHashMap<>();
        for (BgpGroup.Ad ad : ads) {
            RouteAttributes its = attributes.weighted(ad, endpoints);
            String from = ad.policy().name();
            if (ad == ads.get(0)) {
                singles(its, from, lines);
            }
            its.communities().forEach(value -> sources.merge("community " + value, from, RouteExplainer::both));
            its.largeCommunities()
                    .forEach(value -> sources.merge("largeCommunity " + value, from, RouteExplainer::both));
        }
        sources.forEach((what, from) -> lines.add(what + " (BGPAdvertisement " + from + ")"));
        others(decision, prefix).forEach(other -> lines.add("also for " + other));
        return lines;
    }

    private static String both(String left, String right) {
        return left.equals(right) ? left : left + ", " + right;
    }

    /** Attributes of which a route has one: the first advertisement's count. */
    private static void singles(RouteAttributes its, String from, List<String> lines) {
        String source = " (BGPAdvertisement " + from + ")";
        its.localPref().ifPresent(value -> lines.add("localPref " + value + source));
        its.med().ifPresent(value -> lines.add("med " + value + source));
        its.linkBandwidth().ifPresent(value -> lines.add("linkBandwidth " + value + source));
        if (its.prepend() > 0) {
            lines.add("prepend " + its.prepend() + source);
        }
    }

    /** Other services with an address in an aggregate, or with the same address. */
    private List<String> others(ServiceDecision decision, IpPrefix prefix) {
        return parts.decisions().valueList().stream()
                .filter(other -> other != decision && other.bgp != null)
                .filter(other -> other.allocation.addresses().stream().anyMatch(prefix::contains))
                .map(other -> other.name.toString())
                .toList();
    }
}
