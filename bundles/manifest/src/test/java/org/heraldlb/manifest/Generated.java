package org.heraldlb.manifest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.heraldlb.api.intent.AddressPool;
import org.heraldlb.api.intent.AdvertisementPolicy.PoolSelection;
import org.heraldlb.api.intent.Backing;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.BgpAdvertisement;
import org.heraldlb.api.intent.CommunityAliases;
import org.heraldlb.api.intent.ConfigObject;
import org.heraldlb.api.intent.EndpointSlice;
import org.heraldlb.api.intent.HealthCheck;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.L2Advertisement;
import org.heraldlb.api.intent.LabelSelector;
import org.heraldlb.api.intent.Namespace;
import org.heraldlb.api.intent.NamespaceQuota;
import org.heraldlb.api.intent.NamespacedName;
import org.heraldlb.api.intent.Node;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Origin;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.Reservation;
import org.heraldlb.api.intent.Secret;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.intent.ServiceIntent;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpFamily;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.api.net.IpRange;

/** Random valid objects of every kind, the same for the same seed. */
final class Generated {

    private static final Origin NOWHERE = new Origin("test", "generated");
    private static final List<String> WORDS = List.of(
            "a", "yes", "on", "1", "0x1f", "1.5", "null", "~", "x: y", "# no", "-", "ä ö", "\"q\"", "a\\b\nc", "true");

    private final SplittableRandom random;

    Generated(long seed) {
        random = new SplittableRandom(seed);
    }

    ConfigObject next() {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        return switch (kind) {
            case IP_ADDRESS_POOL -> pool();
            case L2_ADVERTISEMENT -> l2();
            case BGP_ADVERTISEMENT -> bgp();
            case BGP_PEER -> peer();
            case BFD_PROFILE ->
                new BfdProfile(
                        ref(kind),
                        NOWHERE,
                        timing(),
                        flip(),
                        flip(),
                        some(() -> OptionalInt.of(upTo(1, 254)), OptionalInt.empty()),
                        maybe(this::bfdAuthentication));
            case COMMUNITY ->
                new CommunityAliases(ref(kind), NOWHERE, Map.of(word(), "1:2", "l", "large:1:2:4294967295"));
            case SERVICE -> flip() ? core() : host();
            case ENDPOINT_SLICE -> slice();
            case NODE -> new Node(ref(kind), NOWHERE, labels("kubernetes.io/hostname"), flip(), list(this::address));
            case NAMESPACE -> new Namespace(ref(kind), NOWHERE, labels("kubernetes.io/metadata.name"));
            case SECRET ->
                new Secret(
                        ref(kind),
                        NOWHERE,
                        word(),
                        Map.of("password", new SecretValue(word()), "k", new SecretValue("")));
            case RESERVATION ->
                new Reservation(
                        ref(kind),
                        NOWHERE,
                        new NamespacedName("ns", "svc"),
                        onePerFamily(),
                        maybe(() -> Instant.ofEpochSecond(random.nextLong(4_000_000_000L))));
            case NAMESPACE_QUOTA -> new NamespaceQuota(ref(kind), NOWHERE, "ns" + upTo(0, 9), upTo(0, 1000));
        };
    }

    private BfdProfile.Authentication bfdAuthentication() {
        boolean secret = flip();
        return new BfdProfile.Authentication(
                BfdProfile.AuthenticationType.values()[upTo(0, 4)],
                upTo(0, 255),
                secret ? Optional.empty() : Optional.of(new SecretValue(word())),
                secret ? Optional.of(new NamespacedName("ns", "s" + upTo(0, 9))) : Optional.empty());
    }

    private boolean flip() {
        return random.nextBoolean();
    }

