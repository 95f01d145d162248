package org.heraldlb.manifest.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.intent.ServiceIntent.AddressRequest;
import org.heraldlb.api.intent.ServiceIntent.Families;
import org.heraldlb.api.intent.ServiceIntent.FamilyPolicy;
import org.heraldlb.api.intent.ServiceIntent.Port;
import org.heraldlb.api.intent.ServiceIntent.Protocol;
import org.heraldlb.api.intent.ServiceIntent.Traffic;
import org.heraldlb.api.intent.ServiceIntent.TrafficPolicy;
import org.heraldlb.api.intent.ServiceIntent.Type;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.manifest.Code;

/** Core {@code Service}: the fields that address allocation and announcement depend on. */
final class ServiceReader {

    private ServiceReader() {}

    static ConfigObject read(Source source) {
        Fields spec = source.root().child("spec");
        Type type = spec.choice("type", Type.class, ServiceReader::spelling).orElse(Type.CLUSTER_IP);
        ClusterFamilies cluster = ClusterFamilies.read(source, spec, type);
        AddressRequest request = Requests.fromAnnotations(source, spec, cluster.problem());
        Traffic traffic = new Traffic(trafficPolicy(spec), ports(spec), spec.strings("selector"));
        return new ServiceIntent(
                source.ref(),
                source.origin(),
                labels(source.meta()),
                type,
                spec.text("loadBalancerClass"),
                cluster.families(),
                request,
                traffic,
                held(source.root()),
                Backing.SLICES);
    }

    /** The annotation that says {@code true} is read as the label of its name: selectors can mean it too. */
    static Map<String, String> labels(Meta meta) {
        if (!"true".equals(meta.annotations().get(ServiceIntent.TAKEOVER))) {
            return meta.labels();
        }
        Map<String, String> labels = new HashMap<>(meta.labels());
        labels.put(ServiceIntent.TAKEOVER, "true");
        return labels;
    }

    static TrafficPolicy trafficPolicy(Fields spec) {
        return spec.choice("externalTrafficPolicy", TrafficPolicy.class, ServiceReader::spelling)
                .orElse(TrafficPolicy.CLUSTER);
    }

    static Optional<FamilyPolicy> familyPolicy(Fields spec) {
        return spec.choice("ipFamilyPolicy", FamilyPolicy.class, ServiceReader::spelling);
    }

    /** {@code spec.ipFamilies}, at most one of each. */
    static List<IpFamily> ipFamilies(Fields spec) {
        List<IpFamily> families = new ArrayList<>();
        List<String> words = spec.distinct("ipFamilies", Code.DUPLICATE_VALUE, "IP family");
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "IPv4" -> families.add(IpFamily.IPV4);
                case "IPv6" -> families.add(IpFamily.IPV6);
                default ->
                    spec.findings()
                            .error(
                                    Code.UNKNOWN_VALUE,
                                    spec.path("ipFamilies") + "[" + i + "]",
                                    words.get(i),
                                    "an IP family is IPv4 or IPv6");
            }
        }
        return families;
    }

    static Set<Port> ports(Fields spec) {
        Set<Port> ports = new TreeSet<>();
        for (Fields port : spec.objects("ports")) {
            try (port) {
                Protocol protocol =
                        port.choice("protocol", Protocol.class, Enum::name).orElse(Protocol.TCP);
                if (!port.has("port")) {
                    port.missing("port", "a port has a number");
                }
                port.ignore("name", "targetPort", "nodePort", "appProtocol");
                port.small("port", 1, 65535).ifPresent(number -> ports.add(new Port(protocol, number)));
            }
        }
        return ports;
    }

    /** The addresses that {@code status} has; entries without a readable address are not held. */
    static List<IpAddress> held(Fields root) {
        List<IpAddress> held = new ArrayList<>();
        Fields balancer = root.child("status").ignore("conditions").child("loadBalancer");
        for (Fields ingress : balancer.objects("ingress")) {
            ingress.text("ip").flatMap(NodeReader::address).ifPresent(held::add);
        }
        return held;
    }

    /** {@code LOAD_BALANCER} is written {@code LoadBalancer}; {@code CLUSTER_IP} is the one exception. */
    static String spelling(Enum<?> constant) {
        if (constant == Type.CLUSTER_IP) {
            return "ClusterIP";
        }
        StringBuilder out = new StringBuilder();
        for (String word : constant.name().split("_", -1)) {
            out.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return out.toString();
    }

    /**
     * Families of the cluster addresses.
     *
     * @param problem the addresses make no sense together
     */
    record ClusterFamilies(Families families, Optional<Problem> problem) {

        static ClusterFamilies read(Source source, Fields spec, Type type) {
            List<String> addresses = spec.texts("clusterIPs");
            Optional<String> single = spec.word("clusterIP");
            if (addresses.isEmpty() && single.isPresent()) {
                addresses = List.of(single.get());
            }
            Optional<FamilyPolicy> policy = familyPolicy(spec);
            List<IpFamily> wanted = ipFamilies(spec);
            Optional<IpFamily> primary = wanted.stream().findFirst();
            if (type == Type.EXTERNAL_NAME || addresses.contains("None")) {
                return new ClusterFamilies(new Families(List.of(), policy, primary), Optional.empty());
            }
            if (addresses.isEmpty()) {
                List<IpFamily> given =
                        source.context().kubernetes() ? List.of() : asAssigned(wanted, policy, IpFamily.IPV4);
                return new ClusterFamilies(new Families(given, policy, primary), Optional.empty());
            }
            return ofAddresses(spec, addresses, policy, primary);
        }

        private static ClusterFamilies ofAddresses(
                Fields spec, List<String> addresses, Optional<FamilyPolicy> policy, Optional<IpFamily> primary) {
            Set<IpFamily> families = new java.util.LinkedHashSet<>();
            for (String address : addresses) {
                NodeReader.address(address).map(IpAddress::family).ifPresent(families::add);
            }
            if (families.size() == addresses.size()) {
                return new ClusterFamilies(new Families(List.copyOf(families), policy, primary), Optional.empty());
            }
            Problem problem = spec.findings()
                    .problem(
                            Code.UNKNOWN_CLUSTER_IP_FAMILY,
                            spec.path("clusterIPs"),
                            String.join(",", addresses),
                            "clusterIPs [" + String.join(" ", addresses) + "] are not one address of a family, or two"
                                    + " of both",
                            "");
            return new ClusterFamilies(new Families(List.of(), policy, primary), Optional.of(problem));
        }

        /** The families that a dual-stack API server would give a service without cluster addresses. */
        static List<IpFamily> asAssigned(List<IpFamily> wanted, Optional<FamilyPolicy> policy, IpFamily first) {
            boolean dual = policy.isPresent() && policy.get() != FamilyPolicy.SINGLE_STACK;
            if (wanted.size() == 2) {
                return wanted;
            }
            IpFamily primary = wanted.isEmpty() ? first : wanted.get(0);
            return dual ? List.of(primary, other(primary)) : List.of(primary);
        }

        private static IpFamily other(IpFamily family) {
            return family == IpFamily.IPV4 ? IpFamily.IPV6 : IpFamily.IPV4;
        }
    }
}
