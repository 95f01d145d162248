package org.heraldlb.frr.render;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.heraldlb.api.bgp.BgpPlan;
import org.heraldlb.api.bgp.Community;
import org.heraldlb.api.bgp.LargeCommunity;
import org.heraldlb.api.bgp.PeerPlan;
import org.heraldlb.api.bgp.Route;
import org.heraldlb.api.bgp.RouteAttributes;
import org.heraldlb.api.intent.BfdProfile;
import org.heraldlb.api.intent.Kind;
import org.heraldlb.api.intent.ObjectRef;
import org.heraldlb.api.intent.Peer;
import org.heraldlb.api.intent.SecretValue;
import org.heraldlb.api.net.IpAddress;
import org.heraldlb.api.net.IpPrefix;
import org.heraldlb.testkit.Intents;
import org.heraldlb.testkit.PeerBuilder;

/** Plans for tests. */
public final class Plans {

    private static final String HOSTILE = "\"'` \n\r\t\0|!#?;\\$%&<>\u00e9\u2028abcXYZ09.-_";

    private Plans() {}

    public static BgpPlan of(PeerPlan... peers) {
        return new BgpPlan(1, "node", List.of(peers));
    }

    public static PeerPlan told(PeerBuilder peer, Route... routes) {
        return new PeerPlan(peer.build(), Optional.empty(), Optional.empty(), List.of(routes));
    }

    public static PeerPlan watched(PeerBuilder peer, BfdProfile profile) {
        return new PeerPlan(peer.build(), Optional.empty(), Optional.of(profile), List.of());
    }

    public static Route route(String prefix) {
        return new Route(IpPrefix.parse(prefix), RouteAttributes.NONE);
    }

    public static Route route(String prefix, RouteAttributes attributes) {
        return new Route(IpPrefix.parse(prefix), attributes);
    }

    public static RouteAttributes attributes(long localPref, String... communities) {
        List<Community> standard = new ArrayList<>();
        List<LargeCommunity> large = new ArrayList<>();
        for (String text : communities) {
            int[] parts = java.util.Arrays.stream(text.split(":"))
                    .mapToInt(Integer::parseUnsignedInt)
                    .toArray();
            if (parts.length == 2) {
                standard.add(Community.of(parts[0], parts[1]));
            } else {
                large.add(new LargeCommunity(parts[0], parts[1], parts[2]));
            }
        }
        return new RouteAttributes(
                localPref < 0 ? OptionalLong.empty() : OptionalLong.of(localPref),
                standard,
                large,
                OptionalLong.empty(),
                0,
                OptionalLong.empty());
    }

    public static BfdProfile profile(String name, int millis, int multiplier, boolean more) {
        OptionalInt interval = millis < 0 ? OptionalInt.empty() : OptionalInt.of(millis);
        return new BfdProfile(
                ObjectRef.of(Kind.BFD_PROFILE, name),
                Intents.ORIGIN,
                new BfdProfile.Timing(
                        interval,
                        interval,
                        interval,
                        multiplier < 0 ? OptionalInt.empty() : OptionalInt.of(multiplier)),
                more,
                more,
                more ? OptionalInt.of(250) : OptionalInt.empty());
    }

    public static Peer.Endpoint endpoint(String address, String vrf, boolean multihop) {
        return new Peer.Endpoint(
                Optional.of(Intents.ip(address)),
                Optional.empty(),
                Optional.empty(),
                179,
                Optional.ofNullable(vrf),
                multihop);
    }

