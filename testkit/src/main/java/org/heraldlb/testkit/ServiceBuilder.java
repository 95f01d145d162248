package org.heraldlb.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.heraldlb.api.Problem;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.ObjectRef;
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

/** Builds a {@link ServiceIntent}; see {@link Intents#service}. */
public final class ServiceBuilder {

    private final NamespacedName name;
    private Map<String, String> labels = Map.of();
    private Type type = Type.LOAD_BALANCER;
    private Optional<String> loadBalancerClass = Optional.empty();
    private Families families = new Families(List.of(IpFamily.IPV4), Optional.empty(), Optional.of(IpFamily.IPV4));
    private AddressRequest request = AddressRequest.NONE;
    private TrafficPolicy policy = TrafficPolicy.CLUSTER;
    private Set<Port> ports = Set.of(new Port(Protocol.TCP, 80));
    private Map<String, String> selector = Map.of();
    private List<IpAddress> held = List.of();
    private Backing backing = Backing.SLICES;

    ServiceBuilder(NamespacedName name) {
        this.name = name;
    }

    public ServiceBuilder labels(String... keyValues) {
        labels = Intents.labels(keyValues);
        return this;
    }

    public ServiceBuilder type(Type value) {
        type = value;
        return this;
    }

    public ServiceBuilder loadBalancerClass(String value) {
        loadBalancerClass = Optional.of(value);
        return this;
    }

    /** Families of the cluster addresses; the first one is the primary one; none means no cluster address. */
    public ServiceBuilder families(IpFamily... cluster) {
        List<IpFamily> list = List.of(cluster);
        families = new Families(list, families.policy(), list.stream().findFirst());
        return this;
    }

    public ServiceBuilder v6() {
        return families(IpFamily.IPV6);
    }

    public ServiceBuilder dual() {
        return families(IpFamily.IPV4, IpFamily.IPV6);
    }

    public ServiceBuilder noClusterAddress() {
        return families();
    }

    public ServiceBuilder familyPolicy(FamilyPolicy value) {
        families = new Families(families.cluster(), Optional.of(value), families.primary());
        return this;
    }

    public ServiceBuilder preferDual() {
        return familyPolicy(FamilyPolicy.PREFER_DUAL_STACK);
    }

    public ServiceBuilder requireDual() {
        return familyPolicy(FamilyPolicy.REQUIRE_DUAL_STACK);
    }

    /** Asks for these addresses. */
    public ServiceBuilder wants(String... addresses) {
        request = new AddressRequest(Intents.ips(addresses), request.pool(), request.sharingKey(), request.problem());
        return this;
    }

    /** Asks for this pool. */
    public ServiceBuilder pool(String pool) {
        request = new AddressRequest(request.addresses(), Optional.of(pool), request.sharingKey(), request.problem());
        return this;
    }

    public ServiceBuilder sharingKey(String key) {
        request = new AddressRequest(request.addresses(), request.pool(), Optional.of(key), request.problem());
        return this;
    }

    /** The source found the request to be faulty. */
    public ServiceBuilder requestProblem(Problem problem) {
        request = new AddressRequest(request.addresses(), request.pool(), request.sharingKey(), Optional.of(problem));
        return this;
    }

    /** {@code tcp/80}, {@code udp/53}, {@code sctp/9}. */
    public ServiceBuilder ports(String... texts) {
        ports = new TreeSet<>();
        for (String text : texts) {
            String[] parts = text.split("/", -1);
            Protocol protocol = Protocol.valueOf(parts[0].toUpperCase(Locale.ROOT));
            ports.add(new Port(protocol, Integer.parseInt(parts[1])));
        }
        return this;
    }

    /** {@code externalTrafficPolicy: Local}. */
    public ServiceBuilder local() {
        policy = TrafficPolicy.LOCAL;
        return this;
    }

    /** Pod selector. */
    public ServiceBuilder selector(String... keyValues) {
        selector = Intents.labels(keyValues);
        return this;
    }

    /** Addresses that its status says it has. */
    public ServiceBuilder held(String... addresses) {
        held = Intents.ips(addresses);
        return this;
    }

    /** Served by these nodes themselves; none means every node. */
    public ServiceBuilder hosts(String... nodes) {
        return backing(new Backing.Host(List.of(nodes), Optional.empty(), Optional.empty()));
    }

    public ServiceBuilder backing(Backing value) {
        backing = value;
        return this;
    }

    public ServiceIntent build() {
        return new ServiceIntent(
                ObjectRef.of(Kind.SERVICE, name),
                Intents.ORIGIN,
                labels,
                type,
                loadBalancerClass,
                families,
                request,
                new Traffic(policy, ports, selector),
                held,
                backing);
    }
}
