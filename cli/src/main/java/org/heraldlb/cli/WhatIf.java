package org.heraldlb.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.EndpointSlice.Endpoint;
import org.heraldlb.api.intent.Intent;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.core.merge.Merged;

/** The same documents with one node in another condition. */
final class WhatIf {

    private static final String HOSTNAME = "kubernetes.io/hostname";

    private WhatIf() {}

    /** The node is labelled as excluded. Every known node gets a Node object, so that naming one does not forget others. */
    static Merged drained(Merged merged, List<String> known, String drained) {
        SortedMap<String, Node> nodes = new TreeMap<>(merged.intent().cluster().nodes());
        for (String name : known) {
            nodes.computeIfAbsent(name, WhatIf::node);
        }
        nodes.computeIfPresent(drained, (name, node) -> excluded(node));
        Intent.Cluster cluster = new Intent.Cluster(
                nodes,
                merged.intent().cluster().namespaces(),
                merged.intent().cluster().secrets());
        return with(merged, cluster, merged.intent().endpoints());
    }

    private static Node node(String name) {
        return new Node(
                ObjectRef.of(Kind.NODE, name),
                new Origin("command line", name),
                Map.of(HOSTNAME, name),
                false,
                List.of());
    }

    private static Node excluded(Node node) {
        Map<String, String> labels = new HashMap<>(node.labels());
        labels.put(Node.EXCLUDE_LABEL, "");
        return new Node(node.ref(), node.origin(), labels, node.networkUnavailable(), node.addresses());
    }

    /** What runs on the node serves no more. */
    static Merged failed(Merged merged, String failed) {
        Map<NamespacedName, List<EndpointSlice>> endpoints = new TreeMap<>();
        merged.intent().endpoints().forEach((service, slices) -> {
            List<EndpointSlice> left = new ArrayList<>();
            slices.forEach(slice -> left.add(without(slice, failed)));
            endpoints.put(service, left);
        });
        return with(merged, merged.intent().cluster(), endpoints);
    }

    private static EndpointSlice without(EndpointSlice slice, String failed) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Endpoint endpoint : slice.endpoints()) {
            boolean hit = endpoint.node().equals(Optional.of(failed));
            Endpoint dead = new Endpoint(endpoint.addresses(), endpoint.node(), Optional.of(false), Optional.of(false));
            endpoints.add(hit ? dead : endpoint);
        }
        return new EndpointSlice(slice.ref(), slice.origin(), slice.service(), endpoints);
    }

    private static Merged with(
            Merged merged, Intent.Cluster cluster, Map<NamespacedName, List<EndpointSlice>> endpoints) {
        Intent intent = merged.intent();
        return new Merged(
                new Intent(intent.addressing(), intent.advertising(), cluster, intent.services(), endpoints),
                merged.accepted(),
                merged.problems());
    }
}
