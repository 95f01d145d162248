package org.heraldlb.k8ssource.report;

import java.util.Map;
import java.util.Optional;

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
        POOL("metallb.io", "v1beta1", "IPAddressPool", "ipaddresspools", false),
        HERALD_POOL("heraldlb.org", "v1", "IPAddressPool", "heraldipaddresspools", false),
        L2_STATUS("metallb.io", "v1beta1", "ServiceL2Status", "servicel2statuses", true),
        BGP_STATUS("metallb.io", "v1beta1", "ServiceBGPStatus", "servicebgpstatuses", true),
        CONFIGURATION("metallb.io", "v1beta1", "ConfigurationState", "configurationstates", true);

        private final String group;
        private final String version;
        private final String kind;
        private final String plural;
        private final boolean ours;

        Kind(String group, String version, String kind, String plural, boolean ours) {
            this.group = group;
            this.version = version;
            this.kind = kind;
            this.plural = plural;
            this.ours = ours;
        }

        public String group() {
            return group;
        }

        public String version() {
            return version;
        }

        public String kind() {
            return kind;
        }

        public String plural() {
            return plural;
        }

        /** True when Herald makes and removes the objects, false when it adds a status to other people's. */
        public boolean isOurs() {
            return ours;
        }
    }

    /** Label with the node that wrote a status. */
    public static final String NODE = "metallb.io/node";

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
