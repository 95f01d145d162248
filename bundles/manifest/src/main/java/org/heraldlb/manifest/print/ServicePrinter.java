package org.heraldlb.manifest.print;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.HealthCheck.Schedule;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.intent.ServiceIntent.AddressRequest;
import org.heraldlb.api.intent.ServiceIntent.FamilyPolicy;
import org.heraldlb.api.intent.ServiceIntent.Port;
import org.heraldlb.api.intent.ServiceIntent.TrafficPolicy;
import org.heraldlb.api.intent.ServiceIntent.Type;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.manifest.read.GoDuration;

/** Services of both kinds. A faulty request is not printed: what was asked for is not known any more. */
final class ServicePrinter {

    private static final String PREFIX = "metallb.io/";

    private ServicePrinter() {}

    /** Only the families of cluster addresses are known, so the unspecified address of each stands for it. */
    static void core(ServiceIntent service, Out document) {
        AddressRequest request = service.request();
        Out annotations = new Out()
                .putUnless(request.addresses().isEmpty(), PREFIX + "loadBalancerIPs", joined(request.addresses()))
                .put(PREFIX + "address-pool", request.pool())
                .put(PREFIX + "allow-shared-ip", request.sharingKey());
        Out metadata = new Out()
                .put("name", service.name())
                .put("namespace", service.ref().namespace());
        document.object("metadata", metadata.map("labels", service.labels()).object("annotations", annotations));
        Out spec = new Out().put("type", type(service.type()));
        if (service.families().cluster().isEmpty()) {
            spec.put("clusterIP", "None");
        } else {
            spec.list("clusterIPs", service.families().cluster(), family -> family == IpFamily.IPV4 ? "0.0.0.0" : "::");
        }
        spec.list("ipFamilies", service.families().primary().map(List::of).orElse(List.of()), ServicePrinter::family);
        spec.put("loadBalancerClass", service.loadBalancerClass());
        common(spec, service).map("selector", service.traffic().selector());
        document.object("spec", spec);
    }

    static Out host(ServiceIntent service, Backing.Host host) {
        Out spec = new Out()
                .list("addresses", service.request().addresses(), IpAddress::toString)
                .put("pool", service.request().pool())
                .put("sharingKey", service.request().sharingKey())
                .put("loadBalancerClass", service.loadBalancerClass())
                .list("ipFamilies", service.families().cluster(), ServicePrinter::family);
        return common(spec, service)
                .list("nodes", host.nodes())
                .put("healthCheck", host.healthCheck().map(ServicePrinter::healthCheck))
                .put("assignTo", host.assignTo());
    }

    private static Out common(Out spec, ServiceIntent service) {
        return spec.put("ipFamilyPolicy", service.families().policy().map(ServicePrinter::policy))
                .putUnless(service.traffic().external() == TrafficPolicy.CLUSTER, "externalTrafficPolicy", "Local")
                .list("ports", service.traffic().ports(), ServicePrinter::port);
    }

    private static Object port(Port port) {
        return new Out()
                .put("protocol", port.protocol().name())
                .put("port", port.port())
                .fields();
    }

    private static Object healthCheck(HealthCheck check) {
        Out target =
                new Out().put("host", check.host()).put("port", check.port()).put("path", check.httpPath());
        Schedule schedule = check.schedule();
        return new Out()
                .object(check.type() == HealthCheck.Type.TCP ? "tcp" : "http", target)
                .put("interval", GoDuration.print(schedule.interval()))
                .put("timeout", GoDuration.print(schedule.timeout()))
                .put("rise", schedule.rise())
                .put("fall", schedule.fall())
                .fields();
    }

    private static String joined(Collection<IpAddress> addresses) {
        return addresses.stream().map(IpAddress::toString).collect(Collectors.joining(","));
    }

    private static String family(IpFamily family) {
        return family == IpFamily.IPV4 ? "IPv4" : "IPv6";
    }

    private static String policy(FamilyPolicy policy) {
        return switch (policy) {
            case SINGLE_STACK -> "SingleStack";
            case PREFER_DUAL_STACK -> "PreferDualStack";
            case REQUIRE_DUAL_STACK -> "RequireDualStack";
        };
    }

    private static String type(Type type) {
        return switch (type) {
            case CLUSTER_IP -> "ClusterIP";
            case NODE_PORT -> "NodePort";
            case LOAD_BALANCER -> "LoadBalancer";
            case EXTERNAL_NAME -> "ExternalName";
        };
    }
}
