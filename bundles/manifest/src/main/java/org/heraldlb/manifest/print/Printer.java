package org.heraldlb.manifest.print;

import java.util.Map;
import java.util.TreeMap;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.CommunityAliases;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.EndpointSlice.Endpoint;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespaceQuota;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.intent.Secret;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.manifest.tree.YamlWriter;

/** Objects as documents. MetalLB's group is used wherever it can say everything. */
public final class Printer {

    private static final String METALLB = "metallb.io/v1beta1";
    private static final String HERALD = "heraldlb.org/v1";
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private Printer() {}

    public static String print(ConfigObject object) {
        return YamlWriter.write(document(object).fields());
    }

    private static Out document(ConfigObject object) {
        return switch (object.ref().kind()) {
            case IP_ADDRESS_POOL -> pool((AddressPool) object);
            case L2_ADVERTISEMENT -> l2((L2Advertisement) object);
            case BGP_ADVERTISEMENT -> bgp((BgpAdvertisement) object);
            case BGP_PEER -> peer((Peer) object);
            case BFD_PROFILE -> profile((BfdProfile) object);
            case COMMUNITY -> communities((CommunityAliases) object);
            case SERVICE -> service((ServiceIntent) object);
            case ENDPOINT_SLICE -> slice((EndpointSlice) object);
            case NODE -> node((Node) object);
            case NAMESPACE -> named("v1", object.ref(), ((Namespace) object).labels());
            case SECRET -> secret((Secret) object);
            case RESERVATION -> reservation((Reservation) object);
            case NAMESPACE_QUOTA -> quota((NamespaceQuota) object);
        };
    }

    private static Out named(String apiVersion, ObjectRef ref, Map<String, String> labels) {
        Out metadata = new Out().put("name", ref.name());
        metadata.putUnless(ref.namespace().isEmpty(), "namespace", ref.namespace());
        metadata.map("labels", labels);
        return new Out()
                .put("apiVersion", apiVersion)
                .put("kind", ref.kind().text())
                .object("metadata", metadata);
    }

    private static Out pool(AddressPool pool) {
        boolean plain = pool.rules().equals(AddressPool.Rules.METALLB);
        return named(plain ? METALLB : HERALD, pool.ref(), pool.labels()).object("spec", PolicyPrinter.pool(pool));
    }

    private static Out l2(L2Advertisement advertisement) {
        boolean plain = advertisement.ownership().equals(L2Advertisement.Ownership.METALLB);
        return named(plain ? METALLB : HERALD, advertisement.ref(), Map.of())
                .object("spec", PolicyPrinter.l2(advertisement));
    }

    private static Out bgp(BgpAdvertisement advertisement) {
        BgpAdvertisement.Attributes attributes = advertisement.attributes();
        boolean plain = attributes.med().isEmpty()
                && attributes.prepend() == 0
                && attributes.weighting() == BgpAdvertisement.Weighting.NONE;
        return named(plain ? METALLB : HERALD, advertisement.ref(), Map.of())
                .object("spec", PolicyPrinter.bgp(advertisement));
    }

    /** A peer's secret is found beside the peer, so the peer is put beside its secret. */
    private static Out peer(Peer peer) {
        boolean plain = PeerPrinter.isPlain(peer);
        Out document = named(plain ? "metallb.io/v1beta2" : HERALD, peer.ref(), Map.of());
        peer.authentication().secret().ifPresent(secret -> beside(secret, peer.name(), document));
        return document.object("spec", PeerPrinter.peer(peer));
    }

    private static void beside(NamespacedName secret, String name, Out document) {
        document.object("metadata", new Out().put("name", name).put("namespace", secret.namespace()));
    }

    private static Out profile(BfdProfile profile) {
        boolean plain = profile.authentication().isEmpty();
        Out document = named(plain ? METALLB : HERALD, profile.ref(), Map.of());
        profile.authentication()
                .flatMap(BfdProfile.Authentication::secret)
                .ifPresent(secret -> beside(secret, profile.name(), document));
        return document.object("spec", PeerPrinter.bfd(profile));
    }

    private static Out communities(CommunityAliases aliases) {
        Out spec = new Out().list("communities", aliases.values().entrySet(), alias -> new Out()
                .put("name", alias.getKey())
                .put("value", alias.getValue())
                .fields());
        return named(METALLB, aliases.ref(), Map.of()).object("spec", spec);
    }

    private static Out service(ServiceIntent service) {
        boolean host = service.backing() instanceof Backing.Host;
        Out document = named(host ? HERALD : "v1", service.ref(), service.labels());
        if (host) {
            document.object("spec", ServicePrinter.host(service, (Backing.Host) service.backing()));
        } else {
            ServicePrinter.core(service, document);
        }
        Out balancer = new Out().list("ingress", service.held(), address -> Map.of("ip", address.toString()));
        return document.object("status", new Out().object("loadBalancer", balancer));
    }

    private static Out slice(EndpointSlice slice) {
        return named(
                        "discovery.k8s.io/v1",
                        slice.ref(),
                        Map.of(SERVICE_LABEL, slice.service().name()))
                .put("addressType", addressType(slice))
                .list("endpoints", slice.endpoints(), Printer::endpoint);
    }

    private static String addressType(EndpointSlice slice) {
        return slice.endpoints().stream()
                .flatMap(endpoint -> endpoint.addresses().stream())
                .findFirst()
                .map(address -> address.indexOf(':') < 0 ? "IPv4" : "IPv6")
                .orElse("IPv4");
    }

    private static Object endpoint(Endpoint endpoint) {
        Out conditions = new Out().put("ready", endpoint.ready()).put("serving", endpoint.serving());
        return new Out()
                .list("addresses", endpoint.addresses())
                .put("nodeName", endpoint.node())
                .object("conditions", conditions)
                .fields();
    }

    private static Out node(Node node) {
        Out status = new Out().list("addresses", node.addresses(), Printer::nodeAddress);
        if (node.networkUnavailable()) {
            Map<String, String> condition = new TreeMap<>(Map.of("type", "NetworkUnavailable", "status", "True"));
            status.put("conditions", java.util.List.of(condition));
        }
        return named("v1", node.ref(), node.labels()).object("status", status);
    }

    private static Object nodeAddress(IpAddress address) {
        return new TreeMap<>(Map.of("type", "InternalIP", "address", address.toString()));
    }

    private static Out secret(Secret secret) {
        Map<String, String> values = new TreeMap<>();
        secret.data().forEach((key, value) -> values.put(key, value.reveal()));
        return named("v1", secret.ref(), Map.of()).put("type", secret.type()).map("stringData", values);
    }

    private static Out reservation(Reservation reservation) {
        Out spec = new Out()
                .put("service", reservation.service().toString())
                .list("addresses", reservation.addresses(), IpAddress::toString)
                .put("expires", reservation.expires().map(Object::toString));
        return named(HERALD, reservation.ref(), Map.of()).object("spec", spec);
    }

    private static Out quota(NamespaceQuota quota) {
        Out spec = new Out().put("namespace", quota.namespace()).put("maxAddresses", quota.maxAddresses());
        return named(HERALD, quota.ref(), Map.of()).object("spec", spec);
    }
}
