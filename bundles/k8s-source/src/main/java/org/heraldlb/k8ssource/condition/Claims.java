package org.heraldlb.k8ssource.condition;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.k8ssource.mirror.ResourceType;
import org.heraldlb.k8ssource.report.Report.Kind;

/**
 * What the nodes say that they announce, from their {@code ServiceL2Status}, {@code ServiceBGPStatus} and
 * {@code BGPSessionState} objects. A route counts where its session is up. One thread.
 */
final class Claims implements Announced {

    static final List<ResourceType> TYPES = List.of(Kind.L2_STATUS.type(), Kind.BGP_STATUS.type(), Kind.SESSION.type());

    /** A node announces a service; {@code peers} are empty for layer 2. */
    private record Claim(ResourceType type, String node, List<String> peers) {}

    private record Session(String node, String peer) {}

    private final Map<NamespacedName, Map<String, Claim>> claims = new HashMap<>();
    private final Map<String, NamespacedName> services = new HashMap<>();
    private final Map<String, Session> up = new HashMap<>();
    private final Set<Session> established = new HashSet<>();
    private final Map<ResourceType, Boolean> listed = new HashMap<>();
    private Predicate<String> alive = node -> true;

    /** Only these nodes count. */
    void alive(Predicate<String> nodes) {
        alive = nodes;
    }

    void clear() {
        claims.clear();
        services.clear();
        up.clear();
        established.clear();
        listed.clear();
    }

    void listed(ResourceType type, boolean served) {
        listed.put(type, served);
    }

    void put(ResourceType type, String name, Map<String, Object> tree) {
        remove(type, name);
        if (!(tree.get("status") instanceof Map<?, ?> status)) {
            return;
        }
        String node = String.valueOf(status.get("node"));
        if (type.equals(Kind.SESSION.type())) {
            if ("Established".equals(status.get("bgpStatus"))) {
                Session session = new Session(
                        node.intern(), String.valueOf(status.get("peer")).intern());
                up.put(name, session);
                established.add(session);
            }
            return;
        }
        NamespacedName service = new NamespacedName(
                String.valueOf(status.get("serviceNamespace")), String.valueOf(status.get("serviceName")));
        String key = type.plural() + "/" + name;
        services.put(key, service);
        claims.computeIfAbsent(service, any -> new HashMap<>(4))
                .put(key, new Claim(type, node.intern(), peers(status)));
    }

    private static List<String> peers(Map<?, ?> status) {
        return status.get("peers") instanceof List<?> peers
                ? peers.stream().map(peer -> String.valueOf(peer).intern()).toList()
                : List.of();
    }

    void remove(ResourceType type, String name) {
        if (type.equals(Kind.SESSION.type())) {
            Optional.ofNullable(up.remove(name)).ifPresent(established::remove);
            return;
        }
        String key = type.plural() + "/" + name;
        NamespacedName service = services.remove(key);
        if (service != null) {
            claims.get(service).remove(key);
            if (claims.get(service).isEmpty()) {
                claims.remove(service);
            }
        }
    }

    @Override
    public Optional<String> by(NamespacedName service) {
        if (listed.size() < TYPES.size()) {
            return Optional.empty();
        }
        boolean layer2 = false;
        boolean bgp = false;
        for (Claim claim : claims.getOrDefault(service, Map.of()).values()) {
            if (alive.test(claim.node())) {
                layer2 |= claim.type().equals(Kind.L2_STATUS.type());
                bgp |= claim.peers().stream().anyMatch(peer -> isUp(claim.node(), peer));
            }
        }
        String both = layer2 && bgp ? " and " : "";
        return Optional.of((layer2 ? "layer 2" : "") + both + (bgp ? "BGP" : ""));
    }

    /** Where nobody can say how sessions are, they count as up. */
    private boolean isUp(String node, String peer) {
        return !listed.getOrDefault(Kind.SESSION.type(), false) || established.contains(new Session(node, peer));
    }
}
