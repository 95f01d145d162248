package org.heraldlb.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.heraldlb.cli.PlanPage.BgpLine;
import org.heraldlb.cli.PlanPage.Layer2Line;
import org.heraldlb.core.plan.Liveness;

/**
 * A cluster of three nodes as documents, changed as {@code kubectl} would change it, with the plans of all nodes. Each
 * service has one ready endpoint on each node unless something else is said.
 */
final class DocumentedCluster {

    static final String FOUR = "192.0.2.0/24";
    static final String SIX = "2001:db8::/120";
    private static final Set<String> BOTH = Set.of("IPv4", "IPv6");

    private final Map<String, String> documents = new TreeMap<>();
    private final Planning planning = new Planning(Instant.EPOCH, Optional.empty(), Optional.empty(), "n1");
    private Set<String> dead = Set.of();

    DocumentedCluster() {
        for (String name : List.of("n1", "n2", "n3")) {
            node(name, "");
        }
    }

    /** @param spec what stands between the braces of {@code spec} */
    DocumentedCluster with(String kind, String name, String spec) {
        String version = kind.equals("BGPPeer") ? "v1beta2" : "v1beta1";
        documents.put(
                kind + name,
                "{apiVersion: metallb.io/" + version + ", kind: " + kind + ", metadata: {name: " + name
                        + ", namespace: metallb-system}, spec: {" + spec + "}}");
        return this;
    }

    DocumentedCluster pool(String name, String... addresses) {
        return labelledPool(name, "", "", addresses);
    }

    DocumentedCluster labelledPool(String name, String labels, String more, String... addresses) {
        documents.put(
                "IPAddressPool" + name,
                "{apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: {name: " + name + ", labels: {"
                        + labels + "}}, spec: {addresses: ['" + String.join("', '", addresses) + "']" + more + "}}");
        return this;
    }

    DocumentedCluster peer(String name, String more) {
        int last = 1 + Math.abs(name.hashCode() % 200);
        return with("BGPPeer", name, "myASN: 64512, peerASN: 64513, peerAddress: 10.0.0." + last + more);
    }

    DocumentedCluster node(String name, String labels) {
        return node(name, labels, "");
    }

    /** @param conditions entries of {@code status.conditions} */
    DocumentedCluster node(String name, String labels, String conditions) {
        String more = labels.isEmpty() ? "" : ", " + labels;
        documents.put(
                "Node" + name,
                "{apiVersion: v1, kind: Node, metadata: {name: " + name + ", labels: {kubernetes.io/hostname: " + name
                        + more + "}}, status: {conditions: [" + conditions + "]}}");
        return this;
    }

    DocumentedCluster namespace(String name, String labels) {
        documents.put(
                "Namespace" + name,
                "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + ", labels: {" + labels + "}}}");
        return this;
    }

    /** A service with one address of IPv4. */
    DocumentedCluster service(String name) {
        return service(name, Set.of("IPv4"), "", "");
    }

    /**
     * @param metadata more of {@code metadata}, such as labels and annotations
     * @param spec more of {@code spec}
     */
    DocumentedCluster service(String name, Set<String> families, String metadata, String spec) {
        List<String> addresses = new ArrayList<>();
        List<String> listed = new ArrayList<>();
        for (String family : List.of("IPv4", "IPv6")) {
            if (families.contains(family)) {
                addresses.add(family.equals("IPv4") ? "10.96.0.9" : "'fd00:10:96::9'");
                listed.add(family);
            }
        }
        documents.put(
                "Service" + name,
                "{apiVersion: v1, kind: Service, metadata: {name: " + name + join(metadata)
                        + "}, spec: {type: LoadBalancer, selector: {app: " + name + "}, clusterIPs: ["
                        + String.join(", ", addresses) + "], ipFamilies: [" + String.join(", ", listed) + "]"
                        + (families.equals(BOTH) ? ", ipFamilyPolicy: RequireDualStack" : "")
                        + (spec.contains("ports:") ? "" : ", ports: [{port: 80}]") + join(spec) + "}}");
        return endpoints(name, "n1", "n2", "n3");
    }

    private static String join(String more) {
        return more.isEmpty() ? "" : ", " + more;
    }

    /** The nodes with a ready endpoint. */
    DocumentedCluster endpoints(String service, String... nodes) {
        List<String> endpoints = new ArrayList<>();
        for (String node : nodes) {
            endpoints.add("{addresses: [10.1.0.1], nodeName: " + node + ", conditions: {ready: true}}");
        }
        documents.put(
                "EndpointSlice" + service,
                "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: {name: " + service
                        + "-x, labels: {kubernetes.io/service-name: " + service + "}}, endpoints: ["
                        + String.join(", ", endpoints) + "]}");
        return this;
    }

    DocumentedCluster without(String kind, String name) {
        documents.remove(kind + name);
        return this;
    }

    /** Members that are gone, although their Node objects stay. */
    DocumentedCluster dead(String... nodes) {
        dead = Set.of(nodes);
        return this;
    }

    /** What follows; whoever has an address keeps it where the rules allow. */
    PlanPage plan() {
        Documented documented = new Documented();
        documented.apply(new Input(List.of(new Input.Text("cluster", String.join("\n---\n", documents.values())))));
        Outcome outcome = planning.next(documented.merge());
        TreeSet<String> alive = new TreeSet<>(outcome.plan().nodes());
        alive.removeAll(dead);
        Outcome seen =
                dead.isEmpty() ? outcome : planning.outcome(outcome.merged(), outcome.request(), Liveness.of(alive));
        return PlanPage.of(seen, alive);
    }

    List<String> addresses(String service) {
        return plan().services().stream()
                .filter(line -> line.name().equals("default/" + service))
                .flatMap(line -> line.addresses().stream())
                .toList();
    }

    /** Who answers for the service on the link. */
    Set<String> answers(String service) {
        TreeSet<String> nodes = new TreeSet<>();
        for (Layer2Line line : plan().layer2()) {
            if (line.service().equals("default/" + service)) {
                nodes.add(line.node());
            }
        }
        return nodes;
    }

    /** {@code NODE PEER PREFIX [lp=N] COMMUNITY...}, sorted. */
    Set<String> routes() {
        TreeSet<String> routes = new TreeSet<>();
        for (BgpLine line : plan().bgp()) {
            List<String> words = new ArrayList<>(List.of(line.node(), line.peer(), line.prefix()));
            line.localPref().ifPresent(value -> words.add("lp=" + value));
            words.addAll(line.communities());
            line.largeCommunities().forEach(value -> words.add("large:" + value));
            routes.add(String.join(" ", words));
        }
        return routes;
    }

    /** Nodes that tell {@code prefix} to {@code peer}. */
    Set<String> tell(String peer, String prefix) {
        TreeSet<String> nodes = new TreeSet<>();
        for (BgpLine line : plan().bgp()) {
            if (line.peer().equals(peer) && line.prefix().equals(prefix)) {
                nodes.add(line.node());
            }
        }
        return nodes;
    }
}