    /** Any plan, also such as nobody would write. */
    public static BgpPlan random(RandomGenerator random) {
        List<Route> shared = routes(random);
        List<PeerPlan> peers = IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> peer(random, i, shared))
                .toList();
        return new BgpPlan(random.nextInt(100), "node", peers);
    }

    private static PeerPlan peer(RandomGenerator random, int index, List<Route> shared) {
        String address =
                random.nextInt(4) == 0 ? "fd00::" + (1 + random.nextInt(5)) : "192.0.2." + (1 + random.nextInt(6));
        boolean unnumbered = random.nextInt(6) == 0;
        Peer.Endpoint endpoint = new Peer.Endpoint(
                unnumbered ? Optional.empty() : Optional.of(IpAddress.parse(address)),
                unnumbered
                        ? Optional.of(random.nextInt(3) == 0 ? text(random) + "x" : "eth" + index)
                        : Optional.empty(),
                random.nextBoolean() ? Optional.empty() : Optional.of(IpAddress.parse("192.0.2.200")),
                random.nextInt(3) == 0 ? 1179 : 179,
                random.nextInt(4) == 0 ? Optional.of(random.nextInt(3) == 0 ? text(random) : "red") : Optional.empty(),
                random.nextInt(3) == 0);
        Peer.Timers timers = new Peer.Timers(
                random.nextBoolean() ? Optional.of(Duration.ofSeconds(9)) : Optional.empty(),
                random.nextInt(3) == 0 ? Optional.of(Duration.ofSeconds(2)) : Optional.empty(),
                random.nextInt(3) == 0 ? Optional.of(Duration.ofSeconds(7)) : Optional.empty());
        Peer.Options options = new Peer.Options(
                random.nextInt(3) == 0 ? Optional.of(IpAddress.parse("1.1.1.1")) : Optional.empty(),
                Optional.empty(),
                random.nextBoolean(),
                false,
                random.nextBoolean(),
                new Peer.Extensions(
                        random.nextInt(4) == 0,
                        random.nextInt(4) == 0 ? OptionalInt.of(1 + random.nextInt(254)) : OptionalInt.empty(),
                        random.nextInt(4) == 0
                                ? Optional.of(Peer.Role.values()[random.nextInt(Peer.Role.values().length)])
                                : Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty()));
        String name = random.nextInt(3) == 0 ? text(random) + index : "peer" + index;
        Peer peer = Intents.peer(name, "192.0.2.1")
                .endpoint(endpoint)
                .timers(timers)
                .options(options)
                .as(new Peer.As(
                        random.nextInt(5) == 0 ? 64_999 : 64_512,
                        OptionalLong.of(64_512 + random.nextInt(3)),
                        Optional.empty(),
                        random.nextInt(5) == 0 ? OptionalLong.of(64_900) : OptionalLong.empty()))
                .build();
        Optional<SecretValue> password = random.nextInt(3) == 0
                ? Optional.of(new SecretValue(random.nextBoolean() ? text(random) : "s3cret\"'|!#?"))
                : Optional.empty();
        Optional<BfdProfile> bfd = random.nextInt(3) == 0
                ? Optional.of(profile(
                        random.nextBoolean() ? "fast" : text(random) + "p",
                        random.nextBoolean() ? 100 : -1,
                        4,
                        random.nextBoolean()))
                : Optional.empty();
        return new PeerPlan(peer, password, bfd, random.nextBoolean() ? shared : routes(random));
    }

    private static List<Route> routes(RandomGenerator random) {
        return IntStream.range(0, 12)
                .filter(i -> random.nextBoolean())
                .mapToObj(i -> route(i < 6 ? "203.0.113." + i + "/32" : "fd00:113::" + i + "/128", attributes(random)))
                .toList();
    }

    private static RouteAttributes attributes(RandomGenerator random) {
        return new RouteAttributes(
                random.nextBoolean() ? OptionalLong.of(150) : OptionalLong.empty(),
                random.nextBoolean() ? List.of(Community.of(65001, random.nextInt(2)), Community.NO_EXPORT) : List.of(),
                random.nextInt(3) == 0 ? List.of(new LargeCommunity(-1, 2, 3)) : List.of(),
                random.nextInt(3) == 0 ? OptionalLong.of(5) : OptionalLong.empty(),
                random.nextInt(3),
                OptionalLong.empty());
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.append(HOSTILE.charAt(random.nextInt(HOSTILE.length())));
        }
        return text.toString();
    }
}
