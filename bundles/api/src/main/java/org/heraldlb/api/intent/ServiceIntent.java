package org.heraldlb.api.intent;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;

/**
 * A service that wants, or once had, an external address.
 *
 * @param ref kind {@link Kind#SERVICE}
 * @param origin where it comes from
 * @param labels for service selectors
 * @param type {@code spec.type}; only {@link Type#LOAD_BALANCER} gets addresses
 * @param loadBalancerClass {@code spec.loadBalancerClass}
 * @param families which families
 * @param request what it asks for
 * @param traffic ports and policy
 * @param held addresses that its status says it has, in order; the sticky memory of Kubernetes
 * @param backing who serves it
 */
public record ServiceIntent(
        ObjectRef ref,
        Origin origin,
        Map<String, String> labels,
        Type type,
        Optional<String> loadBalancerClass,
        Families families,
        AddressRequest request,
        Traffic traffic,
        List<IpAddress> held,
        Backing backing)
        implements ConfigObject {

    /** {@code spec.type}. */
    public enum Type {
        CLUSTER_IP,
        NODE_PORT,
        LOAD_BALANCER,
        EXTERNAL_NAME
    }

    /** {@code spec.ipFamilyPolicy}. */
    public enum FamilyPolicy {
        SINGLE_STACK,
        PREFER_DUAL_STACK,
        REQUIRE_DUAL_STACK
    }

    /**
     * @param cluster families of {@code spec.clusterIPs}, in order; empty: the service has none and gets no address
     * @param policy absent means as {@code cluster}
     * @param primary the first of {@code spec.ipFamilies}
     */
    public record Families(List<IpFamily> cluster, Optional<FamilyPolicy> policy, Optional<IpFamily> primary) {
        public Families {
            cluster = List.copyOf(cluster);
        }
    }

    /**
     * @param addresses wanted ones, by annotation or field; at most one of each family
     * @param pool wanted pool, by annotation
     * @param sharingKey present when the annotation is there, even when empty; an empty key shares nothing
     * @param problem the request itself is faulty (both forms given, unparsable): no address is given
     */
    public record AddressRequest(
            List<IpAddress> addresses, Optional<String> pool, Optional<String> sharingKey, Optional<Problem> problem) {
        public static final AddressRequest NONE =
                new AddressRequest(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

        public AddressRequest {
            addresses = List.copyOf(addresses);
        }
    }

    /** {@code spec.externalTrafficPolicy}. */
    public enum TrafficPolicy {
        CLUSTER,
        LOCAL
    }

    /** Transport of a port. */
    public enum Protocol {
        TCP,
        UDP,
        SCTP
    }

    /** @param port 1 to 65535 */
    public record Port(Protocol protocol, int port) implements Comparable<Port> {
        @Override
        public int compareTo(Port other) {
            int byProtocol = protocol.compareTo(other.protocol);
            return byProtocol != 0 ? byProtocol : Integer.compare(port, other.port);
        }

        @Override
        public String toString() {
            return protocol.name().toLowerCase(java.util.Locale.ROOT) + "/" + port;
        }
    }

    /**
     * @param external who may announce
     * @param ports for sharing rules
     * @param selector pod selector, for sharing rules under {@link TrafficPolicy#LOCAL}
     */
    public record Traffic(TrafficPolicy external, Set<Port> ports, Map<String, String> selector) {
        public Traffic {
            ports = Collections.unmodifiableSet(new TreeSet<>(ports));
            selector = Map.copyOf(selector);
        }
    }

    public ServiceIntent {
        labels = Map.copyOf(labels);
        held = List.copyOf(held);
    }

    /**
     * Label, or annotation that is read as this label, of a service that a Herald in shadow mode announces and writes all
     * the same.
     */
    public static final String TAKEOVER = "heraldlb.org/takeover";

    /** Whether {@link #TAKEOVER} says {@code true}. */
    public boolean takenOver() {
        return "true".equals(labels.get(TAKEOVER));
    }

    public NamespacedName serviceName() {
        return ref.namespacedName();
    }
}
