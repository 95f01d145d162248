package org.heraldlb.manifest.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.net.IpAddress;

/** Core {@code Node} and {@code Namespace}, with the labels that a cluster would give them. */
final class NodeReader {

    private static final String HOSTNAME_LABEL = "kubernetes.io/hostname";
    private static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";

    private static final String INTERNAL = "InternalIP";

    private NodeReader() {}

    static ConfigObject node(Source source) {
        Fields status = source.root().child("status");
        boolean unavailable = false;
        for (Fields condition : status.objects("conditions")) {
            unavailable |= condition.text("type").equals(Optional.of("NetworkUnavailable"))
                    && condition.text("status").equals(Optional.of("True"));
        }
        Map<String, String> labels = labels(source, HOSTNAME_LABEL);
        return new Node(source.ref(), source.origin(), labels, unavailable, addresses(status));
    }

    static ConfigObject namespace(Source source) {
        return new Namespace(source.ref(), source.origin(), labels(source, NAMESPACE_LABEL));
    }

    private static Map<String, String> labels(Source source, String own) {
        Map<String, String> labels = new TreeMap<>(source.meta().labels());
        if (!source.context().kubernetes()) {
            labels.putIfAbsent(own, source.ref().name());
        }
        return labels;
    }

    /** Those that nodes use among themselves come first. Host names stand in the same list and are left out. */
    private static List<IpAddress> addresses(Fields status) {
        List<IpAddress> internal = new ArrayList<>();
        List<IpAddress> others = new ArrayList<>();
        for (Fields address : status.objects("addresses")) {
            List<IpAddress> kind = address.text("type").equals(Optional.of(INTERNAL)) ? internal : others;
            address.text("address").flatMap(NodeReader::address).ifPresent(kind::add);
        }
        internal.addAll(others);
        return internal;
    }

    /** The address, or nothing where other programs put a name or a mistake. */
    static Optional<IpAddress> address(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
