package org.heraldlb.k8ssource.report;

import java.util.Map;
import java.util.Optional;
import org.heraldlb.k8ssource.mirror.Resource;
import org.heraldlb.k8ssource.mirror.ResourceType;

/**
 * The status that one object is to have.
 *
 * @param target which object
 * @param labels of the object
 * @param status as a tree
 */
public record Report(Target target, Map<String, String> labels, Map<String, Object> status) {

    /** What kind of object. */
    public enum Kind {
        POOL(Resource.POOLS.type(), false),
        HERALD_POOL(Resource.HERALD_POOLS.type(), false),
        L2_STATUS(new ResourceType(ResourceType.METALLB, "v1beta1", "ServiceL2Status", "servicel2statuses"), true),
        BGP_STATUS(new ResourceType(ResourceType.METALLB, "v1beta1", "ServiceBGPStatus", "servicebgpstatuses"), true),
        /** As FRR-K8s has it, in Herald's group. */
        SESSION(new ResourceType(ResourceType.HERALD, "v1", "BGPSessionState", "bgpsessionstates"), true),
        CONFIGURATION(
                new ResourceType(ResourceType.METALLB, "v1beta1", "ConfigurationState", "configurationstates"), true);

        private final ResourceType type;
        private final boolean ours;

        Kind(ResourceType type, boolean ours) {
            this.type = type;
            this.ours = ours;
        }

        public ResourceType type() {
            return type;
        }

        /** True when Herald makes and removes the objects, false when it adds a status to other people's. */
        public boolean isOurs() {
            return ours;
        }
    }

    /** Label with the node that wrote a status. */
    public static final String NODE = "metallb.io/node";

    static final String PEER = "heraldlb.org/peer";
    static final String SERVICE_NAME = "metallb.io/service-name";
    static final String SERVICE_NAMESPACE = "metallb.io/service-namespace";

    /** @param name in Herald's namespace */
    public record Target(Kind kind, String name) {}

    public Report {
        labels = Map.copyOf(labels);
        status = Map.copyOf(status);
    }

    /** For statuses that only one node may have for a service: a selector of the same service's. */
    public Optional<String> rivals() {
        return target.kind() == Kind.L2_STATUS
                ? Optional.of(SERVICE_NAME + "=" + labels.get(SERVICE_NAME) + "," + SERVICE_NAMESPACE + "="
                        + labels.get(SERVICE_NAMESPACE))
                : Optional.empty();
    }
}
