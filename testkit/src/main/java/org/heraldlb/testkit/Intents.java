package org.heraldlb.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespaceQuota;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.net.IpAddress;

/**
 * Intents for tests: {@code service("default/web").ports("tcp/80").build()}. Every builder starts with the defaults that
 * MetalLB gives to a document which says nothing, names are {@code namespace/name} or {@code name}, and labels and
 * selectors are written {@code key=value}.
 */
public final class Intents {

    /** Where everything made here says that it comes from. */
    public static final Origin ORIGIN = new Origin("test", "test.yaml#1");

    private Intents() {}

    /** A load balancer service on IPv4, port tcp/80. */
    public static ServiceBuilder service(String name) {
        return new ServiceBuilder(NamespacedName.parse(name));
    }

    /** A pool; each of {@code addresses} is a CIDR or {@code start-end}. */
    public static PoolBuilder pool(String name, String... addresses) {
        return new PoolBuilder(name, addresses);
    }

    /** A node that is available and has no labels. */
    public static NodeBuilder node(String name) {
        return new NodeBuilder(name);
    }

    /** An endpoint slice of the service of the same name, without endpoints. */
    public static SliceBuilder slice(String service) {
        return new SliceBuilder(NamespacedName.parse(service));
    }

    /** An advertisement of all pools, on all nodes and interfaces. */
    public static L2Builder l2(String name) {
        return new L2Builder(name);
    }

    /** An advertisement of all pools as host routes, on all nodes to all peers. */
    public static BgpBuilder bgp(String name) {
        return new BgpBuilder(name);
    }

    /** An eBGP neighbour on port 179, AS 64512 to AS 64513. */
    public static PeerBuilder peer(String name, String address) {
        return new PeerBuilder(name, address);
    }

    /** An intent that holds what is given to it, in canonical order. */
    public static IntentBuilder intent() {
        return new IntentBuilder();
    }

    /** A namespace with {@code labels}. */
    public static Namespace namespace(String name, String... labels) {
        return new Namespace(ObjectRef.of(Kind.NAMESPACE, name), ORIGIN, labels(labels));
    }

    /** A reservation without expiry, named as the service. */
    public static Reservation reservation(String service, String... addresses) {
        NamespacedName name = NamespacedName.parse(service);
        return new Reservation(ObjectRef.of(Kind.RESERVATION, name), ORIGIN, name, ips(addresses), Optional.empty());
    }

    /** A quota named as its namespace. */
    public static NamespaceQuota quota(String namespace, int maxAddresses) {
        return new NamespaceQuota(ObjectRef.of(Kind.NAMESPACE_QUOTA, namespace), ORIGIN, namespace, maxAddresses);
    }

    /** Reads an address. */
    public static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }

    /** Reads addresses, in order. */
    public static List<IpAddress> ips(String... texts) {
        return Arrays.stream(texts).map(IpAddress::parse).toList();
    }

    /** Reads {@code namespace/name}, or {@code name} in {@code default}. */
    public static NamespacedName name(String text) {
        return NamespacedName.parse(text);
    }

    /** A selector of exactly these {@code key=value} labels; none of them selects everything. */
    public static LabelSelector selector(String... labels) {
        return new LabelSelector(labels(labels), List.of());
    }

    /** Reads {@code key=value} or {@code key}, which has an empty value. */
    public static Map<String, String> labels(String... labels) {
        Map<String, String> map = new TreeMap<>();
        for (String label : labels) {
            int equals = label.indexOf('=');
            map.put(equals < 0 ? label : label.substring(0, equals), equals < 0 ? "" : label.substring(equals + 1));
        }
        return map;
    }
}
