package org.heraldlb.manifest.read;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.Kind;

/** Which {@code apiVersion} and {@code kind} are read how. */
final class Kinds {

    static final String METALLB = "metallb.io";
    static final String HERALD = "heraldlb.org";

    /** Reports that programs write and nobody reads: allowed and passed over. */
    private static final Set<String> STATUS_KINDS = Set.of("ServiceL2Status", "ServiceBGPStatus", "ConfigurationState");

    private static final String SESSION_STATE = "BGPSessionState";

    private static final Map<String, Definition> DEFINITIONS = Map.ofEntries(
            ours(METALLB, "v1beta1", Kind.IP_ADDRESS_POOL, PoolReader::read),
            ours(METALLB, "v1beta1", Kind.L2_ADVERTISEMENT, L2Reader::read),
            ours(METALLB, "v1beta1", Kind.BGP_ADVERTISEMENT, BgpAdvertisementReader::read),
            ours(METALLB, "v1beta1", Kind.BGP_PEER, PeerReader::read),
            ours(METALLB, "v1beta2", Kind.BGP_PEER, PeerReader::read),
            ours(METALLB, "v1beta1", Kind.BFD_PROFILE, BfdReader::read),
            ours(METALLB, "v1beta1", Kind.COMMUNITY, CommunityReader::read),
            ours(HERALD, "v1", Kind.IP_ADDRESS_POOL, PoolReader::read),
            ours(HERALD, "v1", Kind.L2_ADVERTISEMENT, L2Reader::read),
            ours(HERALD, "v1", Kind.BGP_ADVERTISEMENT, BgpAdvertisementReader::read),
            ours(HERALD, "v1", Kind.BGP_PEER, PeerReader::read),
            ours(HERALD, "v1", Kind.BFD_PROFILE, BfdReader::read),
            ours(HERALD, "v1", Kind.COMMUNITY, CommunityReader::read),
            ours(HERALD, "v1", Kind.SERVICE, HostServiceReader::read),
            ours(HERALD, "v1", Kind.RESERVATION, ReservationReader::reservation),
            ours(HERALD, "v1", Kind.NAMESPACE_QUOTA, ReservationReader::quota),
            core("v1", "Service", Kind.SERVICE, ServiceReader::read),
            core("v1", "Endpoints", Kind.ENDPOINT_SLICE, EndpointsReader::endpoints),
            core("discovery.k8s.io/v1", "EndpointSlice", Kind.ENDPOINT_SLICE, EndpointsReader::slice),
            core("discovery.k8s.io/v1beta1", "EndpointSlice", Kind.ENDPOINT_SLICE, EndpointsReader::slice),
            core("v1", "Node", Kind.NODE, NodeReader::node),
            core("v1", "Namespace", Kind.NAMESPACE, NodeReader::namespace),
            core("v1", "Secret", Kind.SECRET, SecretReader::read));

    /**
     * @param group empty for Kubernetes' own kinds, which are read leniently
     * @param reader gives null for an object that means nothing here
     */
    record Definition(String group, String version, Kind kind, Function<Source, ConfigObject> reader) {
        boolean ours() {
            return !group.isEmpty();
        }
    }

    private Kinds() {}

    private static Map.Entry<String, Definition> ours(
            String group, String version, Kind kind, Function<Source, ConfigObject> reader) {
        return Map.entry(group + "/" + version + " " + kind.text(), new Definition(group, version, kind, reader));
    }

    private static Map.Entry<String, Definition> core(
            String apiVersion, String name, Kind kind, Function<Source, ConfigObject> reader) {
        return Map.entry(apiVersion + " " + name, new Definition("", apiVersion, kind, reader));
    }

    static Optional<Definition> of(String apiVersion, String kind) {
        return Optional.ofNullable(DEFINITIONS.get(apiVersion + " " + kind));
    }

    /** The group when it is one of ours, whose unknown kinds are mistakes; empty for foreign groups. */
    static String ourGroup(String apiVersion) {
        String group = apiVersion.substring(0, Math.max(apiVersion.indexOf('/'), 0));
        return group.equals(METALLB) || group.equals(HERALD) ? group : "";
    }

    /** What nodes report, not what they are told. */
    static boolean isStatus(String apiVersion, String kind) {
        String group = ourGroup(apiVersion);
        return group.equals(METALLB) && STATUS_KINDS.contains(kind)
                || group.equals(HERALD) && kind.equals(SESSION_STATE);
    }

    /** Versions in which a group has a kind. */
    static Set<String> versions(String group, String kind) {
        Set<String> versions = new TreeSet<>();
        for (Definition definition : DEFINITIONS.values()) {
            if (definition.group().equals(group) && definition.kind().text().equals(kind)) {
                versions.add(group + "/" + definition.version());
            }
        }
        return versions;
    }

    /** Kinds that a group has. */
    static Set<String> names(String group) {
        Set<String> names = new TreeSet<>();
        for (Definition definition : DEFINITIONS.values()) {
            if (definition.group().equals(group)) {
                names.add(definition.kind().text());
            }
        }
        return names;
    }
}