    private int upTo(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return flip() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> T some(Supplier<T> value, T otherwise) {
        return flip() ? value.get() : otherwise;
    }

    private <T> List<T> list(Supplier<T> value) {
        List<T> list = new ArrayList<>();
        for (int left = upTo(0, 3); left > 0; left--) {
            list.add(value.get());
        }
        return list;
    }

    private <T> List<T> distinct(Supplier<T> value) {
        return new ArrayList<>(new java.util.LinkedHashSet<>(list(value)));
    }

    private ObjectRef ref(Kind kind) {
        return new ObjectRef(kind, "ns" + upTo(0, 3), "name-" + upTo(0, 1000));
    }

    private Map<String, String> labels(String... also) {
        Map<String, String> labels = new TreeMap<>();
        list(this::word).forEach(word -> labels.put("key/" + word, word()));
        for (String label : also) {
            labels.put(label, word());
        }
        return labels;
    }

    private IpAddress address() {
        return flip() ? IpAddress.v4(random.nextInt()) : IpAddress.v6(random.nextLong() | 1L << 62, random.nextLong());
    }

    private List<IpAddress> onePerFamily() {
        IpAddress v4 = IpAddress.v4(random.nextInt());
        IpAddress v6 = IpAddress.v6(random.nextLong() | 1L << 62, random.nextLong());
        return switch (upTo(0, 2)) {
            case 0 -> List.of(v4);
            case 1 -> List.of(v6);
            default -> List.of(v6, v4);
        };
    }

    private LabelSelector selector() {
        List<LabelSelector.Requirement> requirements = distinct(() -> {
            LabelSelector.Operator operator =
                    LabelSelector.Operator.values()[random.nextInt(LabelSelector.Operator.values().length)];
            boolean values = operator == LabelSelector.Operator.IN || operator == LabelSelector.Operator.NOT_IN;
            return new LabelSelector.Requirement("k" + word(), operator, values ? Set.of(word(), "v") : Set.of());
        });
        return new LabelSelector(labels(), requirements);
    }

    private PoolSelection pools() {
        return new PoolSelection(distinct(this::word), distinct(this::selector));
    }

    private ConfigObject pool() {
        List<AddressPool.Entry> entries = new ArrayList<>();
        for (int i = upTo(1, 3); i > 0; i--) {
            IpPrefix prefix = flip()
                    ? IpPrefix.parse("10." + i + ".0.0/" + upTo(16, 32))
                    : IpPrefix.parse("fd00:" + i + "::/" + upTo(64, 128));
            boolean range = flip();
            entries.add(new AddressPool.Entry(
                    range ? prefix.address() + " - " + prefix.last() : prefix.toString(), List.of(prefix)));
        }
        AddressPool.Rules rules = new AddressPool.Rules(
                list(() -> new IpRange(IpAddress.v4(upTo(1, 100)), IpAddress.v4(upTo(101, 200)))),
                AddressPool.Strategy.values()[random.nextInt(3)],
                Duration.ofMillis(upTo(0, 5000)));
        return new AddressPool(
                ref(Kind.IP_ADDRESS_POOL),
                NOWHERE,
                labels(),
                entries,
                flip(),
                flip(),
                maybe(() -> new AddressPool.ServiceAllocation(
                        upTo(-2, 9),
                        new HashSet<>(list(this::word)),
                        distinct(this::selector),
                        distinct(this::selector))),
                some(() -> rules, AddressPool.Rules.METALLB));
    }

    private ConfigObject l2() {
        L2Advertisement.Ownership ownership = new L2Advertisement.Ownership(
                L2Advertisement.Mode.values()[random.nextInt(2)],
                flip(),
                flip(),
                maybe(this::word),
                L2Advertisement.ConflictPolicy.values()[random.nextInt(3)]);
        return new L2Advertisement(
                ref(Kind.L2_ADVERTISEMENT),
                NOWHERE,
                pools(),
                distinct(this::selector),
                list(this::word),
                distinct(this::selector),
                list(() -> new L2Advertisement.NodePreference(upTo(1, 100), selector())),
                some(() -> ownership, L2Advertisement.Ownership.METALLB));
    }

    private ConfigObject bgp() {
        List<LabelSelector> services = distinct(this::selector);
        BgpAdvertisement.Attributes attributes = new BgpAdvertisement.Attributes(
                some(() -> OptionalLong.of(random.nextLong(1, 1L << 32)), OptionalLong.empty()),
                distinct(() -> flip() ? "alias" : "1:" + upTo(0, 9)),
                some(() -> OptionalLong.of(random.nextLong(1L << 32)), OptionalLong.empty()),
                upTo(0, 2),
                BgpAdvertisement.Weighting.values()[random.nextInt(3)]);
        return new BgpAdvertisement(
                ref(Kind.BGP_ADVERTISEMENT),
                NOWHERE,
                pools(),
                distinct(this::selector),
                services,
                distinct(this::word),
                services.isEmpty() ? upTo(1, 32) : 32,
                services.isEmpty() ? upTo(1, 128) : 128,
                attributes);
    }

    private ConfigObject peer() {
        boolean dynamic = flip();
        boolean unnumbered = flip();
        Peer.As as = new Peer.As(
                random.nextLong(1, 1L << 32),
                dynamic ? OptionalLong.empty() : OptionalLong.of(4_200_000_000L),
                dynamic ? Optional.of(Peer.DynamicAs.values()[random.nextInt(2)]) : Optional.empty(),
                some(() -> OptionalLong.of(7), OptionalLong.empty()));
        Peer.Endpoint endpoint = new Peer.Endpoint(
                unnumbered ? Optional.empty() : Optional.of(address()),
                unnumbered ? Optional.of(word()) : Optional.empty(),
                maybe(this::address),
                upTo(1, 65535),
                maybe(this::word),
                dynamic && flip());
        Duration hold = Duration.ofSeconds(upTo(3, 65535));
        Peer.Timers timers = new Peer.Timers(
                Optional.of(hold), maybe(() -> hold.dividedBy(3)), maybe(() -> Duration.ofSeconds(upTo(1, 65535))));
        Peer.Authentication authentication = flip()
                ? new Peer.Authentication(Optional.of(new SecretValue(word())), Optional.empty())
                : new Peer.Authentication(Optional.empty(), maybe(() -> new NamespacedName("sec", word())));
        Optional<String> bfdProfile = maybe(this::word);
        Peer.Extensions extensions = new Peer.Extensions(
                flip(),
                some(() -> OptionalInt.of(upTo(1, 254)), OptionalInt.empty()),
                maybe(() -> Peer.Role.values()[random.nextInt(5)]),
                some(() -> OptionalInt.of(upTo(0, 99)), OptionalInt.empty()),
                maybe(this::flip),
                bfdProfile.isPresent() && flip());
        Peer.Options options = new Peer.Options(
                maybe(() -> IpAddress.v4(random.nextInt())),
                bfdProfile,
                flip(),
                false,
                flip(),
                some(() -> extensions, Peer.Extensions.NONE));
        return new Peer(
                ref(Kind.BGP_PEER),
                NOWHERE,
                distinct(this::selector),
                as,
                endpoint,
                some(() -> timers, Peer.Timers.DEFAULT),
                authentication,
                options);
    }

    private BfdProfile.Timing timing() {
        return new BfdProfile.Timing(
                some(() -> OptionalInt.of(upTo(10, 60000)), OptionalInt.empty()),
                some(() -> OptionalInt.of(upTo(10, 60000)), OptionalInt.empty()),
                some(() -> OptionalInt.of(upTo(10, 60000)), OptionalInt.empty()),
                some(() -> OptionalInt.of(upTo(2, 255)), OptionalInt.empty()));
    }

    private ServiceIntent.AddressRequest request() {
        return new ServiceIntent.AddressRequest(
                some(this::onePerFamily, List.of()),
                maybe(this::word),
                maybe(() -> flip() ? "" : word()),
                Optional.empty());
    }

    private ServiceIntent.Traffic traffic(Map<String, String> selector) {
        Set<ServiceIntent.Port> ports = new HashSet<>(
                list(() -> new ServiceIntent.Port(ServiceIntent.Protocol.values()[random.nextInt(3)], upTo(1, 65535))));
        return new ServiceIntent.Traffic(ServiceIntent.TrafficPolicy.values()[random.nextInt(2)], ports, selector);
    }

    private List<IpFamily> families() {
        return List.of(List.of(IpFamily.IPV4), List.of(IpFamily.IPV6), List.of(IpFamily.IPV6, IpFamily.IPV4))
                .get(random.nextInt(3));
    }

    private ConfigObject core() {
        ServiceIntent.Families families = new ServiceIntent.Families(
                some(this::families, List.of()),
                maybe(() -> ServiceIntent.FamilyPolicy.values()[random.nextInt(3)]),
                maybe(() -> IpFamily.values()[random.nextInt(2)]));
        return new ServiceIntent(
                ref(Kind.SERVICE),
                NOWHERE,
                labels(),
                ServiceIntent.Type.values()[random.nextInt(3)],
                maybe(this::word),
                families,
                request(),
                traffic(labels()),
                list(this::address),
                Backing.SLICES);
    }

    private ConfigObject host() {
        List<IpFamily> cluster = families();
        HealthCheck.Schedule schedule =
                new HealthCheck.Schedule(Duration.ofMillis(upTo(10, 9999)), Duration.ofMillis(upTo(1, 10)), 1, 3);
        boolean http = flip();
        HealthCheck check = new HealthCheck(
                http ? HealthCheck.Type.HTTP : HealthCheck.Type.TCP,
                word(),
                upTo(1, 65535),
                http ? Optional.of("/" + word()) : Optional.empty(),
                schedule);
        Backing.Host backing = new Backing.Host(
                distinct(this::word), some(() -> Optional.of(check), Optional.empty()), maybe(() -> "lo"));
        return new ServiceIntent(
                ref(Kind.SERVICE),
                NOWHERE,
                labels(),
                ServiceIntent.Type.LOAD_BALANCER,
                maybe(this::word),
                new ServiceIntent.Families(
                        cluster,
                        cluster.size() == 1
                                ? Optional.empty()
                                : maybe(() -> ServiceIntent.FamilyPolicy.REQUIRE_DUAL_STACK),
                        Optional.of(cluster.get(0))),
                request(),
                traffic(Map.of()),
                list(this::address),
                backing);
    }

    private ConfigObject slice() {
        ObjectRef ref = ref(Kind.ENDPOINT_SLICE);
        return new EndpointSlice(
                ref,
                NOWHERE,
                new NamespacedName(ref.namespace(), "svc"),
                list(() -> new EndpointSlice.Endpoint(
                        list(() -> address().toString()), maybe(this::word), maybe(this::flip), maybe(this::flip))));
    }
}
